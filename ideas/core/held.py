"""What changes once a year and is on every page: read again every few seconds, never per request.

A change in this process is seen by its next page; other processes see it
within fifteen seconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from itertools import chain
from typing import Any, TypeVar

from flask import Flask, current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from ideas.core.db import db

T = TypeVar("T")
REREAD_AFTER_S = 15.0
_held_of: dict[type, set[str]] = {}


def held(name: str, read: Callable[[], T], *, of: Iterable[type] = ()) -> T:
    """What `read` finds, at most fifteen seconds old; a change of a row `of` these models ends it at once."""
    for model in of:
        _held_of.setdefault(model, set()).add(name)
    kept: dict[str, tuple[float, T]] = current_app.extensions.setdefault("held", {})
    found = kept.get(name)
    if found is None or time.monotonic() - found[0] >= REREAD_AFTER_S:
        found = kept[name] = (time.monotonic(), read())
    return found[1]


def detached(row: T, *parts: object) -> T:
    """A row that outlives its session, with the parts that were loaded with it."""
    for one in (row, *parts):
        db.session.expunge(one)
    return row


def known(name: str, ids: Collection[int], read: Callable[[], dict[int, T]], *, of: type) -> dict[int, T]:
    """Rows by id as `held` keeps them, read again when one of these ids is not among them."""
    rows = held(name, read, of=(of,))
    if all(id_ in rows for id_ in ids):
        return rows
    current_app.extensions["held"].pop(name)
    return held(name, read, of=(of,))


def forget(app: Flask) -> None:
    """Read everything again at the next page."""
    app.extensions.pop("held", None)


@event.listens_for(Session, "after_flush")
def _note_change(session: Session, _context: Any) -> None:
    for row in chain(session.new, session.dirty, session.deleted):
        if type(row) in _held_of:
            session.info.setdefault("held_changed", set()).update(_held_of[type(row)])


@event.listens_for(Session, "after_commit")
def _forget_change(session: Session) -> None:
    for name in session.info.pop("held_changed", ()):
        current_app.extensions.get("held", {}).pop(name, None)
