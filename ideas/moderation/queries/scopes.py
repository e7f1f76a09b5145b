"""The topics and districts that a moderator is limited to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, or_, select

from ideas.accounts.models import Scope, Viewer
from ideas.board.models import Idea
from ideas.core.db import db


def scopes_of(viewer: Viewer) -> Sequence[Scope]:
    """Their limits; none means the whole city."""
    return db.session.scalars(select(Scope).where(Scope.person_id == viewer.id)).all()


def is_theirs(viewer: Viewer) -> ColumnElement[bool]:
    """The same as rules.is_in_scope, asked of the ideas in a query."""
    mine = Scope.person_id == viewer.id
    topics = select(Scope.topic_id).where(mine, Scope.topic_id.is_not(None))
    districts = select(Scope.district_id).where(mine, Scope.district_id.is_not(None))
    return or_(~exists().where(mine), Idea.topic_id.in_(topics), Idea.district_id.in_(districts))
