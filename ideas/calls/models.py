"""Calls: themed, dated invitations for ideas, and the phases each goes through."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.accounts.models import Level
from ideas.core.db import Base


class Call(Base):
    """An invitation. The call with `is_always_open` is the default one; there is one of it."""

    __tablename__ = "call"
    __table_args__ = (
        Index(
            "uq_call_always_open",
            "is_always_open",
            unique=True,
            sqlite_where=text("is_always_open"),
            postgresql_where=text("is_always_open"),
        ),
        CheckConstraint("budget_cents >= 0", name="budget_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(Text, default="")
    budget_cents: Mapped[int | None] = mapped_column(BigInteger)
    counts: Mapped[Level] = mapped_column(default=Level.VERIFIED)
    is_always_open: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    phases: Mapped[list[Phase]] = relationship(lazy="raise_on_sql", order_by="Phase.position")

    @property
    def path(self) -> str:
        """The call's public address."""
        return f"/calls/{self.slug}"

    def takes_ideas(self, now: datetime) -> bool:
        """Whether a phase that is on takes ideas; needs `phases`."""
        return any(phase.takes_ideas(now) for phase in self.phases)

    def takes_support(self, now: datetime) -> bool:
        """Whether a phase that is on takes support; needs `phases`."""
        return any(phase.accepts_support and phase.is_on(now) for phase in self.phases)


class Phase(Base):
    """A stretch of a call. Empty ends mean without end; whether it is open is asked of the clock."""

    __tablename__ = "phase"
    __table_args__ = (
        UniqueConstraint("call_id", "position"),
        CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    position: Mapped[int]
    name: Mapped[str]
    accepts_ideas: Mapped[bool] = mapped_column(default=False)
    accepts_support: Mapped[bool] = mapped_column(default=False)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]

    def is_on(self, now: datetime) -> bool:
        """Whether this moment lies in the phase."""
        begun = self.opens_at is None or self.opens_at <= now
        return begun and (self.closes_at is None or now < self.closes_at)

    def takes_ideas(self, now: datetime) -> bool:
        """Whether ideas can be posted in it at this moment."""
        return self.accepts_ideas and self.is_on(now)
