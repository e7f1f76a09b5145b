"""Filters as SQL: the same ones over ideas and over the figures beside the filters.

A value that names nothing is no filter: an old link still shows ideas.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from ideas.accounts.models import Viewer
from ideas.board.find import WHOLE_CITY, Find
from ideas.board.models import BoardCount, Idea, Status, Topic
from ideas.calls.models import Call
from ideas.pipeline.models import Answer
from ideas.places.models import District
from ideas.voting.models import KeptVote, Vote, VoteState

Condition = ColumnElement[bool]


def of_counts(find: Find, *, but: str = "") -> list[Condition]:
    """The filters over the figures of the board, all but one kind."""
    made = {
        "topic": _named(BoardCount.topic_id, Topic, find.topic),
        "district": _in_district(BoardCount.district_id, find.district),
        "call": _named(BoardCount.call_id, Call, find.call),
        "status": BoardCount.status.in_(find.statuses),
    }
    return [condition for kind, condition in made.items() if kind != but and condition is not None]


def of_ideas(find: Find, viewer: Viewer) -> list[Condition]:
    """All filters over ideas."""
    made = (
        _named(Idea.topic_id, Topic, find.topic),
        _in_district(func.coalesce(Idea.district_id, 0), find.district),
        _named(Idea.call_id, Call, find.call),
    )
    return [condition for condition in made if condition is not None] + own(find, viewer, find.statuses)


def own(find: Find, viewer: Viewer, statuses: Sequence[Status]) -> list[Condition]:
    """What may be read in these statuses, and the filters that no figure knows of."""
    shown: Condition = Idea.status.in_(statuses)
    if find.mine and not find.status:
        shown = or_(shown, Idea.status == Status.WAITING)
    made = [shown]
    if find.answered:
        made.append(select(Answer.id).where(Answer.idea_id == Idea.id).exists())
    if find.mine:
        made.append(Idea.author_id == viewer.id)
    if find.supported:
        made.append(_supported_by(viewer))
    return made


def _supported_by(viewer: Viewer) -> Condition:
    kept = select(KeptVote.idea_id).where(KeptVote.person_id == viewer.id)
    if viewer.resident is None:
        return Idea.id.in_(kept)
    cast = select(Vote.idea_id).where(Vote.resident_id == viewer.resident.id, Vote.state == VoteState.CAST)
    return or_(Idea.id.in_(kept), Idea.id.in_(cast))


def _named(column: Any, model: type[Topic | Call | District], slugs: tuple[str, ...]) -> Condition | None:
    if not slugs:
        return None
    ids = select(model.id).where(model.slug.in_(slugs))
    return or_(column.in_(ids), ~ids.exists())


def _in_district(column: Any, slugs: tuple[str, ...]) -> Condition | None:
    if WHOLE_CITY not in slugs:
        return _named(column, District, slugs)
    ids = select(District.id).where(District.slug.in_(slugs))
    return or_(column == 0, column.in_(ids))
