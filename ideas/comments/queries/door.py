"""From a number to a comment, and from a comment to its place."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from ideas.accounts.models import Viewer
from ideas.board.models import Idea
from ideas.board.queries import visible_idea
from ideas.comments import words
from ideas.comments.models import Comment, CommentState
from ideas.comments.queries.shapes import REPLIES_OPENED, Presses, thread_word
from ideas.core.db import db
from ideas.core.errors import Missing


def visible_comment(comment_id: int, *, to: Viewer) -> tuple[Comment, Idea]:
    """A comment with its author, and its idea by the one door; Missing for what its author removed."""
    found = select(Comment).where(Comment.id == comment_id).options(joinedload(Comment.author))
    comment = db.session.scalar(found)
    if comment is None:
        raise Missing("There is no comment with this number.")
    idea = visible_idea(comment.idea_id, to=to)
    if comment.state is CommentState.REMOVED and not _has_replies(comment):
        raise Missing("Its author removed this comment.")
    return comment, idea


def place_of(comment: Comment, idea: Idea) -> str:
    """The address of the idea's page that shows this comment."""
    if comment.parent_id is None:
        return f"{idea.path}?thread={comment.id}#comment-{comment.id}"
    earlier = db.session.scalar(
        select(func.count()).where(
            Comment.parent_id == comment.parent_id,
            Comment.state != CommentState.REMOVED,
            or_(
                Comment.posted_at < comment.posted_at,
                and_(Comment.posted_at == comment.posted_at, Comment.id < comment.id),
            ),
        )
    )
    skipped = (earlier or 0) // REPLIES_OPENED * REPLIES_OPENED
    return f"{idea.path}?thread={thread_word(comment.parent_id, skipped)}#comment-{comment.id}"


def presses(comment: Comment, pressed: bool | None) -> Presses:
    """The presses of a comment as they are now, for the person who has just pressed."""
    helpful = db.session.scalar(select(Comment.helpful).where(Comment.id == comment.id))
    return Presses(comment.id, words.helpful(helpful or 0), pressed, may_press=True)


def _has_replies(comment: Comment) -> bool:
    hanging = select(Comment.id).where(Comment.parent_id == comment.id, Comment.state != CommentState.REMOVED)
    return db.session.scalar(hanging.limit(1)) is not None
