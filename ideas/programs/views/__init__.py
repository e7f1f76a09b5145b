"""Programs: the public pages, and those of the departments that run them."""

from __future__ import annotations

from flask import Flask

from ideas.programs.views import acts, desk, public


def init_app(app: Flask) -> None:
    """Hang the pages."""
    for room in (public, desk, acts):
        app.register_blueprint(room.bp)
