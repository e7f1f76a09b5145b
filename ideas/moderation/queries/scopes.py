"""The topics and districts that a moderator is limited to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select, true

from ideas.accounts.models import Scope, Viewer
from ideas.board.models import Idea
from ideas.core.db import db


def scopes_of(viewer: Viewer) -> Sequence[Scope]:
    """Their limits; none means the whole city."""
    return db.session.scalars(select(Scope).where(Scope.person_id == viewer.id)).all()


def is_theirs(scopes: Sequence[Scope]) -> ColumnElement[bool]:
    """The same as rules.is_in_scope, asked of the ideas in a query."""
    if not scopes:
        return true()
    topics = [scope.topic_id for scope in scopes if scope.topic_id is not None]
    districts = [scope.district_id for scope in scopes if scope.district_id is not None]
    return or_(Idea.topic_id.in_(topics), Idea.district_id.in_(districts))
