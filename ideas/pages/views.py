"""Pages that belong to no single matter: how it works, the rules, what we promise, and the watch."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, current_app, jsonify, redirect, render_template, request
from werkzeug.exceptions import NotFound

from ideas.accounts.rules import anyone
from ideas.core.city import city
from ideas.core.fragments import render_page
from ideas.core.security import requires, safe_path
from ideas.moderation.house_rules import rules_of
from ideas.pages import queries, samples
from ideas.pages.forms import SampleForm

bp = Blueprint("pages", __name__)
THEMES = frozenset({"auto", "light", "dark"})
A_YEAR_S = 31_536_000


def init_app(app: Flask) -> None:
    """Hang the pages; the style guide only where people work on the house."""
    app.register_blueprint(bp)


@bp.get("/how-it-works")
@requires(anyone)
def how_it_works() -> Response:
    """The life of an idea, the orders, whose support counts, when the city owes an answer."""
    return render_page("pages/how_it_works.html")


@bp.get("/house-rules")
@requires(anyone)
def house_rules() -> Response:
    """What may be said here, in the profile that the city chose."""
    return render_page("pages/house_rules.html", rules=rules_of(city().house_rules))


@bp.get("/privacy")
@requires(anyone)
def privacy() -> Response:
    """What is kept, why, and for how long."""
    return render_page("pages/privacy.html")


@bp.get("/accessibility")
@requires(anyone)
def accessibility() -> Response:
    """What works, what does not, and whom to tell."""
    return render_page("pages/accessibility.html")


@bp.get("/theme")
@requires(anyone)
def theme() -> Response:
    """Keep the reader's choice of colours in a cookie; nothing else changes, so a GET will do."""
    choice = request.args.get("to", "auto")
    answer = redirect(safe_path(request.args.get("next")), 303)
    if choice in THEMES:
        secure = current_app.config["SETTINGS"].is_https
        answer.set_cookie("theme", choice, max_age=A_YEAR_S, secure=secure, httponly=True, samesite="Lax")
    return answer  # type: ignore[return-value]


@bp.get("/styleguide")
@requires(anyone)
def styleguide() -> Response:
    """Every part of the design on one page, where the settings allow it."""
    if not current_app.config["SETTINGS"].styleguide:
        raise NotFound
    form = SampleForm(title="Shade")
    form.validate()
    return render_page("pages/styleguide.html", form=form, sample=samples)


@bp.get("/healthz")
@requires(anyone)
def healthz() -> Response:
    """Alive: this process answers."""
    return Response("alive\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})


@bp.get("/readyz")
@requires(anyone)
def readyz() -> Response:
    """Ready: each promise with its figure; 503 while one is not kept."""
    checks = queries.readiness(current_app.config["SETTINGS"].data_dir)
    answer = jsonify({check.name: {"good": check.is_good, "figure": check.figure} for check in checks})
    answer.status_code = 200 if all(check.is_good for check in checks) else 503
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/robots.txt")
@requires(anyone)
def robots() -> Response:
    """Search engines may read what everybody reads."""
    return Response(render_template("pages/robots.txt"), mimetype="text/plain")
