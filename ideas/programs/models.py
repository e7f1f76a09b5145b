"""Programs: what the city does about ideas, with every date and every slip kept."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Numeric, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.accounts.models import Department
from ideas.board.models import Idea
from ideas.core.db import Base
from ideas.places.models import District


class ProgramStatus(StrEnum):
    """How far a program is; the order is the order of progress."""

    PLANNED = "planned"
    IN_DELIVERY = "in_delivery"
    DELIVERED = "delivered"
    STOPPED = "stopped"


class Program(Base):
    """A piece of work of the city."""

    __tablename__ = "program"
    __table_args__ = (Index("ix_program_status", "status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(Text)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"))
    place: Mapped[str] = mapped_column(default="")
    status: Mapped[ProgramStatus] = mapped_column(default=ProgramStatus.PLANNED)
    status_since: Mapped[datetime]
    created_at: Mapped[datetime]

    department: Mapped[Department] = relationship(lazy="raise_on_sql")
    district: Mapped[District | None] = relationship(lazy="raise_on_sql")

    @property
    def path(self) -> str:
        """The program's address."""
        return f"/programs/{self.id}-{self.slug}" if self.slug else f"/programs/{self.id}"


class Source(Base):
    """An idea that feeds a program, with what was taken of it and what was not."""

    __tablename__ = "source"

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True, index=True)
    taken: Mapped[str] = mapped_column(Text)
    not_taken: Mapped[str] = mapped_column(Text, default="")
    added_at: Mapped[datetime]

    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")
    program: Mapped[Program] = relationship(lazy="raise_on_sql")


class Milestone(Base):
    """A step with three dates: planned once, forecast now, done in the end."""

    __tablename__ = "milestone"
    __table_args__ = (Index("ix_milestone_program", "program_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    position: Mapped[int]
    title: Mapped[str]
    planned_on: Mapped[date]
    forecast_on: Mapped[date]
    done_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(Text, default="")


class Slip(Base):
    """A milestone's date that moved, and why. Append-only."""

    __tablename__ = "slip"
    __table_args__ = (Index("ix_slip_milestone", "milestone_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Update(Base):
    """A public post about a program."""

    __tablename__ = "program_update"
    __table_args__ = (Index("ix_program_update_program", "program_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ProgramMove(Base):
    """A change of a program's status with its public text. Append-only."""

    __tablename__ = "program_move"
    __table_args__ = (Index("ix_program_move_program", "program_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    to_status: Mapped[ProgramStatus]
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class BudgetYear(Base):
    """Money of one year, in cents of the city's currency."""

    __tablename__ = "budget_year"
    __table_args__ = (
        CheckConstraint("planned_cents >= 0", name="planned_not_negative"),
        CheckConstraint("spent_cents >= 0", name="spent_not_negative"),
    )

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    planned_cents: Mapped[int] = mapped_column(BigInteger)
    spent_cents: Mapped[int] = mapped_column(BigInteger, default=0)


class Outcome(Base):
    """What the program is measured by."""

    __tablename__ = "outcome"

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), index=True)
    indicator: Mapped[str]
    baseline: Mapped[float] = mapped_column(Numeric(14, 3, asdecimal=False))
    target: Mapped[float] = mapped_column(Numeric(14, 3, asdecimal=False))
    value: Mapped[float | None] = mapped_column(Numeric(14, 3, asdecimal=False))
