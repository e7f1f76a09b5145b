"""The edge commits once: one request, one transaction, one answer that is true.

A GET reads and cannot write. A writing request reads who is there in a short
transaction of its own, has its body in memory before it takes the write lock,
and is committed only if its answer is below 400. Jobs and the command line
commit once per piece of work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, current_app, g, has_request_context, request
from sqlalchemy.exc import IntegrityError, OperationalError

if TYPE_CHECKING:
    from ideas.core.errors import Refused

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
TRIES = 3
WORTH_ANOTHER_TRY = frozenset({"40001", "40P01", "23505"})  # the last: who was second now sees the first

_writing: ContextVar[bool] = ContextVar("writing", default=False)


def is_writing() -> bool:
    """Whether the transaction that begins next may change anything."""
    return _writing.get()


@contextmanager
def _piece_of_work(*, writing: bool) -> Iterator[None]:
    from ideas.core.db import db

    token = _writing.set(writing)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _writing.reset(token)


@contextmanager
def reading() -> Iterator[None]:
    """A short read of its own, over before anything slow is computed or any lock is taken.

    What was loaded stays usable; the next statement begins a new transaction.
    """
    with _piece_of_work(writing=False):
        yield


@contextmanager
def transaction() -> Iterator[None]:
    """One piece of work of a job or a command: all of it is kept, or nothing."""
    from ideas.core.errors import Refused

    try:
        with _piece_of_work(writing=True):
            yield
    except Refused as refused:
        remember(refused)
        raise


def remember(refused: Refused) -> None:
    """Write what a refusal must not forget, such as one more wrong try, after all else was undone."""
    if refused.remember is None:
        return
    from ideas.core.db import db

    note, refused.remember = refused.remember, None
    db.session.rollback()  # what was only read is over; a transaction that reads cannot begin to write
    with _piece_of_work(writing=True):
        note()


def wake_jobs_after_commit() -> None:
    """Let what this request leaves in an outbox go out as soon as it is committed, not at the next minute."""
    if has_request_context():
        after_commit(current_app.extensions["wake_jobs"])


def after_commit(act: Callable[[], object]) -> None:
    """Do this once as soon as what the request changed is kept, and not at all if it is undone."""
    waiting = g.setdefault("after_commit", [])
    if act not in waiting:
        waiting.append(act)


class EdgeFlask(Flask):
    """Flask, with the transaction of a request around its view."""

    def dispatch_request(self) -> Any:
        """Answer inside one transaction; a failing commit is an error, never a false success."""
        if request.method in SAFE_METHODS:
            return self._looked()
        return _committed(super().dispatch_request, self.make_response)

    def _looked(self) -> Any:
        """A read ends as a success: after a rollback the driver forgets what the connection has prepared."""
        from ideas.core.db import db

        answer = super().dispatch_request()
        db.session.commit()
        return answer


def _committed(view: Callable[[], Any], make_response: Callable[[Any], Response]) -> Response:
    """Run the view under the write lock, whole and again if the database asks for it."""
    for last in (False, False, True):
        try:
            return _once(view, make_response)
        except (OperationalError, IntegrityError) as fault:
            if last or getattr(fault.orig, "sqlstate", None) not in WORTH_ANOTHER_TRY:
                raise
    raise AssertionError("unreachable")


def _once(view: Callable[[], Any], make_response: Callable[[Any], Response]) -> Response:
    from ideas.core.db import db
    from ideas.core.errors import Refused

    g.pop("_login_user", None)  # whoever is there is asked again, under the lock
    token = _writing.set(True)
    try:
        response = make_response(view())
        if response.status_code < 400:
            db.session.commit()
            for follow_up in g.pop("after_commit", ()):
                follow_up()
        else:
            _undo()
            if (refused := g.pop("refused", None)) is not None:
                remember(refused)
        return response
    except Refused as refused:
        _undo()
        remember(refused)
        raise
    except BaseException:
        _undo()
        raise
    finally:
        _writing.reset(token)
        g.pop("after_commit", None)


def _undo() -> None:
    """Nothing happened; who is there is read again by the page that says so."""
    from ideas.core.db import db

    db.session.rollback()
    g.pop("_login_user", None)
