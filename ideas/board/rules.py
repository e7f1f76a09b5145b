"""Who may post, change and take back an idea."""

from __future__ import annotations

from ideas.accounts.models import Viewer
from ideas.accounts.rules import may_act, moderators
from ideas.board.models import Idea, Status

CHANGEABLE = frozenset({Status.WAITING, Status.OPEN, Status.UNDER_REVIEW})


def may_post(viewer: Viewer) -> bool:
    """Everybody with an account in good standing, organisations too."""
    return may_act(viewer)


def posts_at_once(viewer: Viewer) -> bool:
    """Staff write in the open; everybody else's first idea waits for a moderator."""
    return viewer.is_staff


def is_author(viewer: Viewer, idea: Idea) -> bool:
    """Whether it is theirs."""
    return viewer.id is not None and viewer.id == idea.author_id


def may_edit(viewer: Viewer, idea: Idea) -> bool:
    """Its author, until the city has decided on a list."""
    return may_act(viewer) and is_author(viewer, idea) and idea.status in CHANGEABLE


def may_withdraw(viewer: Viewer, idea: Idea) -> bool:
    """Its author, as long as it lies with the residents or the desk."""
    return may_act(viewer) and is_author(viewer, idea) and idea.status in {*CHANGEABLE, Status.SHORTLISTED}


def may_see(viewer: Viewer, idea: Idea) -> bool:
    """Everybody, once it is on the board; what waits is for its author and the moderators."""
    return idea.status is not Status.WAITING or is_author(viewer, idea) or moderators(viewer)
