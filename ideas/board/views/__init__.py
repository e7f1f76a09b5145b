"""The board's pages: home and the list, one idea, and what its author does with it."""

from __future__ import annotations

from flask import Flask

from ideas.board.picture import idea_picture
from ideas.board.views import lists, one, writing  # noqa: F401 - their routes hang on the blueprint
from ideas.board.views.blueprint import bp


def init_app(app: Flask) -> None:
    """Hang the pages."""
    app.register_blueprint(bp)
    app.jinja_env.globals["idea_picture"] = idea_picture
