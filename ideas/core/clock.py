"""The only place that asks the time. The town's clock is the database's, once per transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session, SessionTransaction

from ideas.core.db import db

_bound: ContextVar[datetime | None] = ContextVar("town_clock", default=None)


def town_now() -> datetime:
    """This transaction's moment, in UTC: the bound one in tests and the demo, else the database's."""
    bound = _bound.get()
    if bound is not None:
        return bound
    session = db.session()
    if "now" not in session.info:
        session.info["now"] = _database_now()
    moment: datetime = session.info["now"]
    return moment


def _database_now() -> datetime:
    if db.engine.dialect.name == "sqlite":
        text = db.session.scalar(select(func.strftime("%Y-%m-%d %H:%M:%f", "now")))
        return datetime.fromisoformat(str(text)).replace(tzinfo=UTC)
    moment: datetime = db.session.scalars(select(func.now())).one()
    return moment.astimezone(UTC)


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    """A new transaction asks again."""
    if transaction.parent is None:
        session.info.pop("now", None)


@contextmanager
def clock_bound_to(moment: datetime) -> Iterator[None]:
    """Put a value in the clock's place, for tests and for the demo's past."""
    token = _bound.set(moment)
    try:
        yield
    finally:
        _bound.reset(token)


def town_date(moment: datetime, zone: ZoneInfo) -> str:
    """The day of a moment as the city's calendar has it, ISO."""
    return moment.astimezone(zone).date().isoformat()
