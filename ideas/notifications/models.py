"""Who is told of what, and how they wish to be told."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.board.models import Idea
from ideas.core.db import Base, BigId
from ideas.programs.models import Program


class MailPace(StrEnum):
    """How often somebody wants mail."""

    AT_ONCE = "at_once"
    NONE = "none"


class Follow(Base):
    """Somebody follows an idea or a program; muted means they asked to hear nothing more of it."""

    __tablename__ = "follow"
    __table_args__ = (
        UniqueConstraint("person_id", "idea_id"),
        UniqueConstraint("person_id", "program_id"),
        CheckConstraint("(idea_id IS NULL) <> (program_id IS NULL)", name="one_subject"),
        Index("ix_follow_idea", "idea_id"),
        Index("ix_follow_program", "program_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"))
    program_id: Mapped[int | None] = mapped_column(ForeignKey("program.id"))
    is_muted: Mapped[bool] = mapped_column(default=False)
    since: Mapped[datetime]


class Notice(Base):
    """One person is told of one event, once: (event, person, kind) is unique."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id", "kind"),
        Index("ix_notice_person", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"))
    program_id: Mapped[int | None] = mapped_column(ForeignKey("program.id"))
    about: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    idea: Mapped[Idea | None] = relationship(lazy="raise_on_sql")
    program: Mapped[Program | None] = relationship(lazy="raise_on_sql")


class MailChoice(Base):
    """How somebody wants to be told; no row means mail at once."""

    __tablename__ = "mail_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    pace: Mapped[MailPace] = mapped_column(default=MailPace.AT_ONCE)
