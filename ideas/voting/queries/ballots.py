"""The ballot of an idea as one viewer sees it: what counts, what is mine, and whether it is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Integer, Select, bindparam, exists, func, select

from ideas.accounts.models import Level, Resident, Standing, Viewer
from ideas.board.models import Idea, Status, Tally
from ideas.core.city import city
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.places.queries import mean_population
from ideas.voting.models import Checked, KeptVote, Vote, VoteState
from ideas.voting.queries.counted import counted_votes
from ideas.voting.rules import is_eligible, takes_support
from ideas.voting.threshold import threshold

FEW = 5


class Support(NamedTuple):
    """What an idea's votes add up to. `attested` is every clear vote of that level, counted or not.

    `from_district` is the share of the counted who live in the idea's own
    district; None below five, where it would point at people.
    """

    counted: int
    attested: int
    held: int
    kept: int
    from_district: float | None = None


class Cast(NamedTuple):
    """What a press led to: "cast", "kept", "held", "void" or "none", and the sums after it."""

    state: str
    support: Support


@dataclass(frozen=True)
class Ballot:
    """What `_ballot.html` shows.

    `closed_why` is "waiting", "status", "phase", "not_yet", "organisation", "suspended", "ended", "void";
    words given with the ballot stand in the place of the template's own. `owed_at` is the
    count at which the city owes an open idea an answer, 0 where nothing is owed by a count.
    """

    idea_id: int
    title: str
    state: str
    count: int
    is_large: bool = False
    said: str = ""
    count_words: str = ""
    beside: str = ""
    closed_words: str = ""
    share_url: str = ""
    poster_url: str = ""
    support: Support | None = None
    counts_attested: bool = False
    district: str = ""
    owed_at: int = 0
    closed_why: str = ""
    closed_at: datetime | None = None
    is_mine: bool = False


class Closed(NamedTuple):
    """Why somebody cannot press now, and since or until when."""

    why: str
    at: datetime | None = None


def ballot(
    idea: Idea, viewer: Viewer, *, is_large: bool = False, said: str = "", after: Cast | None = None
) -> Ballot:
    """One ballot; `after` is what a press has just led to, so that nothing is read again.

    The idea comes with tally, district, and call with phases.
    """
    sums = after.support if after else _sums(idea.tally)
    if is_large:
        mine, sums = _mine_and_share(idea, viewer, sums, after.state if after else "")
    else:
        mine = after.state if after else _mine([idea.id], viewer).get(idea.id, "none")
    shown = replace(_ballot(idea, viewer, mine, sums, town_now()), is_large=is_large, said=said)
    return _with_more(shown, idea, sums) if is_large else shown


def ballots(ideas: Iterable[Idea], viewer: Viewer) -> dict[int, Ballot]:
    """The ballots of a list by idea id: one statement, none for guests. Ideas come as for `ballot`."""
    listed = list(ideas)
    mine = _mine([idea.id for idea in listed], viewer)
    now = town_now() if listed else None
    return {
        idea.id: _ballot(idea, viewer, mine.get(idea.id, "none"), _sums(idea.tally), now)
        for idea in listed
        if now is not None
    }


def support(idea: Idea) -> Support:
    """The sums of an idea as they are now, with the share of its own district."""
    tally = db.session.get_one(Tally, idea.id, populate_existing=True)
    return _sums(tally)._replace(from_district=_share_of_district(idea, tally.counted))


def state_of(vote_state: VoteState, checked: Checked) -> str:
    """A vote in the words of a ballot."""
    if vote_state is VoteState.RETRACTED:
        return "none"
    return {Checked.CLEAR: "cast", Checked.HELD: "held", Checked.VOID: "void"}[checked]


def _sums(tally: Tally) -> Support:
    return Support(tally.counted, tally.attested, tally.held, tally.kept)


def _mine(idea_ids: list[int], viewer: Viewer) -> dict[int, str]:
    """What the viewer did about these ideas, in one statement."""
    if not viewer.is_authenticated or viewer.is_organisation or not idea_ids:
        return {}
    if viewer.resident is None:
        kept = select(KeptVote.idea_id).where(KeptVote.person_id == viewer.id, KeptVote.idea_id.in_(idea_ids))
        return dict.fromkeys(db.session.scalars(kept), "kept")
    votes = select(Vote.idea_id, Vote.state, Vote.checked).where(
        Vote.resident_id == viewer.resident.id, Vote.idea_id.in_(idea_ids)
    )
    return {idea_id: state_of(state, checked) for idea_id, state, checked in db.session.execute(votes)}


def _mine_and_share(idea: Idea, viewer: Viewer, sums: Support, known: str) -> tuple[str, Support]:
    """What the viewer did about one idea, and the sums with the share of its district: one statement at most.

    `known` is what a press has just led to, or empty.
    """
    shares = idea.district_id is not None and sums.counted >= FEW
    asks_mine = not known and viewer.is_authenticated and not viewer.is_organisation
    if not shares and not asks_mine:
        return known or "none", sums
    resident = viewer.resident
    who = (resident.id, 0) if resident is not None else (0, viewer.id or 0)
    asked = {"number": idea.id, "district": idea.district_id or 0, "resident": who[0], "person": who[1]}
    local, state, checked, kept = db.session.execute(_one_ballot(idea.call.counts), asked).one()
    mine = known or (state_of(state, checked) if state else "kept" if kept else "none")
    return mine, sums._replace(from_district=local / sums.counted) if shares else sums


@cache
def _one_ballot(needed: Level) -> Select[int, VoteState, Checked, bool]:
    number = bindparam("number", type_=Integer)
    mine = (Vote.idea_id == number, Vote.resident_id == bindparam("resident", type_=Integer))
    kept = (KeptVote.idea_id == number, KeptVote.person_id == bindparam("person", type_=Integer))
    return select(
        _local(needed).scalar_subquery(),
        select(Vote.state).where(*mine).scalar_subquery(),
        select(Vote.checked).where(*mine).scalar_subquery(),
        exists().where(*kept),
    )


def _ballot(idea: Idea, viewer: Viewer, mine: str, sums: Support, now: datetime) -> Ballot:
    closed = _closed(idea, viewer, mine, now)
    state = "closed" if closed else mine if viewer.is_authenticated else "sign_in"
    return Ballot(
        idea_id=idea.id,
        title=idea.title,
        state=state,
        count=sums.counted,
        share_url=idea.path,
        support=sums,
        counts_attested=idea.call.counts is Level.ATTESTED,
        district=idea.district.name if idea.district else "",
        closed_why=closed.why if closed else "",
        closed_at=closed.at if closed else None,
        is_mine=mine != "none",
    )


def _closed(idea: Idea, viewer: Viewer, mine: str, now: datetime) -> Closed | None:
    """Whether nobody can press, or this viewer cannot, and why."""
    if idea.status is Status.WAITING:
        return Closed("waiting")
    if not idea.takes_support:
        return Closed("status", idea.status_since)
    if not takes_support(idea, now):
        return _between_phases(idea, now)
    if mine == "void":
        return Closed("void")
    return _closed_to(viewer, mine, now)


def _closed_to(viewer: Viewer, mine: str, now: datetime) -> Closed | None:
    if viewer.is_organisation:
        return Closed("organisation")
    if viewer.standing is not Standing.ACTIVE:
        return Closed("suspended")
    if viewer.resident is not None and mine == "none" and not is_eligible(viewer.resident, now):
        return Closed("ended", viewer.resident.eligible_until)
    return None


def _between_phases(idea: Idea, now: datetime) -> Closed:
    """When support opens, if that is still to come, else when it closed."""
    phases = [phase for phase in idea.call.phases if phase.accepts_support]
    coming = [phase.opens_at for phase in phases if phase.opens_at is not None and phase.opens_at > now]
    if coming:
        return Closed("not_yet", min(coming))
    over = [phase.closes_at for phase in phases if phase.closes_at is not None]
    return Closed("phase", max(over, default=None))


def _with_more(shown: Ballot, idea: Idea, sums: Support) -> Ballot:
    """What the large one says besides: the share of the district, and when the city must answer."""
    owed_at = threshold(_population(idea)) if idea.status is Status.OPEN else 0
    return replace(shown, support=sums, owed_at=owed_at)


def _population(idea: Idea) -> float:
    """The people of the idea's district; a city-wide idea takes the mean of the districts."""
    people = idea.district.population if idea.district else mean_population()
    return float(people or city().population)


def _share_of_district(idea: Idea, counted: int) -> float | None:
    if idea.district_id is None or counted < FEW:
        return None
    asked = {"number": idea.id, "district": idea.district_id}
    return (db.session.scalar(_local(idea.call.counts), asked) or 0) / counted


@cache
def _local(needed: Level) -> Select[int]:
    """How many of the counted live in a district; built once per level that a call may count.

    The home of each voter is looked up by its key: a join would read all residents of the city.
    """
    home = select(Resident.district_id).where(Resident.id == Vote.resident_id).scalar_subquery()
    return select(func.count()).where(
        Vote.idea_id == bindparam("number", type_=Integer),
        home == bindparam("district", type_=Integer),
        *counted_votes(needed),
    )
