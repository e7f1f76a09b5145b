"""Beside one idea: the figures that put it where it is, the words it had before, what was merged into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Float, Integer, Select, bindparam, func, select

from ideas.accounts.models import Viewer
from ideas.board import heat
from ideas.board.find import LISTED
from ideas.board.models import Idea, Revision, Tally
from ideas.core.clock import town_now
from ideas.core.db import Timestamp, db
from ideas.notifications.models import Follow
from ideas.pipeline.models import Answer
from ideas.programs.models import Source
from ideas.voting.models import Checked, Vote, VoteState

WEEK = timedelta(days=7)
FIRST_PLACES = 100


class Facts(NamedTuple):
    """What an idea's page says beside its words.

    `place` is its place in Trending, 0 behind the first hundred; `warmth` is how many supports given
    now would be as warm.
    """

    lately: int
    place: int
    edits: int
    answers: int
    programs: int
    is_muted: bool | None = None
    warmth: float = 0.0


def facts(idea: Idea, *, viewer: Viewer) -> Facts:
    """The figures of one idea, in one statement whose cost does not grow with the board.

    `is_muted` is what the viewer pressed beside it: no news, news, or None for nothing.
    """
    now = town_now()
    asked = {"number": idea.id, "since": now - WEEK, "its_heat": idea.tally.heat}
    asked["viewer"] = viewer.id or 0
    lately, warmer, edits, answers, programs, is_muted = db.session.execute(_figures(), asked).one()
    warmth = 2.0 ** min(idea.tally.heat - heat.term(now, heat.COUNTED_VOTE), 60.0)
    place = warmer + 1 if warmer < FIRST_PLACES else 0
    return Facts(lately, place, max((edits or 1) - 1, 0), answers, programs, is_muted, warmth)


@cache
def _figures() -> Select[Any]:
    number = bindparam("number", type_=Integer)
    warmer = (
        select(Tally.idea_id)
        .join(Idea, Idea.id == Tally.idea_id)
        .where(Tally.heat > bindparam("its_heat", type_=Float), Idea.status.in_(LISTED))
        .order_by(Tally.heat.desc())
        .limit(FIRST_PLACES)
        .subquery()
    )
    lately = select(func.count()).where(
        Vote.idea_id == number,
        Vote.state == VoteState.CAST,
        Vote.checked == Checked.CLEAR,
        Vote.cast_at > bindparam("since", type_=Timestamp()),
    )
    return select(
        lately.scalar_subquery(),
        select(func.count()).select_from(warmer).scalar_subquery(),
        select(func.max(Revision.number)).where(Revision.idea_id == number).scalar_subquery(),
        select(func.count()).where(Answer.idea_id == number).scalar_subquery(),
        select(func.count()).where(Source.idea_id == number).scalar_subquery(),
        select(Follow.is_muted)
        .where(Follow.idea_id == number, Follow.person_id == bindparam("viewer", type_=Integer))
        .scalar_subquery(),
    )


def revisions(idea: Idea) -> list[Revision]:
    """The words of an idea as they were, oldest first."""
    return list(
        db.session.scalars(select(Revision).where(Revision.idea_id == idea.id).order_by(Revision.number))
    )


def newest_revision(idea: Idea) -> int:
    """The number of the words that are shown now."""
    return db.session.scalars(select(func.max(Revision.number)).where(Revision.idea_id == idea.id)).one() or 1


def path_of(idea_id: int) -> str:
    """The address of an idea by its number."""
    return db.session.scalars(select(Idea).where(Idea.id == idea_id)).one().path


def known_elsewhere(source: str, foreign_ids: Sequence[str]) -> set[str]:
    """Which of these numbers of another platform have an idea here already."""
    there = select(Idea.foreign_id).where(Idea.foreign_source == source, Idea.foreign_id.in_(foreign_ids))
    return {foreign_id for foreign_id in db.session.scalars(there) if foreign_id}


def title_merged_into(idea: Idea, number: int) -> str:
    """The title of idea `number` if it was merged into this one, else nothing."""
    title = select(Idea.title).where(Idea.id == number, Idea.merged_into_id == idea.id)
    return db.session.scalar(title) or ""
