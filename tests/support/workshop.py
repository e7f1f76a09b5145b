"""A house with a few routes more, to try the laws of the ground floor on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, text

from ideas.accounts.models import Department
from ideas.accounts.rules import anyone
from ideas.core.db import db
from ideas.core.errors import Invalid, Refused
from ideas.core.security import requires, without_token
from ideas.core.tokens import guest_cookie_name, token_of
from ideas.core.transactions import transaction


def furnished(app: Flask) -> Flask:
    """Add the routes; each is a small act on one row."""
    for rule, view in ROUTES.items():
        method = "GET" if rule.startswith("/try/read") else "POST"
        app.add_url_rule(rule, view.__name__, requires(anyone)(without_token(view)), methods=[method])
    return app


def begin(app: Flask) -> None:
    """One row to act on."""
    with app.app_context(), transaction():
        db.session.add(Department(slug="x", name="0", email="x@alderbay.example"))


def value(app: Flask) -> str:
    """What is written there now."""
    with app.app_context():
        held = db.session.scalars(select(Department.name).where(Department.slug == "x")).one()
        db.session.rollback()
        return held


def _row() -> Department:
    return db.session.scalars(select(Department).where(Department.slug == "x").with_for_update()).one()


def count_up() -> str:
    """Read, then write: what loses updates where transactions do not hold."""
    row = _row()
    row.name = str(int(row.name) + 1)
    db.session.flush()
    return row.name


def read_and_write() -> str:
    """A GET that forgot the law."""
    db.session.execute(text("UPDATE department SET name = 'changed by a GET'"))
    return "done"


def write_then_refuse() -> str:
    """Half an act, then no."""
    _row().name = "half"
    db.session.flush()
    raise Refused("Not like this.", remember=_remember_one_try)


def _remember_one_try() -> None:
    row = _row()
    row.email = f"tried-{row.email}"


def write_then_answer_422() -> tuple[str, int]:
    """A view that shows its form again."""
    count_up()
    return "look again", 422


def write_then_break() -> str:
    """A fault in the middle."""
    count_up()
    raise ZeroDivisionError


def break_at_commit() -> str:
    """A constraint that only the commit would find is a fault, never a false success."""
    count_up()

    def fail(*_args: Any) -> None:
        raise RuntimeError("the disk is full")

    event.listen(db.session(), "before_commit", fail, once=True)
    return "done"


def refuse_a_field() -> str:
    """Invalid, at a field."""
    raise Invalid("Choose a topic.", field="topic")


ROUTES: dict[str, Callable[[], Any]] = {
    "/try/read-and-write": read_and_write,
    "/try/count-up": count_up,
    "/try/refuse": write_then_refuse,
    "/try/422": write_then_answer_422,
    "/try/break": write_then_break,
    "/try/break-at-commit": break_at_commit,
    "/try/field": refuse_a_field,
}


def at_once(app: Flask, path: str, times: int, *, threads: int = 8) -> list[int]:
    """Press the same thing from many browsers; the statuses, in no order."""
    statuses: list[int] = []
    lock = threading.Lock()

    def press(count: int) -> None:
        client = app.test_client()
        for _ in range(count):
            status = client.post(path).status_code
            with lock:
                statuses.append(status)

    workers = [threading.Thread(target=press, args=(times // threads,)) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return statuses


def with_token(client: FlaskClient, app: Flask) -> dict[str, str]:
    """The header that a page's own scripts would send."""
    held = "b" * 43
    client.set_cookie(guest_cookie_name_in(app), held)
    with app.app_context():
        return {"X-CSRF-Token": token_of(held)}


def guest_cookie_name_in(app: Flask) -> str:
    """The cookie's name in this house."""
    with app.app_context():
        return guest_cookie_name()
