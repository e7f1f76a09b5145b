"""Shortlists: the checked ideas of a call, in a published order within a budget."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.board.models import Idea
from ideas.calls.models import Call
from ideas.core.db import Base


class ShortlistState(StrEnum):
    """Whether ideas may still be put on it; sent means it lies before the council as it is."""

    OPEN = "open"
    SENT = "sent"


class Shortlist(Base):
    """The shortlist of a call."""

    __tablename__ = "shortlist"
    __table_args__ = (CheckConstraint("budget_cents >= 0", name="budget_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), unique=True)
    rule: Mapped[str] = mapped_column(default="most_votes_first")
    budget_cents: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[ShortlistState] = mapped_column(default=ShortlistState.OPEN)
    opened_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    call: Mapped[Call] = relationship(lazy="raise_on_sql")


class Entry(Base):
    """One idea on a shortlist. Votes, place and outcome are filled when the list is sent and stay."""

    __tablename__ = "shortlist_entry"

    shortlist_id: Mapped[int] = mapped_column(ForeignKey("shortlist.id"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True, index=True)
    added_at: Mapped[datetime]
    place: Mapped[int | None]
    votes: Mapped[int | None]
    cost_cents: Mapped[int | None] = mapped_column(BigInteger)
    is_funded: Mapped[bool | None]
    why: Mapped[str] = mapped_column(Text, default="")

    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")
    shortlist: Mapped[Shortlist] = relationship(lazy="raise_on_sql")
