"""Where a request comes from: our own pages carry a token, bound to the session or to the guest's browser."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import Response, current_app, g, request

from ideas.core.digests import keyed_digest
from ideas.core.errors import NotAllowed, Refused, typed_again
from ideas.core.sessions import cookie_name
from ideas.core.transactions import SAFE_METHODS


class StaleToken(Refused):
    """The page was open for too long; what was typed is shown again with a new token."""


def check_where_it_comes_from() -> None:
    """Unsafe requests come from our own pages and carry the page's token."""
    if request.method in SAFE_METHODS or request.endpoint is None:
        return
    if getattr(current_app.view_functions[request.endpoint], "without_token", False):
        return
    origin = request.headers.get("Origin")
    if request.headers.get("Sec-Fetch-Site") == "cross-site" or (
        origin and origin != request.host_url.rstrip("/")
    ):
        raise NotAllowed("This came from another website, so nothing was done.", typed=[])
    given = request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", "")
    held = _held_cookie()
    if not held or not hmac.compare_digest(given.encode(), token_of(held).encode()):
        raise _stale()


def _stale() -> StaleToken:
    if "HX-Request" in request.headers:
        return StaleToken(
            "This page was open for too long. What you typed is still there: copy it, load the page again, "
            "then send it once more."
        )
    words = "This page was open for too long."
    typed = typed_again()
    if typed:
        words += " What you typed is below; press the button to send it again."
    return StaleToken(words, typed=typed, to=request.full_path.rstrip("?"))


def guest_cookie_name() -> str:
    """The signed double-submit cookie of people who are not signed in."""
    return "__Host-browser" if current_app.config["SETTINGS"].is_https else "browser"


def browser_id() -> str:
    """A random name for this browser, made at its first form; what a sign-in code is bound to."""
    if "guest_cookie" not in g:
        held = request.cookies.get(guest_cookie_name(), "")
        g.guest_cookie = held if len(held) == 43 else secrets.token_urlsafe(32)
    value: str = g.guest_cookie
    return value


def csrf_token() -> str:
    """The token for forms on this page; a page that asks for one is private."""
    g.is_private = True
    if "new_session_id" in g:
        return token_of(g.new_session_id.hex())
    return token_of(_held_cookie() or browser_id())


def token_of(held: str) -> str:
    """The token that belongs to what the browser holds."""
    return keyed_digest("csrf", held).hex()


def _held_cookie() -> str:
    session = request.cookies.get(cookie_name(), "")
    return (
        hashlib.sha256(session.encode()).hexdigest()
        if session
        else request.cookies.get(guest_cookie_name(), "")
    )


def send_guest_cookie(response: Response) -> Response:
    """Give the browser the name that was made for it."""
    value = g.get("guest_cookie")
    if value and value != request.cookies.get(guest_cookie_name()):
        secure = current_app.config["SETTINGS"].is_https
        response.set_cookie(guest_cookie_name(), value, secure=secure, httponly=True, samesite="Lax")
    return response
