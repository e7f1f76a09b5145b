"""Finding calls, and asking the clock what each of them takes now."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from ideas.calls.models import Call, Phase
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.errors import Missing


class Step(NamedTuple):
    """A phase as the steps of a call show it; `state` is "done", "now" or "to_come"."""

    name: str
    state: str


def calls() -> list[Call]:
    """Every call with its phases: the always-open one first, then the newest."""
    return list(
        db.session.scalars(
            _with_phases().order_by(Call.is_always_open.desc(), Call.created_at.desc(), Call.id.desc())
        )
    )


def call_by(slug: str) -> Call:
    """One call with its phases."""
    found = db.session.scalar(_with_phases().where(Call.slug == slug))
    if found is None:
        raise Missing
    return found


def always_open() -> Call:
    """The default call, with its phases."""
    found = db.session.scalar(_with_phases().where(Call.is_always_open))
    if found is None:
        raise Missing("This city is not set up yet.")
    return found


def calls_taking_ideas() -> list[Call]:
    """The calls an idea can be posted to now, the always-open one first."""
    now = town_now()
    return [call for call in calls() if accepts_ideas(call, now)]


def current_phase(call: Call, now: datetime) -> Phase | None:
    """The phase that is on; the later one where two overlap, None between phases."""
    on = [phase for phase in call.phases if phase.is_on(now)]
    return on[-1] if on else None


def accepts_ideas(call: Call, now: datetime) -> bool:
    """Whether a phase that is on takes ideas."""
    return any(phase.accepts_ideas and phase.is_on(now) for phase in call.phases)


def accepts_support(call: Call, now: datetime) -> bool:
    """Whether a phase that is on takes support."""
    return any(phase.accepts_support and phase.is_on(now) for phase in call.phases)


def phase_steps(call: Call, now: datetime) -> list[Step]:
    """The phases in their order, each done, on now, or to come."""
    return [Step(phase.name, _state(phase, now)) for phase in call.phases]


def _state(phase: Phase, now: datetime) -> str:
    if phase.is_on(now):
        return "now"
    return "done" if phase.closes_at is not None and phase.closes_at <= now else "to_come"


def _with_phases() -> Select[Call]:
    return select(Call).options(selectinload(Call.phases))
