"""The case file's official half: answers with their sign-off, cost and feasibility."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.accounts.models import Department, Person
from ideas.board.models import Wording
from ideas.core.db import Base, BigId

HOLDING_ANSWERS = 2


class AnswerKind(StrEnum):
    """What an answer does to the clock: holding may move the date, deciding stops it, a reply neither."""

    HOLDING = "holding"
    DECIDING = "deciding"
    REPLY = "reply"


class Reason(StrEnum):
    """Why the city says no; the text says it in full."""

    NOT_FEASIBLE = "not_feasible"
    ALREADY_PLANNED = "already_planned"
    NOT_CITY_COMPETENCE = "not_city_competence"
    TOO_COSTLY = "too_costly"
    LAW = "law"


class DraftState(StrEnum):
    """Where a draft is on its way to the public."""

    WRITING = "writing"
    SIGN_OFF = "sign_off"
    RETURNED = "returned"
    PUBLISHED = "published"


class Feasibility(StrEnum):
    """What the department found."""

    FEASIBLE = "feasible"
    WITH_CONDITIONS = "with_conditions"
    NOT_FEASIBLE = "not_feasible"


class AnswerDraft(Base):
    """An answer on its way: written by an officer, signed off by somebody else of the department."""

    __tablename__ = "answer_draft"
    __table_args__ = (
        Index(
            "uq_answer_draft_open",
            "idea_id",
            "department_id",
            unique=True,
            sqlite_where=text("state <> 'published'"),
            postgresql_where=text("state <> 'published'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    kind: Mapped[AnswerKind]
    body: Mapped[str] = mapped_column(Text)
    new_due_at: Mapped[datetime | None]
    shows_name: Mapped[bool] = mapped_column(default=False)
    state: Mapped[DraftState] = mapped_column(default=DraftState.WRITING)
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    returned_why: Mapped[str] = mapped_column(Text, default="")
    updated_at: Mapped[datetime]

    writer: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[written_by], viewonly=True)


class Answer(Base):
    """An official, signed, dated text in the case file. Append-only: it is only ever followed by another."""

    __tablename__ = "answer"
    __table_args__ = (
        Index("ix_answer_idea", "idea_id", "id"),
        CheckConstraint("signed_by <> written_by", name="two_people"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    kind: Mapped[AnswerKind]
    wording_id: Mapped[int] = mapped_column(ForeignKey("wording.id"))
    due_at: Mapped[datetime | None]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signature: Mapped[str]
    published_at: Mapped[datetime]

    wording: Mapped[Wording] = relationship(lazy="raise_on_sql")
    department: Mapped[Department] = relationship(lazy="raise_on_sql")


class Assessment(Base):
    """What it would cost and whether it can be done, by an officer. Append-only; the newest holds."""

    __tablename__ = "assessment"
    __table_args__ = (
        Index("ix_assessment_idea", "idea_id", "id"),
        CheckConstraint("cost_cents >= 0", name="cost_not_negative"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    cost_cents: Mapped[int | None] = mapped_column(BigInteger)
    feasibility: Mapped[Feasibility]
    wording_id: Mapped[int] = mapped_column(ForeignKey("wording.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    wording: Mapped[Wording] = relationship(lazy="raise_on_sql")
    department: Mapped[Department] = relationship(lazy="raise_on_sql")
    by: Mapped[Person | None] = relationship(lazy="raise_on_sql")
