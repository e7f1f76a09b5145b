"""The pages of moderation: the desk's queue and log, and what everybody can reach."""

from __future__ import annotations

from flask import Flask

from ideas.moderation.views import desk, public


def init_app(app: Flask) -> None:
    """Hang the pages."""
    app.register_blueprint(desk.bp)
    app.register_blueprint(public.bp)
