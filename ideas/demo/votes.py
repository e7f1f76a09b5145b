"""Votes in bulk: the rows that casting writes one by one, made a thousand at a time and equal to them.

Leaf, pseudonym, week and heat are voting's and board's own; only the way into
the tables is another. `flask recount --check` holds afterwards as before.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, insert, select, update

from ideas.accounts.models import Level
from ideas.board import heat
from ideas.board.models import Channel, Tally
from ideas.core.db import db
from ideas.core.keys import unwrap
from ideas.voting.leaf import SALT_SIZE, leaf, leaf_hash, pseudonym, week_of
from ideas.voting.models import Checked, Cycle, Vote, VoteEvent, VoteEventKind, VoteState
from ideas.voting.rules import counts


class Voter(NamedTuple):
    """A resident, as far as a vote needs to know one."""

    id: int
    ref: bytes
    level: Level
    district_id: int
    since: datetime


class Ballots(NamedTuple):
    """What is to be cast under one idea: whose votes, and when each came."""

    idea_id: int
    cycle_id: int
    revision_id: int
    counts: Level
    cast: list[tuple[Voter, datetime]]


def cast_in_bulk(ballots: Iterable[Ballots], zone: ZoneInfo) -> int:
    """Write votes, their events and the sums of each idea; ideas must have no votes yet. Returns how many."""
    listed = list(ballots)
    cycles = {ballot.cycle_id for ballot in listed}
    wrapped = db.session.execute(select(Cycle.id, Cycle.wrapped_key).where(Cycle.id.in_(cycles)))
    keys = {number: unwrap(key) for number, key in wrapped if key is not None}
    rows = [_vote(ballot, voter, at) for ballot in listed for voter, at in ballot.cast]
    events = [_event(ballot, keys[ballot.cycle_id], *cast, zone) for ballot in listed for cast in ballot.cast]
    random.shuffle(events)
    if rows:
        db.session.execute(insert(Vote), rows)
        db.session.execute(insert(VoteEvent), events)
        _sum_up(listed)
    return len(rows)


def _vote(ballot: Ballots, voter: Voter, at: datetime) -> dict[str, Any]:
    return {
        "idea_id": ballot.idea_id,
        "resident_id": voter.id,
        "state": VoteState.CAST,
        "checked": Checked.CLEAR,
        "level": voter.level,
        "channel": Channel.WEB,
        "version": 1,
        "revision_id": ballot.revision_id,
        "cast_at": at,
    }


def _event(ballot: Ballots, key: bytes, voter: Voter, at: datetime, zone: ZoneInfo) -> dict[str, Any]:
    day = at.astimezone(zone).date()
    text = leaf(
        kind=VoteEventKind.CAST,
        idea_id=ballot.idea_id,
        pseudonym=pseudonym(key, idea_id=ballot.idea_id, ref=voter.ref),
        version=1,
        level=voter.level,
        week=week_of(day),
        salt=secrets.token_bytes(SALT_SIZE),
    )
    return {
        "idea_id": ballot.idea_id,
        "kind": VoteEventKind.CAST,
        "leaf": text,
        "leaf_hash": leaf_hash(text),
        "not_before": day,
    }


def _sum_up(listed: list[Ballots]) -> None:
    """Sums and heat of each idea; the heat so far is read, since nobody else writes while a city is built."""
    ids = [ballot.idea_id for ballot in listed]
    warm = db.session.execute(select(Tally.idea_id, Tally.heat).where(Tally.idea_id.in_(ids)))
    before = {row.idea_id: row.heat for row in warm}
    change = (
        update(Tally)
        .where(Tally.idea_id == bindparam("of"))
        .values(
            counted=Tally.counted + bindparam("more"),
            attested=Tally.attested + bindparam("said"),
            heat_votes=bindparam("warmth"),
            heat=bindparam("sum"),
        )
    )
    sums = [_sums(ballot, before[ballot.idea_id]) for ballot in listed if ballot.cast]
    db.session.connection().execute(change, sums)
    for row in [row for row in db.session if isinstance(row, Tally)]:
        db.session.expire(row)


def _sums(ballot: Ballots, heat_before: float) -> dict[str, Any]:
    counted = [at for voter, at in ballot.cast if counts(voter.level, ballot.counts)]
    warmth = heat.total(heat.term(at, heat.COUNTED_VOTE) for at in counted)
    return {
        "of": ballot.idea_id,
        "more": len(counted),
        "said": sum(voter.level is Level.ATTESTED for voter, _ in ballot.cast),
        "warmth": warmth,
        "sum": heat.total((heat_before, warmth)),
    }


def drawn(
    dice: random.Random, voters: list[Voter], many: int, *, weight: Callable[[Voter], float]
) -> list[Voter]:
    """So many different voters, each as likely as its weight (Efraimidis and Spirakis: greatest u^(1/w))."""
    keyed = sorted(voters, key=lambda voter: dice.random() ** (1 / weight(voter)), reverse=True)
    return keyed[:many]
