"""Who may report, who works through the queue, and whose case it is."""

from __future__ import annotations

from collections.abc import Sequence

from ideas.accounts.models import Scope, Viewer
from ideas.accounts.rules import may_act, moderators


def may_report(viewer: Viewer, author_id: int | None) -> bool:
    """Every account in good standing, about what others wrote."""
    return may_act(viewer) and viewer.id != author_id


def may_moderate(viewer: Viewer) -> bool:
    """Whether this person works through the queue."""
    return moderators(viewer)


def may_decide(
    viewer: Viewer, scopes: Sequence[Scope], *, author_id: int | None, topic_id: int, district_id: int | None
) -> bool:
    """A moderator of this topic or district, and never about their own words."""
    is_own = author_id is not None and viewer.id == author_id
    return may_moderate(viewer) and not is_own and is_in_scope(scopes, topic_id, district_id)


def is_in_scope(scopes: Sequence[Scope], topic_id: int, district_id: int | None) -> bool:
    """Whether a moderator with these limits looks after the topic or the district; without limits all."""
    if not scopes:
        return True
    is_district = district_id is not None and any(scope.district_id == district_id for scope in scopes)
    return is_district or any(scope.topic_id == topic_id for scope in scopes)
