"""Comments: say something, change it, take it back, and press whether it helped."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import case, delete, func, select, update

from ideas.accounts.models import Person
from ideas.board.commands import warm_by_comment
from ideas.board.models import Channel, Idea
from ideas.comments.models import Comment, CommentState, HelpfulPress, Stance, TalkCount
from ideas.comments.rules import may_change, may_comment, may_press, takes_comments
from ideas.core.clock import town_now
from ideas.core.db import db, insert_into, take_turn
from ideas.core.errors import Missing, TooLate, TooMany, ensure
from ideas.core.events import record

SILENT_EDIT = timedelta(minutes=15)
SOON, DAY = timedelta(minutes=10), timedelta(days=1)
IN_TEN_MINUTES, IN_A_DAY = 10, 60
NOT_SO_ANY_MORE = {
    CommentState.VISIBLE: "This comment is not there to be read any more.",
    CommentState.HIDDEN: "This comment is not hidden.",
}
COUNTED_STANCES = {
    Stance.FOR: "in_favour",
    Stance.AGAINST: "against",
    Stance.QUESTION: "questions",
}


def post_comment(
    idea: Idea,
    *,
    by: Person,
    stance: Stance,
    body: str,
    parent: Comment | None = None,
    channel: Channel = Channel.WEB,
) -> Comment:
    """Say something under an idea; a reply to a reply hangs on the comment above both."""
    ensure(may_comment(by), "Your account may not comment now.")
    _check_pace(by)
    _check_open(idea)
    _check_parent(parent, idea)
    is_first = by.resident is not None and not _has_commented(by, idea)
    comment = Comment(
        idea_id=idea.id,
        parent_id=(parent.parent_id or parent.id) if parent else None,
        author_id=by.id,
        stance=stance,
        body=body,
        channel=channel,
        posted_at=town_now(),
    )
    db.session.add(comment)
    _count(idea.id, stance, 1)
    if is_first:
        warm_by_comment(idea, by=by)
    about = {"idea_id": idea.id, "parent_id": parent.id if parent else None}
    record("comment.posted", actor=by, subject=comment, about=about)
    return comment


def edit_comment(comment: Comment, *, by: Person, stance: Stance, body: str) -> None:
    """Change one's own words: silently while they are young, later marked as edited."""
    ensure(may_change(by, comment), "Only its author may change a comment.")
    _hold(comment, CommentState.VISIBLE)
    _check_open(db.session.get_one(Idea, comment.idea_id))
    if (stance, body) == (comment.stance, comment.body):
        return
    if stance is not comment.stance:
        _count(comment.idea_id, comment.stance, -1)
        _count(comment.idea_id, stance, 1)
    now = town_now()
    if now - comment.posted_at > SILENT_EDIT:
        comment.edited_at = now
    comment.stance, comment.body = stance, body
    record("comment.edited", actor=by, subject=comment, about={"idea_id": comment.idea_id})


def remove_comment(comment: Comment, *, by: Person) -> None:
    """Take one's own comment back. Its place stays where somebody has replied to it."""
    ensure(may_change(by, comment), "Only its author may remove a comment.")
    _hold(comment, CommentState.VISIBLE)
    comment.state = CommentState.REMOVED
    _count(comment.idea_id, comment.stance, -1)
    record("comment.removed", actor=by, subject=comment, about={"idea_id": comment.idea_id})


def press_helpful(comment: Comment, *, by: Person, is_helpful: bool) -> bool | None:
    """Say that a comment helped or did not; the same press again takes it back.

    Returns what the person has pressed now. Like a vote, a press is no Event:
    its row is the record.
    """
    ensure(may_press(by, comment), "You cannot press this under your own comment.")
    _hold(comment, CommentState.VISIBLE)
    mine = HelpfulPress.comment_id == comment.id, HelpfulPress.person_id == by.id
    before = db.session.scalar(select(HelpfulPress.is_helpful).where(*mine))
    now = None if before is is_helpful else is_helpful
    db.session.execute(delete(HelpfulPress).where(*mine))
    if now is not None:
        db.session.add(HelpfulPress(comment_id=comment.id, person_id=by.id, is_helpful=now))
    _count_presses(
        comment, helpful=(now is True) - (before is True), other=(now is False) - (before is False)
    )
    return now


def hide_comment(comment: Comment, *, rule: str) -> None:
    """Put the rule in the place of the words. Who may, and why, is moderation's to decide and record."""
    _hold(comment, CommentState.VISIBLE)
    comment.state, comment.hidden_rule = CommentState.HIDDEN, rule
    _count(comment.idea_id, comment.stance, -1)


def restore_comment(comment: Comment) -> None:
    """Put hidden words back. Who may, and why, is moderation's to decide and record."""
    _hold(comment, CommentState.HIDDEN)
    comment.state, comment.hidden_rule = CommentState.VISIBLE, None
    _count(comment.idea_id, comment.stance, 1)


def _hold(comment: Comment, wanted: CommentState) -> None:
    """Read the comment as it is now and hold it: two who take it away at once are counted once."""
    db.session.refresh(comment, ["state", "stance", "body"], with_for_update=True)
    if comment.state is not wanted:
        raise TooLate(NOT_SO_ANY_MORE[wanted])


def _check_pace(by: Person) -> None:
    """Nobody says more than others can read."""
    take_turn(f"comments of {by.id}")
    now = town_now()
    soon = case((Comment.posted_at > now - SOON, 1), else_=0)
    lately = (Comment.author_id == by.id) & (Comment.posted_at > now - DAY)
    few, many = db.session.execute(select(func.sum(soon), func.count()).where(lately)).one()
    if many >= IN_A_DAY:
        words = f"You posted {IN_A_DAY} comments within a day. The next one can follow tomorrow."
        raise TooMany(words, field="body", retry_after=3600)
    if (few or 0) >= IN_TEN_MINUTES:
        words = f"You posted {IN_TEN_MINUTES} comments within ten minutes. Wait a little, then press again."
        raise TooMany(words, field="body", retry_after=SOON.seconds)


def _check_open(idea: Idea) -> None:
    if not takes_comments(idea):
        raise TooLate(f"“{idea.title}” takes no comments now.")


def _check_parent(parent: Comment | None, idea: Idea) -> None:
    if parent is None:
        return
    if parent.idea_id != idea.id:
        raise Missing("The comment you reply to is not under this idea.")
    if parent.state is not CommentState.VISIBLE:
        raise TooLate("The comment you reply to is not there to be read any more.")


def _has_commented(by: Person, idea: Idea) -> bool:
    said = select(Comment.id).where(Comment.idea_id == idea.id, Comment.author_id == by.id).limit(1)
    return db.session.scalar(said) is not None


def _count(idea_id: int, stance: Stance, step: int) -> None:
    """Keep the figures beside the idea in the act's own transaction."""
    db.session.flush()
    counted = [name for name in ("comments", COUNTED_STANCES.get(stance)) if name]
    more = {name: getattr(TalkCount, name) + step for name in counted}
    if step < 0:
        db.session.execute(update(TalkCount).where(TalkCount.idea_id == idea_id).values(more))
        return
    fresh = insert_into(TalkCount).values(idea_id=idea_id, **dict.fromkeys(counted, step))
    db.session.execute(fresh.on_conflict_do_update(index_elements=["idea_id"], set_=more))


def _count_presses(comment: Comment, *, helpful: int, other: int) -> None:
    db.session.execute(
        update(Comment)
        .where(Comment.id == comment.id)
        .values(helpful=Comment.helpful + helpful, not_helpful=Comment.not_helpful + other)
        .execution_options(synchronize_session="fetch")
    )
    db.session.flush()
