"""What all features lean on: database, edge, door, clock, words and mail. It knows no feature."""

from __future__ import annotations

import click
from flask import Flask
from flask_login import LoginManager

from ideas.config import Settings
from ideas.core import assets, db, errors, fragments, jobs, keys, languages, logs, security
from ideas.core.city import city
from ideas.core.cli import worker
from ideas.core.sessions import NoCookieSessions
from ideas.core.text import markdown
from ideas.core.transactions import EdgeFlask

# A page sends the same statements again and again: each connection plans them once, not each time.
POSTGRESQL_OPTIONS = (
    "-c lock_timeout=5000 -c statement_timeout=30000 -c timezone=UTC -c plan_cache_mode=force_generic_plan"
)


def build(name: str, settings: Settings) -> Flask:
    """An app with its ground floor, still without features."""
    app = EdgeFlask(name, static_folder=None)
    app.session_interface = NoCookieSessions()
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings.database_url),
        SQLALCHEMY_TRACK_MODIFICATIONS=False,
    )
    app.jinja_options = {"autoescape": _is_markup, "trim_blocks": True, "lstrip_blocks": True}
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    logs.init_app(app, settings.log_level)
    db.init_app(app)
    login = LoginManager(app)
    login.session_protection = None
    errors.init_app(app)
    languages.init_app(app)
    security.init_app(app, settings)
    app.after_request(fragments.clear_said)
    app.jinja_env.filters["markdown"] = markdown
    app.jinja_env.globals["said"] = fragments.said
    app.context_processor(lambda: {"city": city(), "settings": settings})
    assets.init_app(app, settings)
    app.cli.add_command(worker)
    jobs.init_app(app, settings)
    return app


def _is_markup(template: str | None) -> bool:
    """Everything is escaped but the plain text of mails, which no browser ever reads as HTML."""
    return template is None or not template.endswith(".txt")


def finish(app: Flask) -> None:
    """The last look before the doors open: every route has an audience, and a real city has its keys."""
    security.refuse_undeclared_routes(app)
    settings: Settings = app.config["SETTINGS"]
    at_the_console = click.get_current_context(silent=True) is not None  # where the keys are made
    if settings.is_production and not at_the_console:
        keys.read(settings.keys_file)


def _engine_options(url: str) -> dict[str, object]:
    if url.startswith("sqlite"):
        return {"connect_args": {"check_same_thread": False}, "hide_parameters": True}
    return {
        "hide_parameters": True,
        "connect_args": {"options": POSTGRESQL_OPTIONS, "connect_timeout": 2},
        "pool_size": 8,
    }
