"""Errors are sentences, said in three voices: a page, a fragment, or problem+json."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, render_template, request
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException

from ideas.core.transactions import SAFE_METHODS, remember

log = logging.getLogger(__name__)
KNOWN = frozenset({400, 403, 404, 405, 409, 410, 413, 422, 429})
WORTH_SENDING_AGAIN = frozenset({409, 422, 429})
LONGEST_CHOICE = 40


class Refused(Exception):
    """An act that the house refuses, with a sentence for the person who tried it.

    `remember` is run in a short transaction of its own after everything else
    was rolled back: a wrong try of a code must count although nothing else does.
    """

    status = 400

    def __init__(
        self,
        message: str,
        *,
        field: str | None = None,
        remember: Callable[[], Any] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.remember = remember
        self.more = more


class NotAllowed(Refused):
    """The law says no to this person."""

    status = 403


class Missing(Refused):
    """Not there, or not to be seen by this person; the difference is never told."""

    status = 404

    def __init__(self, message: str = "There is nothing at this address.", **more: Any) -> None:
        super().__init__(message, **more)


class TooLate(Refused):
    """True a moment ago, not now."""

    status = 409


class Gone(Refused):
    """It was here and was taken away, for a reason that is said."""

    status = 410


class Invalid(Refused):
    """What was typed cannot be taken as it is; `field` names where."""

    status = 422


class TooMany(Refused):
    """Too often in too short a time; `retry_after` is in seconds."""

    status = 429


def ensure(allowed: bool, message: str = "You may not do this.") -> None:
    """The first line of a command: go on, or raise NotAllowed with the sentence."""
    if not allowed:
        raise NotAllowed(message)


def init_app(app: Flask) -> None:
    """One handler for everything that goes wrong."""
    app.register_error_handler(Refused, answer)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(OperationalError, _answer_database)
    app.register_error_handler(Exception, _answer_fault)


def answer(refused: Refused) -> Response:
    """Say the sentence, after what it must remember was written; what was typed is on the page again."""
    remember(refused)
    response = _in_its_voice(refused.status, refused.message, **{**_typed(refused.status), **refused.more})
    if "retry_after" in refused.more:
        response.headers["Retry-After"] = str(refused.more["retry_after"])
    return response


def _answer_http(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    response = _in_its_voice(error.code or 500, "")
    response.headers.extend(
        (name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"}
    )
    return response


def _answer_database(error: DBAPIError) -> Response:
    """The database is busy, full or away: say so and keep the door open for reading."""
    log.error("database fault", exc_info=error)
    return _in_its_voice(503, "", retry_after=5)


def _answer_fault(error: Exception) -> Response:
    log.error("unexpected fault", exc_info=error)
    return _in_its_voice(500, "")


def _in_its_voice(status: int, message: str, **more: Any) -> Response:
    """Answer as JSON to programs, as a fragment to htmx, as a page to everybody else."""
    request_id = g.get("request_id", "")
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        response = jsonify({"status": status, "detail": message, "request_id": request_id})
        response.content_type = "application/problem+json"
    elif "HX-Request" in request.headers:
        response = Response(_rendered("errors/_refused.html", status=status, message=message))
        response.headers["HX-Retarget"] = "#messages"
        response.headers["HX-Reswap"] = "innerHTML"
    elif status >= 500:
        response = Response(_rendered("errors/fault.html", status=status, request_id=request_id))
    else:
        known = status if status in KNOWN else 400
        words = {"status": known, "message": message, "request_id": request_id}
        response = Response(render_template("errors/refused.html", **words, **more))
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _typed(status: int) -> dict[str, Any]:
    """Words that somebody wrote are never lost with the page they were written on."""
    if request.method in SAFE_METHODS:
        return {}
    typed = typed_again()
    if not any(part["label"] for part in typed):
        return {}
    return {"typed": typed, "to": request.full_path.rstrip("?") if status in WORTH_SENDING_AGAIN else ""}


def typed_again() -> list[dict[str, str]]:
    """What was sent: words to be read again, the rest with an empty label, secrets not at all."""
    try:
        sent = list(request.form.items(multi=True))
    except HTTPException:
        return []
    return [
        {"name": name, "value": value, "label": _label_of(name, value)}
        for name, value in sent
        if name != "csrf_token" and "password" not in name
    ]


def _label_of(name: str, value: str) -> str:
    """Short single words are choices of the page and stay hidden, with an empty label."""
    value = value.strip()
    is_words = " " in value or "@" in value or len(value) > LONGEST_CHOICE or not value.isascii()
    return name.rpartition("-")[2].replace("_", " ").capitalize() if is_words else ""


def _rendered(name: str, **words: Any) -> str:
    """Without the page's usual company, which asks the database: that may be what is away."""
    return current_app.jinja_env.get_template(name).render(**words)
