"""Finding shortlists, what may be put on one, and the checks of cost that hold."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import contains_eager, joinedload

from ideas.board.models import Idea, Status
from ideas.calls.models import Call
from ideas.core.db import db
from ideas.core.errors import Missing
from ideas.pipeline.queries import checked_cost, newest_assessments
from ideas.shortlists.models import Entry, Shortlist, ShortlistState


class Listed(NamedTuple):
    """A shortlist as a list of them shows it."""

    id: int
    title: str
    path: str
    state: ShortlistState
    budget_cents: int
    ideas: int
    opened_at: datetime
    sent_at: datetime | None
    is_decided: bool


class Addable(NamedTuple):
    """A checked idea of the call that may be put on the list."""

    idea_id: int
    title: str
    path: str
    votes: int
    cost_cents: int


def shortlists(*, sent_only: bool = False) -> list[Listed]:
    """Every shortlist, the newest first."""
    size = select(func.count()).where(Entry.shortlist_id == Shortlist.id).scalar_subquery()
    open_ones = (
        select(func.count())
        .join(Idea, Idea.id == Entry.idea_id)
        .where(Entry.shortlist_id == Shortlist.id, Idea.status == Status.BEFORE_COUNCIL)
        .select_from(Entry)
        .scalar_subquery()
    )
    statement = (
        select(Shortlist, size, open_ones)
        .join(Shortlist.call)
        .options(contains_eager(Shortlist.call))
        .order_by(Shortlist.opened_at.desc(), Shortlist.id.desc())
    )
    if sent_only:
        statement = statement.where(Shortlist.state == ShortlistState.SENT)
    return [_listed(row, ideas, undecided) for row, ideas, undecided in db.session.execute(statement)]


def shortlist_by(shortlist_id: int) -> Shortlist:
    """One shortlist with its call."""
    return _one(Shortlist.id == shortlist_id)


def shortlist_of(call_slug: str) -> Shortlist:
    """The shortlist of a call, with the call."""
    return _one(Call.slug == call_slug)


def calls_without_shortlist() -> list[Call]:
    """The calls for which one can be opened."""
    taken = select(Shortlist.call_id)
    return list(db.session.scalars(select(Call).where(Call.id.not_in(taken)).order_by(Call.title)))


def addable(shortlist: Shortlist) -> list[Addable]:
    """Ideas of the call under review whose newest check says that they can be done, and for how much."""
    ideas = list(
        db.session.scalars(
            select(Idea)
            .where(Idea.call_id == shortlist.call_id, Idea.status == Status.UNDER_REVIEW)
            .options(joinedload(Idea.tally))
            .order_by(Idea.title)
        )
    )
    checked = newest_assessments(idea.id for idea in ideas)
    return [
        Addable(idea.id, idea.title, idea.path, idea.tally.counted, cost)
        for idea in ideas
        if (cost := checked_cost(checked.get(idea.id))) is not None
    ]


def listed_titles(shortlist_id: int) -> list[tuple[int, str]]:
    """The ideas on a list by title, whatever became of them."""
    rows = db.session.execute(
        select(Idea.id, Idea.title)
        .join(Entry, Entry.idea_id == Idea.id)
        .where(Entry.shortlist_id == shortlist_id)
        .order_by(Idea.title)
    )
    return [(idea_id, title) for idea_id, title in rows]


def listed_idea(shortlist_id: int, idea_id: int) -> Idea:
    """An idea on a list, also one that was hidden: the clerk takes it off."""
    found = db.session.scalar(
        select(Idea)
        .join(Entry, Entry.idea_id == Idea.id)
        .where(Entry.shortlist_id == shortlist_id, Idea.id == idea_id)
        .options(joinedload(Idea.topic))
    )
    if found is None:
        raise Missing
    return found


def _one(condition: ColumnElement[bool]) -> Shortlist:
    found = db.session.scalar(
        select(Shortlist).join(Shortlist.call).where(condition).options(contains_eager(Shortlist.call))
    )
    if found is None:
        raise Missing
    return found


def _listed(row: Shortlist, ideas: int, undecided: int) -> Listed:
    is_decided = row.state is ShortlistState.SENT and not undecided
    path = f"/shortlists/{row.call.slug}"
    return Listed(
        row.id,
        row.call.title,
        path,
        row.state,
        row.budget_cents,
        ideas,
        row.opened_at,
        row.sent_at,
        is_decided,
    )
