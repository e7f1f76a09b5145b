"""Who may comment, press, and change what they said."""

from __future__ import annotations

from ideas.accounts.models import Viewer
from ideas.accounts.rules import may_act
from ideas.board.models import Idea, Status
from ideas.comments.models import Comment, CommentState

CLOSED_TALK = frozenset({Status.WAITING, Status.HIDDEN, Status.WITHDRAWN, Status.MERGED})


def takes_comments(idea: Idea) -> bool:
    """Whether anybody can say something under the idea now."""
    return idea.status not in CLOSED_TALK


def may_comment(viewer: Viewer) -> bool:
    """Everybody with an account in good standing: members, organisations, the city's own people."""
    return may_act(viewer)


def is_own(viewer: Viewer, comment: Comment) -> bool:
    """Whether this person wrote it."""
    return viewer.id is not None and viewer.id == comment.author_id


def may_change(viewer: Viewer, comment: Comment) -> bool:
    """Edit or remove: its author, as long as it is there to be read."""
    return may_act(viewer) and is_own(viewer, comment) and comment.state is CommentState.VISIBLE


def may_press(viewer: Viewer, comment: Comment) -> bool:
    """Say whether a comment helped: every account but the author's own."""
    return may_act(viewer) and not is_own(viewer, comment)
