"""Supporting an idea and taking support back: one transaction, and nothing is read before it is written.

The primary key of `vote` holds a resident to one vote. The tally's row is
changed last, so that its lock is held for the shortest time.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, func, literal, select, update

from ideas.accounts.models import Level, Person, Resident
from ideas.accounts.rules import may_act
from ideas.board import heat
from ideas.board.models import Channel, Idea, Status, Tally
from ideas.core.city import city, city_today
from ideas.core.clock import town_now
from ideas.core.db import Timestamp, db, insert_into, log2_sum, log2_total, weeks_between
from ideas.core.errors import TooLate, ensure
from ideas.core.events import Event, record
from ideas.core.keys import unwrap
from ideas.places.models import District
from ideas.voting.leaf import SALT_SIZE, leaf, leaf_hash, pseudonym, week_of
from ideas.voting.models import (
    Checked,
    Cycle,
    KeptVote,
    Vote,
    VoteEvent,
    VoteEventKind,
    VoteState,
)
from ideas.voting.queries.ballots import Cast, Support, state_of
from ideas.voting.queries.counted import counted_votes
from ideas.voting.rules import counts, is_eligible, may_vote, takes_support
from ideas.voting.threshold import threshold

SPREAD_DAYS = 7
SUMS = (Tally.counted, Tally.attested, Tally.held, Tally.kept)
UNSEEN = {"synchronize_session": False}


def cast_vote(idea: Idea, *, by: Person, channel: Channel = Channel.WEB) -> Cast:
    """Support the idea; somebody who is no resident yet has the press kept until verification.

    The idea comes with its call and phases. A second press changes nothing and
    is told what is true.
    """
    _ensure_may_press(idea, by)
    if by.resident is None:
        return keep(idea, by)
    ensure(
        is_eligible(by.resident, town_now()),
        "Your eligibility has ended, so your support cannot be counted. Renew it at the front desk.",
    )
    return count(idea, by.resident, channel=channel)


def retract_vote(idea: Idea, *, by: Person) -> Cast:
    """Take one's support back, counted or kept; a vote that is being checked stays so."""
    _ensure_may_press(idea, by)
    if by.resident is None:
        return drop_kept(idea, by)
    return uncount(idea, by.resident.id, by.resident.ref)


def count(
    idea: Idea,
    resident: Resident,
    *,
    channel: Channel = Channel.WEB,
    level: Level | None = None,
    spread: bool = False,
) -> Cast:
    """Write the vote, its event and the tally; `spread` hides when a kept vote entered the ledger."""
    fresh = insert_into(Vote).values(
        idea_id=idea.id,
        resident_id=resident.id,
        state=VoteState.CAST,
        checked=Checked.CLEAR,
        level=level or resident.level,
        channel=channel,
        version=1,
        revision_id=idea.revision_id,
        cast_at=town_now(),
    )
    again = fresh.on_conflict_do_update(
        index_elements=["idea_id", "resident_id"],
        set_={
            "state": VoteState.CAST,
            "version": Vote.version + 1,
            "level": fresh.excluded.level,
            "revision_id": fresh.excluded.revision_id,
        },
        where=Vote.state == VoteState.RETRACTED,
    )
    vote = db.session.execute(again.returning(*_vote_columns(idea))).first()
    if vote is None:
        return _as_it_stands(idea, resident.id)
    _note(VoteEventKind.CAST, idea, resident.ref, vote, spread=spread)
    return Cast(state_of(VoteState.CAST, vote.checked), _add(idea, vote))


def uncount(idea: Idea, resident_id: int, ref: bytes) -> Cast:
    """Retract the vote, write its event, and make sums and heat as if it had never been."""
    change = (
        update(Vote)
        .where(Vote.idea_id == idea.id, Vote.resident_id == resident_id, Vote.state == VoteState.CAST)
        .values(state=VoteState.RETRACTED)
        .returning(*_vote_columns(idea))
        .execution_options(**UNSEEN)
    )
    vote = db.session.execute(change).first()
    if vote is None:
        return _as_it_stands(idea, resident_id)
    _note(VoteEventKind.RETRACT, idea, ref, vote)
    return Cast("none", _take_away(idea, vote))


def keep(idea: Idea, by: Person) -> Cast:
    """Keep a press until its person is verified; kept presses are shown and never ranked."""
    fresh = insert_into(KeptVote).values(idea_id=idea.id, person_id=by.id, kept_at=town_now())
    kept = db.session.scalar(fresh.on_conflict_do_nothing().returning(KeptVote.idea_id))
    return Cast("kept", _change_sums(idea, {"kept": 1} if kept is not None else {}))


def drop_kept(idea: Idea, by: Person) -> Cast:
    """Forget a kept press."""
    gone = (
        delete(KeptVote)
        .where(KeptVote.idea_id == idea.id, KeptVote.person_id == by.id)
        .returning(KeptVote.idea_id)
        .execution_options(**UNSEEN)
    )
    dropped = db.session.scalar(gone)
    return Cast("none", _change_sums(idea, {"kept": -1} if dropped is not None else {}))


def _ensure_may_press(idea: Idea, by: Person) -> None:
    ensure(may_act(by), "Your account is suspended. You can support ideas again afterwards.")
    ensure(may_vote(by), "Organisations have no vote. The people in yours have theirs.")
    if not takes_support(idea, town_now()):
        raise TooLate(f"Support for “{idea.title}” is closed.")


def _vote_columns(idea: Idea) -> tuple[Any, ...]:
    """What the statements after the first need; the cycle's key comes along in the same one."""
    key = select(Cycle.wrapped_key).where(Cycle.id == idea.cycle_id).scalar_subquery()
    return (Vote.version, Vote.checked, Vote.level, Vote.cast_at, key.label("wrapped_key"))


def _as_it_stands(idea: Idea, resident_id: int) -> Cast:
    """Nothing changed: say what is true, with the sums."""
    row = db.session.execute(
        select(Vote.state, Vote.checked, *SUMS)
        .select_from(Tally)
        .outerjoin(Vote, (Vote.idea_id == Tally.idea_id) & (Vote.resident_id == resident_id))
        .where(Tally.idea_id == idea.id)
    ).one()
    state = "none" if row.state is None else state_of(row.state, row.checked)
    return Cast(state, Support(row.counted, row.attested, row.held, row.kept))


def _note(kind: VoteEventKind, idea: Idea, ref: bytes, vote: Row[Any], *, spread: bool = False) -> None:
    """Append the event with its public leaf."""
    if vote.wrapped_key is None:
        raise TooLate(f"The count of “{idea.title}” is closed for good.")
    enters = city_today() + timedelta(days=secrets.randbelow(SPREAD_DAYS) if spread else 0)
    text = leaf(
        kind=kind,
        idea_id=idea.id,
        pseudonym=pseudonym(unwrap(vote.wrapped_key), idea_id=idea.id, ref=ref),
        version=vote.version,
        level=vote.level,
        week=week_of(enters),
        salt=secrets.token_bytes(SALT_SIZE),
    )
    db.session.add(
        VoteEvent(idea_id=idea.id, kind=kind, leaf=text, leaf_hash=leaf_hash(text), not_before=enters)
    )
    db.session.flush()


def _sums_of(idea: Idea, vote: Row[Any], step: int) -> dict[str, int]:
    """Which sums a vote belongs to: a held one only to those being checked, a void one to none."""
    if vote.checked is Checked.HELD:
        return {"held": step}
    if vote.checked is Checked.VOID:
        return {}
    counted = {"counted": step} if counts(vote.level, idea.call.counts) else {}
    return counted | ({"attested": step} if vote.level is Level.ATTESTED else {})


def _add(idea: Idea, vote: Row[Any]) -> Support:
    steps = _sums_of(idea, vote, 1)
    if "counted" not in steps:
        return _change_sums(idea, steps)
    warmth = heat.term(vote.cast_at, heat.COUNTED_VOTE)
    change = (
        update(Tally)
        .where(Tally.idea_id == idea.id)
        .values(
            **_stepped(steps),
            heat_votes=log2_sum(Tally.heat_votes, warmth),
            heat=log2_sum(Tally.heat, warmth),
        )
        .returning(*SUMS, _population(idea).label("population"))
        .execution_options(**UNSEEN)
    )
    sums = db.session.execute(change).one()
    _note_crossing(idea, sums.counted, sums.population)
    return Support(*sums[:4])


def _take_away(idea: Idea, vote: Row[Any]) -> Support:
    """The tally's row is locked by the first statement, so the second one's votes are all there are."""
    steps = _sums_of(idea, vote, -1)
    sums = _change_sums(idea, steps)
    if "counted" in steps:
        _cool(idea)
    return sums


def _cool(idea: Idea) -> None:
    """Recompute the part of the heat that votes make, and the sum, from the votes that are left."""
    now = town_now()
    left = (
        select(
            literal(idea.id).label("idea_id"),
            (
                log2_total(weeks_between(Vote.cast_at, literal(now, Timestamp)))
                + heat.term(now, heat.COUNTED_VOTE)
            ).label("warmth"),
        )
        .where(Vote.idea_id == idea.id, *counted_votes(idea.call.counts))
        .subquery()
    )
    others = log2_sum(log2_sum(Tally.heat_comments, Tally.heat_answers), _warmth_of_posting(idea))
    change = (
        update(Tally)
        .where(Tally.idea_id == idea.id, left.c.idea_id == Tally.idea_id)
        .values(heat_votes=left.c.warmth, heat=log2_sum(others, left.c.warmth))
    )
    db.session.execute(change.execution_options(**UNSEEN))


def _warmth_of_posting(idea: Idea) -> float:
    return heat.term(idea.posted_at, heat.POSTING)


def _change_sums(idea: Idea, steps: dict[str, int]) -> Support:
    if not steps:
        return Support(*db.session.execute(select(*SUMS).where(Tally.idea_id == idea.id)).one())
    change = update(Tally).where(Tally.idea_id == idea.id).values(**_stepped(steps)).returning(*SUMS)
    return Support(*db.session.execute(change.execution_options(**UNSEEN)).one())


def _stepped(steps: dict[str, int]) -> dict[str, Any]:
    return {name: getattr(Tally, name) + step for name, step in steps.items()}


def _population(idea: Idea) -> Any:
    """The people of the idea's district; a city-wide idea takes the mean of the districts."""
    people = select(func.avg(District.population))
    if idea.district_id is not None:
        people = people.where(District.id == idea.district_id)
    return people.scalar_subquery()


def _note_crossing(idea: Idea, counted: int, population: float | None) -> None:
    """Say once that the city owes an answer now: when the count reaches the threshold of an open idea."""
    owed_at = threshold(float(population or city().population))
    if counted != owed_at or idea.status is not Status.OPEN or _crossed_since(idea, idea.status_since):
        return
    record("idea.crossed_threshold", actor=None, subject=idea, about={"threshold": owed_at})


def _crossed_since(idea: Idea, since: datetime) -> bool:
    crossed = select(Event.id).where(
        Event.kind == "idea.crossed_threshold",
        Event.subject_kind == Idea.__tablename__,
        Event.subject_id == idea.id,
        Event.at >= since,
    )
    return db.session.scalar(crossed.limit(1)) is not None
