"""A city on a real server: gunicorn with the jobs inside, on its own database; or a test's app as it is."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from flask import Flask
from werkzeug.serving import make_server

from ideas.core.db import db

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 30.0


@dataclass
class Served:
    """Where the city is reached."""

    url: str
    log: Path


@contextmanager
def serving(folder: Path, *, port: int, environment: dict[str, str]) -> Iterator[Served]:
    """Start the server, wait until it is ready, stop it in the end."""
    url = f"http://127.0.0.1:{port}"
    env = os.environ | environment | {"SITE_URL": url, "BIND": f"127.0.0.1:{port}", "DATA_DIR": str(folder)}
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn_conf.py", "wsgi:app"]
    log = folder / "server.log"
    with log.open("w") as words:
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=words, stderr=words)
        try:
            _wait(url, server, log)
            yield Served(url, log)
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the server did not start: {log.read_text()[-2000:]}")


@contextmanager
def opened(app: Flask) -> Iterator[str]:
    """The app of this test on threads of its own, over the same database; where it is reached."""
    db.session.remove()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
