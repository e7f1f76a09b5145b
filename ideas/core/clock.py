"""The only place that asks the time. The town's clock is the database's, once per transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, event, func, select
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
    known: datetime = session.info["now"]
    return known


def moment() -> ColumnElement[Any]:
    """The database's clock as a column, so that it can ride along with another statement."""
    if db.engine.dialect.name == "sqlite":
        return func.strftime("%Y-%m-%d %H:%M:%f", "now")
    return func.now()


def it_is_now(told: Any) -> None:
    """Take what `moment()` brought as this transaction's moment; nobody asks again."""
    db.session().info["now"] = _read(told)


def _database_now() -> datetime:
    return _read(db.session.scalars(select(moment())).one())


def _read(told: Any) -> datetime:
    if isinstance(told, str):
        return datetime.fromisoformat(told).replace(tzinfo=UTC)
    known: datetime = told
    return known.astimezone(UTC)


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
