"""What every answer says to the browser, and how long anybody may keep it."""

from __future__ import annotations

from flask import Response, current_app, g, request

from ideas.core.sessions import cookie_name
from ideas.core.tokens import guest_cookie_name
from ideas.core.transactions import SAFE_METHODS

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


def say_the_headers(response: Response) -> Response:
    """Every answer, errors too."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SETTINGS"].is_https:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    response.headers["X-Request-Id"] = g.get("request_id", "")
    if request.endpoint == "static" or "Cache-Control" in response.headers:
        return response
    response.vary.update(("HX-Request", "HX-History-Restore-Request", "Cookie", "Accept-Language"))
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
