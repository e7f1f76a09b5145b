"""Who voted for the ideas of a shortlist, in numbers: never by name, and never in small groups."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, Subquery, func, select

from ideas.accounts.models import Resident
from ideas.calls.models import Call
from ideas.core.db import db
from ideas.places.models import District
from ideas.shortlists.models import Entry, Shortlist
from ideas.voting.models import Vote
from ideas.voting.queries.counted import counted_votes

FEWEST = 5
"""A group of voters smaller than this is not told apart, so that nobody is recognised in it."""


class Turnout(NamedTuple):
    """How many of a district took part; empty where so few did that they could be recognised."""

    district: str
    voters: int | None
    per_thousand: float | None


def turnout(shortlist: Shortlist) -> list[Turnout]:
    """How many of each district voted for anything on the list, per 1,000 residents, most first."""
    listed = select(Entry.idea_id).where(Entry.shortlist_id == shortlist.id)
    return _by_district(Vote.idea_id.in_(listed), *counted(shortlist))


def turnout_on(idea_id: int, shortlist: Shortlist) -> list[Turnout]:
    """The same for one idea of the list."""
    return _by_district(Vote.idea_id == idea_id, *counted(shortlist))


def voters_of(shortlist: Shortlist, idea_ids: set[int]) -> int:
    """How many residents voted for at least one of these."""
    statement = select(func.count(Vote.resident_id.distinct())).where(
        Vote.idea_id.in_(idea_ids), *counted(shortlist)
    )
    return db.session.scalar(statement) or 0


def told(voters: int, population: int) -> tuple[int | None, float | None]:
    """Voters, and per 1,000 residents; nothing where so few voted that they could be recognised."""
    if 0 < voters < FEWEST:
        return None, None
    return voters, voters * 1000 / population if population else None


def counted(shortlist: Shortlist) -> list[ColumnElement[bool]]:
    """Which votes count on this list: cast, clear, of a level that the call counts; those of its sending."""
    call = db.session.get_one(Call, shortlist.call_id)
    conditions = counted_votes(call.counts)
    if shortlist.sent_at is not None:
        conditions.append(Vote.cast_at <= shortlist.sent_at)
    return conditions


def _by_district(*which: ColumnElement[bool]) -> list[Turnout]:
    took_part = _residents(*which)
    rows = db.session.execute(
        select(District.name, District.population, func.coalesce(took_part.c.voters, 0)).join(
            took_part, took_part.c.district_id == District.id, isouter=True
        )
    )
    found = [Turnout(name, *told(voters, population)) for name, population, voters in rows]
    return sorted(found, key=lambda row: (-(row.per_thousand or 0), row.district))


def _residents(*which: ColumnElement[bool]) -> Subquery:
    return (
        select(Resident.district_id, func.count(Resident.id.distinct()).label("voters"))
        .join(Vote, Vote.resident_id == Resident.id)
        .where(*which)
        .group_by(Resident.district_id)
        .subquery()
    )
