"""The pages of moderation: the desk's queue and log, and what everybody can reach."""

from __future__ import annotations

from flask import Flask

from ideas.moderation import words
from ideas.moderation.views import desk, public


def init_app(app: Flask) -> None:
    """Hang the pages, and teach templates how a rule is called."""
    app.register_blueprint(desk.bp)
    app.register_blueprint(public.bp)
    app.jinja_env.filters["rule"] = words.rule
