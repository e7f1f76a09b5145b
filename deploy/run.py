"""Open the demo city: bring the database up to date, fill it if it is empty, and serve until Ctrl-C.

One process start does all three, since most of a start is spent on importing.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"

if TYPE_CHECKING:
    from flask import Flask


class Server(BaseApplication):
    """gunicorn around an app that is already built, with the settings of a real install."""

    def __init__(self, app: Flask, bind: str) -> None:
        self.app = app
        self.bind = bind
        super().__init__()

    def load_config(self) -> None:
        """Read the settings of a real install, then say where to listen."""
        from deploy import gunicorn_conf

        for name in self.cfg.settings:
            if hasattr(gunicorn_conf, name):
                self.cfg.set(name, getattr(gunicorn_conf, name))
        self.cfg.set("bind", self.bind)
        self.cfg.set("loglevel", "warning")

    def load(self) -> Callable[..., Any]:
        """Hand out the one app; gunicorn calls this in its worker."""
        return self.app


def main() -> None:
    """Migrate, fill, serve."""
    port = _port(sys.argv[1:])
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("IDEAS_MODE", "demo")
    if os.environ["IDEAS_MODE"] == "demo":
        os.environ.setdefault("DEMO_STAFF_WITHOUT_SECOND_FACTOR", "yes")
    os.environ.setdefault("SITE_URL", f"http://{HOST}:{port}")
    app = _ready_app()
    print(f"\n  The city is open at http://{HOST}:{port}   (Ctrl-C closes it)\n", flush=True)
    Server(app, f"{HOST}:{port}").run()


def _port(arguments: list[str]) -> int:
    """The port asked for, if nobody else listens there."""
    parser = argparse.ArgumentParser(description="Open the demo city.")
    parser.add_argument("--port", type=int, default=8000)
    port: int = parser.parse_args(arguments).port
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
        except OSError:
            sys.exit(f"Something else already listens on port {port}. Try: make run PORT={port + 1}")
    return port


def _ready_app() -> Flask:
    """The app on a database that is migrated and has a city in it, without an open connection."""
    from flask_migrate import upgrade

    from ideas import create_app
    from ideas.core.db import db

    app = create_app()
    with app.app_context():
        upgrade()
    app.cli.main(["demo", "--if-empty"], standalone_mode=False, obj=_info(app))
    with app.app_context():
        db.engine.dispose()
    return app


def _info(app: Flask) -> Any:
    """What Flask's command line wants to know before it runs a command: here, that the app is made."""
    from flask.cli import ScriptInfo

    return ScriptInfo(create_app=lambda: app)


if __name__ == "__main__":
    main()
