"""Calls: open one, set its phases, begin the stretch in which one key makes the pseudonyms of its votes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import delete, exists, select

from ideas.accounts.models import Level, Person
from ideas.board.models import Idea
from ideas.calls.models import Call, Phase
from ideas.calls.rules import may_keep_calls
from ideas.core.city import city_today
from ideas.core.clock import town_now
from ideas.core.db import db, one_of_a_kind
from ideas.core.errors import Invalid, ensure
from ideas.core.events import record
from ideas.core.keys import new_wrapped_key
from ideas.core.text import slug_or
from ideas.voting.models import Cycle

NOT_YOURS = "Only administrators keep the calls."
TWIN = "There is already a call with this title, or one that reads the same."


class PhasePlan(NamedTuple):
    """A phase to be; moments in UTC, None for without end on that side."""

    name: str
    accepts_ideas: bool
    accepts_support: bool
    opens_at: datetime | None = None
    closes_at: datetime | None = None


def create_call(
    *,
    by: Person,
    title: str,
    summary: str,
    body: str,
    budget_cents: int | None,
    counts: Level,
    phases: Sequence[PhasePlan],
) -> Call:
    """Open an invitation with its phases and a key of its own; its address comes from its first title."""
    ensure(may_keep_calls(by), NOT_YOURS)
    call = Call(
        slug=slug_or(title, "call"),
        title=title,
        summary=summary,
        body=body,
        budget_cents=budget_cents,
        counts=counts,
        created_at=town_now(),
    )
    with one_of_a_kind(TWIN, field="title"):
        db.session.add(call)
    _write_phases(call, phases)
    begin_cycle(call)
    record("call.created", actor=by, subject=call)
    return call


def edit_call(
    call: Call, *, by: Person, title: str, summary: str, body: str, budget_cents: int | None, counts: Level
) -> None:
    """Change words and budget; which level counts stays once an idea is there: no role changes a count."""
    ensure(may_keep_calls(by), NOT_YOURS)
    if counts is not call.counts and db.session.scalar(select(exists().where(Idea.call_id == call.id))):
        raise Invalid("People posted here under this rule, so it stays.", field="counts")
    call.title, call.summary, call.body = title, summary, body
    call.budget_cents, call.counts = budget_cents, counts
    record("call.edited", actor=by, subject=call)


def set_phases(call: Call, phases: Sequence[PhasePlan], *, by: Person) -> None:
    """Put these phases in the place of those the call had."""
    ensure(may_keep_calls(by), NOT_YOURS)
    _write_phases(call, phases)
    record("call.phases_set", actor=by, subject=call)


def _write_phases(call: Call, phases: Sequence[PhasePlan]) -> None:
    _check_order(phases)
    db.session.refresh(call, ["id"], with_for_update=True)
    db.session.execute(delete(Phase).where(Phase.call_id == call.id))
    db.session.add_all(
        Phase(call_id=call.id, position=place, **phase._asdict()) for place, phase in enumerate(phases, 1)
    )
    db.session.flush()


def _check_order(phases: Sequence[PhasePlan]) -> None:
    """One phase at a time, in their order, each closing after it opens; a refusal names the field."""
    if not phases:
        raise Invalid("A call needs at least one phase.", field="name_1")
    for place, phase in enumerate(phases, 1):
        if phase.opens_at and phase.closes_at and phase.closes_at <= phase.opens_at:
            raise Invalid(f"“{phase.name}” closes before it opens.", field=f"closes_{place}")
    for place, (before, after) in enumerate(pairwise(phases), 2):
        if before.closes_at is None:
            raise Invalid(
                f"Say when “{before.name}” closes: “{after.name}” follows.", field=f"closes_{place - 1}"
            )
        if after.opens_at is None:
            raise Invalid(
                f"Say when “{after.name}” opens: “{before.name}” comes first.", field=f"opens_{place}"
            )
        if after.opens_at < before.closes_at:
            raise Invalid(f"“{after.name}” opens before “{before.name}” closes.", field=f"opens_{place}")


def begin_cycle(call: Call) -> Cycle:
    """A new key for what is posted in the call from now on; ideas keep the key they were posted under."""
    cycle = Cycle(call_id=call.id, begins_on=city_today(), wrapped_key=new_wrapped_key())
    db.session.add(cycle)
    db.session.flush()
    return cycle
