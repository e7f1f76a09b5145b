"""Coming in, and what is mine."""

from __future__ import annotations

from flask import Flask, Request

from ideas.accounts.models import Guest, Person
from ideas.accounts.queries import person_of_session, viewer
from ideas.accounts.views import me, sign_in
from ideas.core.sessions import presented_id


def init_app(app: Flask) -> None:
    """Tell Flask-Login who is there: the person of the session, or the Guest."""
    app.login_manager.anonymous_user = Guest  # type: ignore[attr-defined]
    app.login_manager.request_loader(_person_of)  # type: ignore[attr-defined]
    app.context_processor(lambda: {"viewer": viewer()})
    app.register_blueprint(sign_in.bp)
    app.register_blueprint(me.bp)


def _person_of(_request: Request) -> Person | None:
    held = presented_id()
    return person_of_session(held) if held is not None else None
