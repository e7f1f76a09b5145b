"""The ballot for everybody, and the front desk for those who verify."""

from __future__ import annotations

from flask import Flask

from ideas.voting.views import ballots, front_desk


def init_app(app: Flask) -> None:
    """Hang both."""
    app.register_blueprint(ballots.bp)
    app.register_blueprint(front_desk.bp)
