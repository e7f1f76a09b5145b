"""The door: who may come in by which route, where a request may come from, and what every answer says."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask_limiter import Limiter, RateLimitExceeded
from flask_login import current_user
from werkzeug.exceptions import BadRequest, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter, ValidationError
from werkzeug.wrappers import Response as AnyResponse

from ideas.config import Settings
from ideas.core.audit import audit
from ideas.core.db import db
from ideas.core.errors import NotAllowed, Refused, TooMany, answer, typed_again
from ideas.core.languages import gettext as _
from ideas.core.languages import ngettext, spoken_date
from ideas.core.sessions import cookie_name, is_fresh, is_proven, send_cookie
from ideas.core.transactions import SAFE_METHODS

View = TypeVar("View", bound=Callable[..., Any])

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)",
}
LARGEST_ROW = 2**31 - 1
BODY_LIMIT = 1024 * 1024
UPLOAD_LIMIT = 10 * 1024 * 1024
PARTS_LIMIT = 100


def _who_asks() -> str:
    """The key of most limits: the person where one is signed in, else the address."""
    if current_user.is_authenticated:
        return f"person:{current_user.id}"
    return f"address:{request.remote_addr}"


limiter = Limiter(key_func=_who_asks, headers_enabled=False)


def by_address() -> str:
    """The key of limits that hold for everybody behind one address together."""
    return f"address:{request.remote_addr}"


class StaleToken(Refused):
    """The page was open for too long; what was typed is shown again with a new token."""


def requires(rule: Callable[[Any], bool]) -> Callable[[View], View]:
    """Declare who may come in by this view; `rule` is a predicate over the viewer."""

    def declare(view: View) -> View:
        view.requires = rule  # type: ignore[attr-defined]
        return view

    return declare


def body_limit(most: int) -> Callable[[View], View]:
    """Let a view that takes files receive up to so many bytes; every other one stays at `BODY_LIMIT`."""

    def widen(view: View) -> View:
        view.body_limit = most  # type: ignore[attr-defined]
        return view

    return widen


def fresh(view: View) -> View:
    """For acts that weigh much: whoever comes proves again who they are, if the last time is long ago."""
    view.wants_fresh = True  # type: ignore[attr-defined]
    return view


def before_second_factor(view: View) -> View:
    """Open this view also to staff who have not given their second factor yet."""
    view.before_second_factor = True  # type: ignore[attr-defined]
    return view


def without_token(view: View) -> View:
    """Exempt a view from CSRF tokens because its address carries a signed one of its own."""
    view.without_token = True  # type: ignore[attr-defined]
    return view


class RowNumber(IntegerConverter):
    """The `<int:...>` of every route: a number that a row can have. A larger one leads nowhere."""

    regex = "[0-9]+"

    def __init__(self, rules: Map, *given: Any, **named: Any) -> None:
        super().__init__(rules, *given, **{"max": LARGEST_ROW, **named})


class Word(UnicodeConverter):
    """Every other hole of a route: a word without invisible signs, which no database would take."""

    def to_python(self, value: str) -> str:
        """The word, or nothing is at this address."""
        if not value.isprintable():
            raise ValidationError
        return value


def init_app(app: Flask, settings: Settings) -> None:
    """Hang the door."""
    app.url_map.converters |= {"int": RowNumber, "default": Word, "string": Word}
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    app.config["MAX_FORM_MEMORY_SIZE"] = BODY_LIMIT
    app.config["MAX_FORM_PARTS"] = PARTS_LIMIT
    if settings.trusted_hosts:
        app.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts)
    if settings.trusted_proxy_hops:
        hops = settings.trusted_proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.config.update(
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=bool(settings.redis_url),
        RATELIMIT_STRATEGY="moving-window",
    )
    app.before_request(_name_the_request)
    app.before_request(_widen_the_door)
    app.before_request(_check_where_it_comes_from)
    app.before_request(_check_who_comes_in)
    limiter.init_app(app)
    app.register_error_handler(RateLimitExceeded, _answer_too_often)
    app.after_request(_say_the_headers)
    app.after_request(_send_guest_cookie)
    app.after_request(send_cookie)
    app.jinja_env.globals["csrf_token"] = csrf_token


def refuse_undeclared_routes(app: Flask) -> None:
    """The app does not boot with a route nobody declared an audience for."""
    undeclared = [
        str(rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not hasattr(app.view_functions[rule.endpoint], "requires")
    ]
    if undeclared:
        raise RuntimeError(f"routes without @requires: {', '.join(undeclared)}")


def _name_the_request() -> None:
    g.request_id = uuid.uuid4().hex[:16]
    try:
        _ = request.host
    except SecurityError:
        raise BadRequest from None


def _widen_the_door() -> None:
    """Before anything reads the body: how much of it this route takes."""
    view = current_app.view_functions.get(request.endpoint or "")
    request.max_content_length = getattr(view, "body_limit", BODY_LIMIT)


def _check_where_it_comes_from() -> None:
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


def _check_who_comes_in() -> AnyResponse | None:
    """Read session and person in a short transaction, and ask the route's rule."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    view: Any = current_app.view_functions[request.endpoint]
    person: Any = current_user._get_current_object()
    allowed, signed_in = view.requires(person), person.is_authenticated
    detour = _detour(person, view) if signed_in else None
    if request.method not in SAFE_METHODS:
        db.session.commit()
    if detour is not None:
        return _lead_to(detour)
    if allowed:
        return None
    if signed_in:
        raise NotAllowed(_why_not(person), remember=_note_refusal(person))
    return _lead_to("accounts.sign_in")


def _detour(person: Any, view: Any) -> str | None:
    """Where somebody must pass first: the second factor of staff, or a sign-in that is not long ago."""
    asked = current_app.config["SETTINGS"].staff_second_factor and person.needs_second_factor
    if asked and not is_proven() and not hasattr(view, "before_second_factor"):
        return "accounts.second_step"
    if hasattr(view, "wants_fresh") and view.requires(person) and not is_fresh():
        return "accounts.again"
    return None


def _why_not(person: Any) -> str:
    if person.standing == "suspended":
        return _(
            "Your account is suspended until %(day)s. You can read until then, and not act.",
            day=spoken_date(person.suspended_until),
        )
    return _("This page is for other people of the house.")


def _note_refusal(person: Any) -> Callable[[], None] | None:
    """An act of staff that was refused enters the audit log; looking does not, and a GET never writes."""
    if request.method in SAFE_METHODS or not person.is_staff:
        return None
    words = {"actor": person.id, "role": str(person.role), "about": str(request.url_rule)}
    return lambda: audit(f"{request.method} {request.endpoint}", result="refused", **words)


def _lead_to(endpoint: str) -> AnyResponse:
    """Send the visitor through another door, which leads back here."""
    here = request.full_path.rstrip("?") if request.method in SAFE_METHODS else page_it_came_from()
    address = url_for(endpoint, next=here)
    if "HX-Request" in request.headers:
        return Response(status=401, headers={"HX-Redirect": address})
    return redirect(address, 303)


def page_it_came_from(*, otherwise: str = "/") -> str:
    """The address of our own page that held the form; another site's is never followed."""
    referrer = (request.referrer or "").partition("#")[0]
    host = request.host_url.rstrip("/")
    return referrer[len(host) :] if referrer.startswith(host + "/") else otherwise


def safe_path(wish: str | None, *, otherwise: str = "/") -> str:
    """A path on this very site, or `otherwise`: nobody is led elsewhere by an address we were given."""
    if not wish or not wish.startswith("/") or wish[1:2] in {"/", "\\"} or not wish.isprintable():
        return otherwise
    return wish


def _answer_too_often(_breach: RateLimitExceeded) -> AnyResponse:
    """Say when it works again."""
    limit = limiter.current_limit
    seconds = max(1, round(limit.reset_at - time.time())) if limit else 60
    minutes = -(-seconds // 60)
    words = ngettext(
        "That was too often. Try again in a minute.",
        "That was too often. Try again in %(num)d minutes.",
        minutes,
    )
    return answer(TooMany(str(words), retry_after=seconds))


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


def _held_cookie() -> str:
    session = request.cookies.get(cookie_name(), "")
    return (
        hashlib.sha256(session.encode()).hexdigest()
        if session
        else request.cookies.get(guest_cookie_name(), "")
    )


def token_of(held: str) -> str:
    """The token that belongs to what the browser holds."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, b"csrf:" + held.encode(), hashlib.sha256).hexdigest()


def _send_guest_cookie(response: Response) -> Response:
    value = g.get("guest_cookie")
    if value and value != request.cookies.get(guest_cookie_name()):
        secure = current_app.config["SETTINGS"].is_https
        response.set_cookie(guest_cookie_name(), value, secure=secure, httponly=True, samesite="Lax")
    return response


def _say_the_headers(response: Response) -> Response:
    """Every answer, errors too."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SETTINGS"].is_https:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    response.headers["X-Request-Id"] = g.get("request_id", "")
    if request.endpoint == "static" or "Cache-Control" in response.headers:
        return response
    response.vary.update(("HX-Request", "Cookie", "Accept-Language"))
    ours = {cookie_name(), guest_cookie_name(), "say"} & set(request.cookies)
    private = ours or g.get("is_private") or "guest_cookie" in g or "Set-Cookie" in response.headers
    if private or request.method not in SAFE_METHODS or response.status_code != 200:
        response.headers["Cache-Control"] = "private, no-store"
        return response
    response.headers["Cache-Control"] = "public, max-age=0, s-maxage=30"
    if not response.is_streamed:
        response.add_etag()
        response.make_conditional(request)
    return response
