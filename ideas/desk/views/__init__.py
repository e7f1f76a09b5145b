"""The first page of the desk, and the city's own pages for administrators."""

from __future__ import annotations

from flask import Flask

from ideas.desk.views import city, departments, front, people, topics
from ideas.desk.views.blueprint import bp

__all__ = ["city", "departments", "front", "init_app", "people", "topics"]


def init_app(app: Flask) -> None:
    """Hang the pages, and tell every template of the desk which links its viewer has."""
    app.register_blueprint(bp)
    app.jinja_env.globals["desk_room"] = front.desk_room
