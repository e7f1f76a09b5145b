"""A page, or just the part that htmx asked for; and the end of every POST."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, g, make_response, redirect, render_template, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

SAY_COOKIE = "say"
SAY_SECONDS = 60


def wants_fragment() -> bool:
    """Whether htmx asks for a part of a page (a restored history entry wants the whole)."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def render_page(name: str, *, fragment: str | None = None, status: int = 200, **variables: Any) -> Response:
    """The page, or its block `fragment` when htmx asks for it; never cached as the other."""
    if fragment is not None and wants_fragment():
        template = current_app.jinja_env.get_template(name)
        current_app.update_template_context(variables)
        context = template.new_context(variables)
        html = "".join(template.blocks[fragment](context))
    else:
        html = render_template(name, **variables)
    response = make_response(html, status)
    response.vary.add("HX-Request")
    return response


def form_page(name: str, **variables: Any) -> Response:
    """A page with its form; a form that was sent and is shown again is 422, and nothing is kept."""
    return render_page(name, status=422 if request.method == "POST" else 200, **variables)


def fragment_or_redirect(name: str, *, to: str, said: str | None = None, **variables: Any) -> Response:
    """End a POST: the changed part for htmx, else 303 to the page that shows the change."""
    if wants_fragment():
        response = make_response(render_template(name, **variables))
        response.vary.add("HX-Request")
        return response
    return redirect_saying(to, said)


def redirect_saying(to: str, said: str | None = None) -> Response:
    """Go on to another page, which says what was done; without scripts 303, with htmx a whole new page."""
    if wants_fragment():
        response = Response(status=204, headers={"HX-Redirect": to})
    else:
        response = make_response(redirect(to, 303))
    if said:
        secure = current_app.config["SETTINGS"].is_https
        response.set_cookie(
            SAY_COOKIE,
            _signer().dumps(said),
            max_age=SAY_SECONDS,
            secure=secure,
            httponly=True,
            samesite="Lax",
        )
    return response


def said() -> str | None:
    """What the page before asked this one to say, once."""
    value = request.cookies.get(SAY_COOKIE)
    if value is None:
        return None
    g.clear_say = True
    try:
        sentence: str = _signer().loads(value, max_age=SAY_SECONDS)
    except BadSignature:
        return None
    return sentence


def clear_said(response: Response) -> Response:
    """A sentence is said once."""
    if g.get("clear_say"):
        response.delete_cookie(SAY_COOKIE)
    return response


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="say")
