"""The door: who may come in by which route, and what must be true of a request before anybody looks at it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask_limiter import RateLimitExceeded
from flask_login import current_user
from werkzeug.exceptions import BadRequest, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter, ValidationError
from werkzeug.wrappers import Response as AnyResponse

from ideas.config import Settings
from ideas.core.audit import audit
from ideas.core.db import db
from ideas.core.errors import NotAllowed, answer
from ideas.core.headers import say_the_headers
from ideas.core.languages import gettext as _
from ideas.core.languages import spoken_closing
from ideas.core.limits import answer_too_often, limiter
from ideas.core.sessions import is_fresh, is_proven, send_cookie
from ideas.core.tokens import check_where_it_comes_from, csrf_token, send_guest_cookie
from ideas.core.transactions import SAFE_METHODS, reading

View = TypeVar("View", bound=Callable[..., Any])

LARGEST_ROW = 2**31 - 1
BODY_LIMIT = 1024 * 1024
UPLOAD_LIMIT = 10 * 1024 * 1024
PARTS_LIMIT = 100


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
    app.before_request(check_where_it_comes_from)
    app.before_request(_check_who_comes_in)
    limiter.init_app(app)
    app.register_error_handler(RateLimitExceeded, answer_too_often)
    app.register_error_handler(NotAllowed, _answer_not_allowed)
    app.after_request(say_the_headers)
    app.after_request(send_guest_cookie)
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
            day=spoken_closing(person.suspended_until),
        )
    return _("This page is for other people of the house.")


def _note_refusal(person: Any) -> Callable[[], None] | None:
    """An act of staff that was refused enters the audit log; looking does not, and a GET never writes."""
    if request.method in SAFE_METHODS or not person.is_staff:
        return None
    words = {"actor": person.id, "role": str(person.role), "about": str(request.url_rule)}
    return lambda: audit(f"{request.method} {request.endpoint}", result="refused", **words)


def _answer_not_allowed(refused: NotAllowed) -> Response:
    """What a command refuses is written down as what the door refuses: who came in may still not do all."""
    if refused.remember is None and request.endpoint is not None and "typed" not in refused.more:
        with reading():
            refused.remember = _note_refusal(current_user._get_current_object())
    return answer(refused)


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
    ours = referrer[len(host) :] if referrer.startswith(host + "/") else None
    return safe_path(ours, otherwise=otherwise)


def safe_path(wish: str | None, *, otherwise: str = "/") -> str:
    """A path on this very site, or `otherwise`: nobody is led elsewhere by an address we were given."""
    if not wish or not wish.startswith("/") or wish[1:2] in {"/", "\\"} or not wish.isprintable():
        return otherwise
    return wish
