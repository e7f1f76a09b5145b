"""Who may move an idea along, answer for the city, and sign."""

from __future__ import annotations

from ideas.accounts.models import Department, Role, Viewer
from ideas.accounts.rules import may_act, moderators, officers
from ideas.board.models import Idea, Status
from ideas.pipeline.models import AnswerDraft

ASSESSED = frozenset({Status.OPEN, Status.UNDER_REVIEW, Status.SHORTLISTED})
DECLINABLE = frozenset({Status.OPEN, Status.UNDER_REVIEW, Status.SHORTLISTED})


def owner_of(idea: Idea) -> int:
    """The department that speaks about this idea: the one that owes the answer, else its topic's."""
    return idea.answer_owner_id or idea.topic.department_id


def may_promote(viewer: Viewer) -> bool:
    """Whether this person takes ideas under review."""
    return moderators(viewer)


def may_speak_for(viewer: Viewer, department_id: int | None) -> bool:
    """Whether this person writes, checks cost and decides in the name of the department."""
    return officers(viewer) and department_id is not None and viewer.department_id == department_id


def may_decline(viewer: Viewer, department_id: int | None) -> bool:
    """A moderator, or an officer of the department that owes the answer."""
    return moderators(viewer) or may_speak_for(viewer, department_id)


def may_reopen(viewer: Viewer) -> bool:
    """Whether this person may open a declined idea again."""
    return moderators(viewer)


def may_sign(viewer: Viewer, draft: AnswerDraft, department: Department) -> bool:
    """The department's named signer, or any colleague where none is named; never the one who wrote it."""
    if not may_act(viewer) or viewer.id == draft.written_by:
        return False
    if department.signer_id is not None and department.signer_id != draft.written_by:
        return bool(viewer.id == department.signer_id)
    return viewer.role is Role.OFFICER and viewer.department_id == department.id
