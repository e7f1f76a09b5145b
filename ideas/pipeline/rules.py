"""Who may move an idea along, answer for the city, and sign."""

from __future__ import annotations

from collections.abc import Sequence

from ideas.accounts.models import Department, Scope, Viewer
from ideas.accounts.rules import moderators, officers
from ideas.board.models import Idea, Status
from ideas.moderation.rules import is_in_scope
from ideas.pipeline.models import AnswerDraft

ASSESSED = frozenset({Status.OPEN, Status.UNDER_REVIEW, Status.SHORTLISTED})
DECLINABLE = frozenset({Status.OPEN, Status.UNDER_REVIEW, Status.SHORTLISTED})


def owner_of(idea: Idea) -> int:
    """The department that speaks about this idea: the one that owes the answer, else its topic's."""
    return idea.answer_owner_id or idea.topic.department_id


def looks_after(viewer: Viewer, idea: Idea, limits: Sequence[Scope]) -> bool:
    """A moderator of the idea's topic or district; one without limits looks after all."""
    return moderators(viewer) and is_in_scope(limits, idea.topic_id, idea.district_id)


def may_promote(viewer: Viewer, idea: Idea, limits: Sequence[Scope]) -> bool:
    """Whether this person takes this idea under review."""
    return looks_after(viewer, idea, limits)


def may_speak_for(viewer: Viewer, department_id: int | None) -> bool:
    """Whether this person writes, checks cost and decides in the name of the department."""
    return officers(viewer) and department_id is not None and viewer.department_id == department_id


def may_decline(viewer: Viewer, idea: Idea, limits: Sequence[Scope]) -> bool:
    """A moderator, or an officer of the department that owes the answer."""
    return looks_after(viewer, idea, limits) or may_speak_for(viewer, idea.answer_owner_id)


def may_reopen(viewer: Viewer, idea: Idea, limits: Sequence[Scope]) -> bool:
    """Whether this person may open this declined idea again."""
    return looks_after(viewer, idea, limits)


def may_sign(viewer: Viewer, draft: AnswerDraft, department: Department) -> bool:
    """The department's named signer, or any colleague where none is named; never the one who wrote it."""
    if not may_speak_for(viewer, department.id) or viewer.id == draft.written_by:
        return False
    if department.signer_id is not None and department.signer_id != draft.written_by:
        return bool(viewer.id == department.signer_id)
    return True
