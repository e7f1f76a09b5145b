"""How often: the limits of requests, per person where one is signed in, else per address."""

from __future__ import annotations

import time

from flask import request
from flask_limiter import Limiter, RateLimitExceeded
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from ideas.core.errors import TooMany, answer
from ideas.core.languages import ngettext


def by_address() -> str:
    """The key of limits that hold for everybody behind one address together."""
    return f"address:{request.remote_addr}"


def _who_asks() -> str:
    """The key of most limits: the person where one is signed in, else the address."""
    if current_user.is_authenticated:
        return f"person:{current_user.id}"
    return by_address()


limiter = Limiter(key_func=_who_asks, headers_enabled=False)


def answer_too_often(_breach: RateLimitExceeded) -> AnyResponse:
    """Say when it works again."""
    limit = limiter.current_limit
    seconds = max(1, round(limit.reset_at - time.time())) if limit else 60
    minutes = -(-seconds // 60)
    words = ngettext(
        "That was too often. Try again in a minute.",
        "That was too often. Try again in %(num)d minutes.",
        minutes,
    )
    return answer(TooMany(words, retry_after=seconds))
