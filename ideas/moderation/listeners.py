"""What comes to the desk by itself, and what leaves it because there is nothing left to decide."""

from __future__ import annotations

from ideas.board.models import Idea, Status
from ideas.core.db import db
from ideas.core.events import Event, on
from ideas.moderation.commands import close_overtaken, open_case
from ideas.moderation.models import CaseKind


@on("idea.posted")
def bring_first_idea(event: Event) -> None:
    """Somebody's first idea waits for a moderator."""
    idea = db.session.get_one(Idea, event.subject_id)
    if idea.status is Status.WAITING:
        open_case(CaseKind.FIRST_IDEA, idea=idea)


@on("idea.edited")
def bring_changed_title(event: Event) -> None:
    """A title that changed after people supported it is read again."""
    if event.about.get("title_changed") and event.about.get("supporters"):
        open_case(CaseKind.EDIT_AFTER_VOTES, idea=db.session.get_one(Idea, event.subject_id))


@on("idea.moved")
def close_when_it_waits_no_more(event: Event) -> None:
    """An idea that its author withdrew while it waited needs no moderator."""
    if event.about.get("from") == Status.WAITING:
        close_overtaken(CaseKind.FIRST_IDEA, idea_id=event.subject_id)


@on("comment.removed")
def close_when_it_was_removed(event: Event) -> None:
    """A comment that its author took back needs no moderator."""
    close_overtaken(comment_id=event.subject_id)
