"""Ideas: residents propose, the city answers on record, and every count can be checked.

The plan of this house. `core` is the ground and knows no feature. Each other
folder is one matter of the town and is made of the same rooms: models say what
is true, rules say who may, queries find, commands change, views show,
listeners do what follows. `FEATURES` is the street from its beginning to its
end; a file imports lower rooms, or its own room nearer the beginning.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from flask import Flask

from ideas import core
from ideas.config import Settings

FEATURES = (
    "accounts",
    "places",
    "calls",
    "board",
    "comments",
    "voting",
    "moderation",
    "pipeline",
    "programs",
    "shortlists",
    "council",
    "notifications",
    "pages",
    "desk",
    "importing",
    "demo",
)
ROOMS = ("models", "listeners", "views", "cli")


def create_app(settings: Settings | None = None) -> Flask:
    """Build the app; refuses a wrong setting, a missing key and an undeclared route with a sentence."""
    settings = settings or Settings.from_environment()
    app = core.build(__name__, settings)
    for feature in FEATURES:
        _open(app, feature)
    core.finish(app)
    return app


def _open(app: Flask, feature: str) -> None:
    """Import the rooms a feature has, and hang its pages and commands."""
    for room in ROOMS:
        name = f"ideas.{feature}.{room}"
        if find_spec(name) is None:
            continue
        module = import_module(name)
        if room == "views":
            module.init_app(app)
        if room == "cli":
            for command in getattr(module, "commands", None) or (module.cli,):
                app.cli.add_command(command)
