"""How the ideas of a shortlist stand: the rule's order, votes, cost, outcome and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ideas.accounts.models import Resident
from ideas.board.models import Idea, Status, Tally
from ideas.comments.models import TalkCount
from ideas.core.db import db
from ideas.core.languages import money
from ideas.pipeline.models import Assessment, Feasibility
from ideas.pipeline.queries import checked_cost, newest_assessments
from ideas.places.models import District
from ideas.shortlists.greedy import Candidate, Outcome, most_votes_first, why
from ideas.shortlists.models import Entry, Shortlist, ShortlistState
from ideas.shortlists.queries.voters import FEWEST, counted, voters_of
from ideas.voting.models import Vote

CHANGED = {
    Status.WITHDRAWN: "its author withdrew it",
    Status.DECLINED: "it was declined",
    Status.HIDDEN: "a moderator hid it",
    Status.MERGED: "it was merged into another idea",
}


class Line(NamedTuple):
    """One idea of a shortlist as it stands; `trouble` says why it cannot go to the council, or is empty."""

    place: int
    idea_id: int
    title: str
    path: str
    status: Status
    district: str
    cost_cents: int | None
    votes: int
    is_funded: bool
    why: str
    trouble: str = ""
    from_district: float | None = None
    in_favour: int = 0
    against: int = 0

    @property
    def reason(self) -> str:
        """The sentence without the word that the pill beside it says."""
        return self.why.partition(": ")[2]


class Figures(NamedTuple):
    """What the rule gives to those who voted. An idea for the whole city reaches every district."""

    voters: int
    with_funded: int
    districts_reached: int
    districts: int
    spent_cents: int
    budget_cents: int

    @property
    def share(self) -> float | None:
        """Of those who voted, how many have at least one funded idea."""
        return self.with_funded / self.voters if self.voters else None


def standing(shortlist: Shortlist) -> list[Line]:
    """The ideas in the order of the rule: as they stand now, or for good once the list was sent.

    Ideas that changed since they were put on the list come last and say what happened.
    """
    entries = _entries(shortlist.id)
    rated = _frozen(entries) if shortlist.state is ShortlistState.SENT else _rated(shortlist, entries)
    own = _from_own_district(shortlist)
    talk = _talk([entry.idea_id for entry in entries])
    return [
        line._replace(
            from_district=_share(own.get(line.idea_id, 0), line.votes) if line.district else None,
            in_favour=talk.get(line.idea_id, (0, 0))[0],
            against=talk.get(line.idea_id, (0, 0))[1],
        )
        for line in rated
    ]


def figures(shortlist: Shortlist, lines: list[Line]) -> Figures:
    """The rule's card: who has something funded, where, and for how much."""
    funded = [line for line in lines if line.is_funded]
    ids = {line.idea_id for line in lines}
    districts = db.session.scalar(select(func.count()).select_from(District)) or 0
    reached = {line.district for line in funded}
    return Figures(
        voters=voters_of(shortlist, ids),
        with_funded=voters_of(shortlist, {line.idea_id for line in funded}),
        districts_reached=districts if "" in reached else len(reached),
        districts=districts,
        spent_cents=sum(line.cost_cents or 0 for line in funded),
        budget_cents=shortlist.budget_cents,
    )


def _entries(shortlist_id: int) -> dict[Entry, int]:
    """The entries with what each idea's votes add up to now."""
    rows = db.session.execute(
        select(Entry, Tally.counted)
        .join(Tally, Tally.idea_id == Entry.idea_id)
        .where(Entry.shortlist_id == shortlist_id)
        .options(joinedload(Entry.idea).joinedload(Idea.district))
        .order_by(Entry.place, Entry.idea_id)
    )
    return {row[0]: row[1] for row in rows}


def _frozen(entries: Iterable[Entry]) -> list[Line]:
    """The list as it was sent."""
    return [
        _line(
            entry.idea,
            place=entry.place or 0,
            votes=entry.votes or 0,
            cost_cents=entry.cost_cents,
            is_funded=bool(entry.is_funded),
            why=entry.why,
        )
        for entry in entries
    ]


def _rated(shortlist: Shortlist, entries: dict[Entry, int]) -> list[Line]:
    """The list as the rule has it at this moment; what changed comes last."""
    checked = newest_assessments(entry.idea_id for entry in entries)
    votes = {entry.idea_id: number for entry, number in entries.items()}
    ideas = {entry.idea_id: entry.idea for entry in entries}
    troubles = {idea.id: _trouble(idea, checked.get(idea.id)) for idea in ideas.values()}
    candidates = [
        Candidate(idea.id, votes[idea.id], checked_cost(checked[idea.id]) or 0, idea.posted_at)
        for idea in ideas.values()
        if not troubles[idea.id]
    ]
    outcomes = most_votes_first(candidates, budget_cents=shortlist.budget_cents)
    lines = [_rated_line(ideas[outcome.idea.idea_id], outcome) for outcome in outcomes]
    lines += [_changed(ideas[key], votes[key], trouble) for key, trouble in troubles.items() if trouble]
    return [line._replace(place=place) for place, line in enumerate(lines, 1)]


def _rated_line(idea: Idea, outcome: Outcome) -> Line:
    return _line(
        idea,
        votes=outcome.idea.votes,
        cost_cents=outcome.idea.cost_cents,
        is_funded=outcome.is_funded,
        why=why(outcome, money=money),
    )


def _changed(idea: Idea, votes: int, trouble: str) -> Line:
    line = _line(idea, votes=votes, cost_cents=None, is_funded=False, why=f"Not funded: {trouble}")
    return line._replace(trouble=trouble)


def _line(
    idea: Idea, *, votes: int, cost_cents: int | None, is_funded: bool, why: str, place: int = 0
) -> Line:
    """A line still without what the neighbours say; a hidden idea has no title here."""
    return Line(
        place=place,
        idea_id=idea.id,
        title="" if idea.status is Status.HIDDEN else idea.title,
        path=idea.path,
        status=idea.status,
        district=idea.district.name if idea.district else "",
        cost_cents=cost_cents,
        votes=votes,
        is_funded=is_funded,
        why=why,
    )


def _trouble(idea: Idea, assessment: Assessment | None) -> str:
    """What changed since the idea was put on the list, or nothing."""
    if idea.status is not Status.SHORTLISTED:
        return CHANGED.get(idea.status, "it is not shortlisted any more")
    if assessment is not None and assessment.feasibility is Feasibility.NOT_FEASIBLE:
        return "the newest check found that it cannot be done"
    return "" if checked_cost(assessment) is not None else "the newest check names no cost"


def _from_own_district(shortlist: Shortlist) -> dict[int, int]:
    """Votes from the idea's own district, per idea that has one."""
    rows = db.session.execute(
        select(Vote.idea_id, func.count())
        .join(Entry, Entry.idea_id == Vote.idea_id)
        .join(Idea, Idea.id == Vote.idea_id)
        .join(Resident, Resident.id == Vote.resident_id)
        .where(
            Entry.shortlist_id == shortlist.id,
            Resident.district_id == Idea.district_id,
            *counted(shortlist),
        )
        .group_by(Vote.idea_id)
    )
    return {row[0]: row[1] for row in rows}


def _share(part: int, whole: int) -> float | None:
    """A share, where the whole is large enough that nobody is recognised in it."""
    return min(part / whole, 1.0) if whole >= FEWEST else None


def _talk(idea_ids: list[int]) -> dict[int, tuple[int, int]]:
    rows = db.session.execute(
        select(TalkCount.idea_id, TalkCount.in_favour, TalkCount.against).where(
            TalkCount.idea_id.in_(idea_ids)
        )
    )
    return {idea_id: (in_favour, against) for idea_id, in_favour, against in rows}
