"""The council room: meetings, what members said on each idea, and what the meeting decided."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.accounts.models import Person
from ideas.board.models import Idea, Wording
from ideas.core.db import Base
from ideas.shortlists.models import Shortlist


class Stand(StrEnum):
    """What a member says on one idea."""

    SUPPORT = "support"
    WITH_CONDITIONS = "with_conditions"
    OPPOSE = "oppose"
    ABSTAIN = "abstain"
    INTEREST = "interest"


class Ending(StrEnum):
    """What the meeting decided on one idea."""

    ADOPTED = "adopted"
    DEFERRED = "deferred"
    DECLINED = "declined"


class Meeting(Base):
    """A meeting of the council about one shortlist. Positions are taken while it is open."""

    __tablename__ = "meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    shortlist_id: Mapped[int] = mapped_column(ForeignKey("shortlist.id"), index=True)
    title: Mapped[str]
    held_on: Mapped[date]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    shortlist: Mapped[Shortlist] = relationship(lazy="raise_on_sql")

    @property
    def is_open(self) -> bool:
        """Whether members may take positions now."""
        return self.opened_at is not None and self.closed_at is None

    @property
    def state(self) -> str:
        """Where the meeting is: "called", "open" or "closed"."""
        if self.closed_at is not None:
            return "closed"
        return "called" if self.opened_at is None else "open"


class Position(Base):
    """One member's position on one idea in one meeting."""

    __tablename__ = "position"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    stand: Mapped[Stand]
    conditions: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class Result(Base):
    """The typed result of a meeting on one idea: the record. Append-only."""

    __tablename__ = "result"
    __table_args__ = (UniqueConstraint("meeting_id", "idea_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), index=True)
    ending: Mapped[Ending]
    deferred_to: Mapped[date | None]
    wording_id: Mapped[int] = mapped_column(ForeignKey("wording.id"))
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    wording: Mapped[Wording] = relationship(lazy="raise_on_sql")
    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")


class PrivateNote(Base):
    """A member's own note on an idea; nobody else can read it."""

    __tablename__ = "private_note"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
