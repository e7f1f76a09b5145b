"""Comments: what people say under an idea, with a stance and one level of replies."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.accounts.models import Person
from ideas.board.models import Channel
from ideas.core.db import Base, BigId


class Stance(StrEnum):
    """How somebody stands to the idea in this comment."""

    FOR = "for"
    AGAINST = "against"
    QUESTION = "question"
    NOTE = "note"


class CommentState(StrEnum):
    """Whether a comment is there to be read."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    REMOVED = "removed"


class Comment(Base):
    """One comment or, with a parent, one reply; a reply's parent never has a parent itself."""

    __tablename__ = "comment"
    __table_args__ = (
        UniqueConstraint("foreign_source", "foreign_id"),
        Index("ix_comment_thread", "idea_id", "parent_id", "id"),
        Index("ix_comment_author", "author_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    stance: Mapped[Stance]
    body: Mapped[str] = mapped_column(Text)
    channel: Mapped[Channel] = mapped_column(default=Channel.WEB)
    posted_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    state: Mapped[CommentState] = mapped_column(default=CommentState.VISIBLE)
    hidden_rule: Mapped[str | None]
    helpful: Mapped[int] = mapped_column(default=0)
    not_helpful: Mapped[int] = mapped_column(default=0)
    foreign_source: Mapped[str | None]
    foreign_id: Mapped[str | None]

    author: Mapped[Person | None] = relationship(lazy="raise_on_sql")


class HelpfulPress(Base):
    """One person's word on whether a comment helped them."""

    __tablename__ = "helpful_press"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    is_helpful: Mapped[bool]


class TalkCount(Base):
    """How many visible comments an idea has, by stance; replies count as comments."""

    __tablename__ = "talk_count"
    __table_args__ = (CheckConstraint("comments >= 0", name="comments_not_negative"),)

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True)
    comments: Mapped[int] = mapped_column(default=0)
    in_favour: Mapped[int] = mapped_column(default=0)
    against: Mapped[int] = mapped_column(default=0)
    questions: Mapped[int] = mapped_column(default=0)
