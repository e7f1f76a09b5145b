"""The keys of pseudonyms change twice a year for the call that never ends."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from ideas.calls.commands import begin_cycle
from ideas.calls.models import Call
from ideas.core.city import city_today
from ideas.core.db import db
from ideas.voting.models import Cycle


def begin_due_cycle() -> Cycle | None:
    """A new cycle of the always-open call, if this half-year has none; safe to run twice, and at once."""
    call = db.session.scalar(select(Call).where(Call.is_always_open).with_for_update())
    if call is None:
        return None
    last = db.session.scalar(select(func.max(Cycle.begins_on)).where(Cycle.call_id == call.id))
    return begin_cycle(call) if last is None or last < half_year_of(city_today()) else None


def half_year_of(day: date) -> date:
    """The first of January or of July that the day's half-year began with."""
    return day.replace(month=1 if day.month < 7 else 7, day=1)
