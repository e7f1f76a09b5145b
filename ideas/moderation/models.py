"""Moderation: cases, reports and decisions. A decision has a rule and words for the author."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.accounts.models import Person
from ideas.board.models import Idea, Wording
from ideas.comments.models import Comment
from ideas.core.db import Base


class CaseKind(StrEnum):
    """Why something came to the desk."""

    FIRST_IDEA = "first_idea"
    REPORTED = "reported"
    EDIT_AFTER_VOTES = "edit_after_votes"


class Verdict(StrEnum):
    """What the desk decided."""

    PUBLISHED = "published"
    KEPT = "kept"
    HIDDEN = "hidden"
    RESTORED = "restored"


class Case(Base):
    """One matter on the desk, about an idea or a comment. There is one open case of a kind per thing."""

    __tablename__ = "moderation_case"
    __table_args__ = (
        CheckConstraint("(idea_id IS NULL) <> (comment_id IS NULL)", name="one_subject"),
        Index(
            "uq_case_open_idea",
            "kind",
            "idea_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "uq_case_open_comment",
            "kind",
            "comment_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_case_queue", "closed_at", "opened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[CaseKind]
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(Text, default="")

    idea: Mapped[Idea | None] = relationship(lazy="raise_on_sql")
    comment: Mapped[Comment | None] = relationship(lazy="raise_on_sql")


class Report(Base):
    """Somebody says that a rule is broken. One per person per case."""

    __tablename__ = "report"
    __table_args__ = (Index("uq_report_person", "case_id", "by_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    rule: Mapped[str]
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]

    by: Mapped[Person] = relationship(lazy="raise_on_sql")


class Decision(Base):
    """What the desk decided on a case. Append-only; the public log reads rule, kind and date from it."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_at", "at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id"))
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    verdict: Mapped[Verdict]
    rule: Mapped[str] = mapped_column(default="")
    wording_id: Mapped[int | None] = mapped_column(ForeignKey("wording.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    wording: Mapped[Wording | None] = relationship(lazy="raise_on_sql")
