"""The case file's pages: one public, the others of the desk."""

from __future__ import annotations

from flask import Flask

from ideas.pipeline.views import acts, desk, public


def init_app(app: Flask) -> None:
    """Hang the pages."""
    for room in (public, desk, acts):
        app.register_blueprint(room.bp)
