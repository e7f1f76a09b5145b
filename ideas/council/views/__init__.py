"""The members' room, and the clerk's desk."""

from __future__ import annotations

from flask import Flask

from ideas.council.views import clerk, room


def init_app(app: Flask) -> None:
    """Hang the pages."""
    for side in (room, clerk):
        app.register_blueprint(side.bp)
