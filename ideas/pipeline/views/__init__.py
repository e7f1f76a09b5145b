"""The case file's pages: one public, the others of the desk."""

from __future__ import annotations

from flask import Flask

from ideas.accounts.queries import viewer
from ideas.pipeline import queries
from ideas.pipeline.views import acts, desk, public


def init_app(app: Flask) -> None:
    """Hang the pages; the desk's header asks for what is overdue."""
    for room in (public, desk, acts):
        app.register_blueprint(room.bp)
    app.jinja_env.globals["overdue_count"] = lambda: queries.overdue_count(viewer())
