"""Finding calls, and asking the clock what each of them takes now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from ideas.board.models import NOT_ON_THE_BOARD, BoardCount
from ideas.calls.models import Call, Phase
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.errors import Missing
from ideas.core.held import detached, known
from ideas.shortlists.models import Shortlist

STATES = ("now", "to_come", "over")


class Step(NamedTuple):
    """A phase as the steps of a call show it; `state` is "done", "now" or "to_come"."""

    name: str
    state: str


class CallCard(NamedTuple):
    """A call as lists and its page show it; `state` is "now", "to_come" or "over"."""

    call: Call
    state: str
    steps: list[Step]
    phase: Phase | None
    takes_ideas: bool
    takes_support: bool
    ideas: int


def call_cards() -> list[CallCard]:
    """Every call as a card: what goes on first, then what comes, then what is over."""
    counts, now = idea_counts(), town_now()
    cards = [_card(call, counts.get(call.id, 0), now) for call in calls()]
    return sorted(cards, key=lambda card: STATES.index(card.state))


def call_card(call: Call) -> CallCard:
    """One call as its page shows it."""
    return _card(call, idea_counts().get(call.id, 0), town_now())


def _card(call: Call, ideas: int, now: datetime) -> CallCard:
    return CallCard(
        call=call,
        state=call_state(call, now),
        steps=phase_steps(call, now),
        phase=current_phase(call, now),
        takes_ideas=call.takes_ideas(now),
        takes_support=call.takes_support(now),
        ideas=ideas,
    )


def call_state(call: Call, now: datetime) -> str:
    """Between two phases a call goes on; it is over when its last phase has closed."""
    states = {step.state for step in phase_steps(call, now)}
    if states <= {"to_come"}:
        return "to_come"
    return "over" if states == {"done"} else "now"


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
    return [call for call in calls() if call.takes_ideas(now)]


def current_phase(call: Call, now: datetime) -> Phase | None:
    """The phase that is on; the later one where two overlap, None between phases."""
    on = [phase for phase in call.phases if phase.is_on(now)]
    return on[-1] if on else None


def phase_steps(call: Call, now: datetime) -> list[Step]:
    """The phases in their order, each done, on now, or to come."""
    return [Step(phase.name, _state(phase, now)) for phase in call.phases]


def idea_counts() -> dict[int, int]:
    """How many ideas are on the board, per call that has any."""
    counted = (
        select(BoardCount.call_id, func.sum(BoardCount.ideas))
        .where(BoardCount.status.not_in(NOT_ON_THE_BOARD))
        .group_by(BoardCount.call_id)
    )
    return {call_id: int(ideas) for call_id, ideas in db.session.execute(counted)}


def has_shortlist(call: Call) -> bool:
    """Whether somebody opened a shortlist for the call."""
    return db.session.scalar(select(Shortlist.id).where(Shortlist.call_id == call.id)) is not None


def _state(phase: Phase, now: datetime) -> str:
    if phase.is_on(now):
        return "now"
    return "done" if phase.closes_at is not None and phase.closes_at <= now else "to_come"


def _with_phases() -> Select[Call]:
    return select(Call).options(selectinload(Call.phases))


def calls_by_id(ids: Collection[int]) -> dict[int, Call]:
    """These calls among others, with their phases, as every list asks them whether they take support."""
    return known("calls", ids, _by_id, of=Call)


def _by_id() -> dict[int, Call]:
    found = db.session.scalars(select(Call).options(selectinload(Call.phases))).all()
    return {call.id: detached(call, *call.phases) for call in found}
