"""What happened: the town's memory, and the outbox of what must follow.

`record()` writes an Event in the transaction of the act. The relay gives each
new event to the listeners of its kind, one Delivery row per listener, and
tries again with growing delay until each has done its part.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import JSON, ForeignKey, Index, Text, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from ideas.core.audit import audit
from ideas.core.clock import town_now
from ideas.core.db import Base, BigId, db
from ideas.core.transactions import reading, transaction, wake_jobs_after_commit

log = logging.getLogger(__name__)

FIRST_DELAY = timedelta(seconds=15)
LONGEST_DELAY = timedelta(hours=6)
LEASE = timedelta(minutes=2)
BATCH = 200

Listener = Callable[["Event"], None]
_listeners: defaultdict[str, dict[str, Listener]] = defaultdict(dict)
_quiet: ContextVar[bool] = ContextVar("events_quiet", default=False)


class Actor(Protocol):
    """Whoever acts: a person, as far as an event needs to know one."""

    id: Any
    role: Any

    @property
    def is_staff(self) -> bool:
        """Whether the act belongs into the audit log."""
        ...


class Event(Base):
    """Something that happened: a kind in the past tense, who, to what. Ids only, no words."""

    __tablename__ = "event"
    __table_args__ = (
        Index(
            "ix_event_waiting",
            "id",
            sqlite_where=text("relayed_at IS NULL"),
            postgresql_where=text("relayed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str]
    actor_id: Mapped[int | None]
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    about: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime]
    relayed_at: Mapped[datetime | None]


class Delivery(Base):
    """One listener's duty towards one event."""

    __tablename__ = "event_delivery"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    listener: Mapped[str] = mapped_column(primary_key=True)
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(index=True)
    done_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(Text)


def on(*kinds: str) -> Callable[[Listener], Listener]:
    """Register a listener. It runs in a transaction of its own and may run twice: what it makes is unique."""

    def register(listener: Listener) -> Listener:
        for kind in kinds:
            _listeners[kind][f"{listener.__module__}.{listener.__name__}"] = listener
        return listener

    return register


def record(kind: str, *, actor: Actor | None, subject: Any, about: dict[str, Any] | None = None) -> Event:
    """Say that something happened. Acts of staff enter the audit log in the same transaction."""
    db.session.flush()
    now = town_now()
    entry = Event(
        kind=kind,
        actor_id=actor.id if actor else None,
        subject_kind=subject.__tablename__,
        subject_id=subject.id,
        about=about or {},
        at=now,
        relayed_at=now if _quiet.get() else None,
    )
    db.session.add(entry)
    if actor is not None and actor.is_staff:
        audit(kind, actor=actor.id, role=str(actor.role), about=f"{subject.__tablename__}:{subject.id}")
    db.session.flush()
    if not _quiet.get():
        wake_jobs_after_commit()
    return entry


@contextmanager
def events_marked_as_handled() -> Iterator[None]:
    """For a past that is being built (the demo, imports): it is remembered, and nobody is told of it now."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def relay() -> int:
    """Hand out every waiting event; returns how many deliveries were tried. Safe to run twice at once."""
    while _claim_new():
        pass
    tried = 0
    while (duty := _next_due()) is not None:
        _deliver(*duty)
        tried += 1
    return tried


def _claim_new() -> int:
    with transaction():
        fresh = db.session.scalars(
            select(Event)
            .where(Event.relayed_at.is_(None))
            .order_by(Event.id)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        ).all()
        now = town_now()
        for entry in fresh:
            entry.relayed_at = now
            for name in _listeners[entry.kind]:
                db.session.add(Delivery(event_id=entry.id, listener=name, next_at=now))
        return len(fresh)


def _next_due() -> tuple[int, str] | None:
    """Take one due delivery by moving its next try into the future: a lease, so that a crash repeats it."""
    with transaction():
        now = town_now()
        row = db.session.scalar(
            select(Delivery)
            .where(Delivery.done_at.is_(None), Delivery.next_at <= now)
            .order_by(Delivery.next_at, Delivery.event_id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is None:
            return None
        row.tries += 1
        row.next_at = now + max(LEASE, min(FIRST_DELAY * 2**row.tries, LONGEST_DELAY))
        return row.event_id, row.listener


def _deliver(event_id: int, name: str) -> None:
    """Run one listener; what goes wrong is kept beside the duty and never stops the others."""
    try:
        with transaction():
            entry = db.session.get_one(Event, event_id)
            listener = _listeners[entry.kind].get(name)
            if listener is not None:
                listener(entry)
            _mark(event_id, name, done_at=town_now(), last_error=None)
    except Exception as fault:
        log.exception("a listener failed", extra={"listener": name, "event": event_id})
        with transaction():
            _mark(event_id, name, last_error=f"{type(fault).__name__}: {fault}"[:500])


def _mark(event_id: int, name: str, **values: Any) -> None:
    db.session.execute(
        update(Delivery).where(Delivery.event_id == event_id, Delivery.listener == name).values(**values)
    )


def outbox_age() -> timedelta:
    """How long the oldest undone duty has waited; zero when nothing waits."""
    with reading():
        oldest = db.session.scalar(
            select(Event.at).where(Event.relayed_at.is_(None)).order_by(Event.id).limit(1)
        )
        undone = db.session.scalar(
            select(Event.at)
            .join(Delivery, Delivery.event_id == Event.id)
            .where(Delivery.done_at.is_(None))
            .order_by(Event.id)
            .limit(1)
        )
        moments = [moment for moment in (oldest, undone) if moment is not None]
        return town_now() - min(moments) if moments else timedelta()
