"""The address with which a mail can be stopped: a signed word that says whose, and about what."""

from __future__ import annotations

from typing import NamedTuple

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from ideas.config import Settings
from ideas.core.errors import Missing

LONGEST = 300


class Stop(NamedTuple):
    """Whose mails, and the idea or program that this one was about."""

    person_id: int
    idea_id: int | None = None
    program_id: int | None = None


def unsubscribe_url(stop: Stop) -> str:
    """The whole address for a mail."""
    settings: Settings = current_app.config["SETTINGS"]
    return f"{settings.site_url}/unsubscribe/{_signer().dumps(list(stop))}"


def read_stop(token: str) -> Stop:
    """What a signed word says; Missing for every other word."""
    try:
        return Stop(*_signer().loads(token[:LONGEST]))
    except (BadSignature, TypeError):
        raise Missing("This link is not whole. Copy it once more from the mail.") from None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="unsubscribe")
