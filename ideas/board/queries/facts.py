"""Beside one idea: the figures that put it where it is, the words it had before, what was merged into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from ideas.board import heat
from ideas.board.find import LISTED
from ideas.board.models import Idea, Revision, Tally
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.pipeline.models import Answer
from ideas.programs.models import Source
from ideas.voting.models import Checked, Vote, VoteState

WEEK = timedelta(days=7)


class Facts(NamedTuple):
    """What an idea's page says beside its words. `warmth` is how many supports given now would be as warm."""

    lately: int
    place: int
    of: int
    edits: int
    answers: int
    programs: int
    warmth: float = 0.0


def facts(idea: Idea) -> Facts:
    """The figures of one idea, in one statement."""
    now = town_now()
    other = aliased(Idea)
    listed = (
        select(func.count())
        .select_from(Tally)
        .join(other, other.id == Tally.idea_id)
        .where(other.status.in_(LISTED))
    )
    lately = select(func.count()).where(
        Vote.idea_id == idea.id,
        Vote.state == VoteState.CAST,
        Vote.checked == Checked.CLEAR,
        Vote.cast_at > now - WEEK,
    )
    row = db.session.execute(
        select(
            lately.scalar_subquery(),
            listed.where(Tally.heat > idea.tally.heat).scalar_subquery(),
            listed.scalar_subquery(),
            select(func.max(Revision.number)).where(Revision.idea_id == idea.id).scalar_subquery(),
            select(func.count()).where(Answer.idea_id == idea.id).scalar_subquery(),
            select(func.count()).where(Source.idea_id == idea.id).scalar_subquery(),
        )
    ).one()
    warmth = 2.0 ** min(idea.tally.heat - heat.term(now, heat.COUNTED_VOTE), 60.0)
    return Facts(row[0], row[1] + 1, row[2], max((row[3] or 1) - 1, 0), row[4], row[5], warmth)


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
