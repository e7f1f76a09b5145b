"""gunicorn's settings for an install: `gunicorn --config deploy/gunicorn_conf.py wsgi:app`.

SQLite wants one process with threads; on PostgreSQL set WEB_PROCESSES to the
number of cores. A worker hosts the jobs only where no worker of its own runs.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from flask import Flask
    from gunicorn.arbiter import Arbiter
    from gunicorn.workers.base import Worker


def _number(name: str, default: str) -> int:
    value = os.environ.get(name, default)
    if not value.isdecimal() or not int(value):
        raise SystemExit(f"{name} is “{value}”; it must be a whole number from 1 up.")
    return int(value)


MEMORY_DISK = Path("/dev/shm")  # noqa: S108 - gunicorn makes a file of its own there

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = _number("WEB_PROCESSES", "1")
threads = _number("WEB_THREADS", "8")
worker_class = "gthread"
worker_tmp_dir = str(MEMORY_DISK) if MEMORY_DISK.is_dir() else None  # a heartbeat must not wait for a disk
timeout = 60
graceful_timeout = 20
keepalive = 5
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
control_socket_disable = True
limit_request_line = 8190
forwarder_headers = ""  # no proxy of ours speaks of SCRIPT_NAME or PATH_INFO, so a visitor must not either


def post_worker_init(worker: Worker) -> None:
    """Write when sessions were last seen; start the jobs beside the web threads where the settings say so."""
    app = _app(worker)
    from ideas.core.jobs import begin_flushing, work

    begin_flushing(app)
    if not app.config["SETTINGS"].jobs_in_process:
        return
    consumer = work(app)
    ours = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    consumer.start()
    for number, handler in ours.items():
        signal.signal(number, handler)  # the consumer takes them, and gunicorn needs them to stop
    app.extensions["consumer"] = consumer


def worker_exit(_server: Arbiter, worker: Worker) -> None:
    """Let a job that has begun come to its end, and write what the process still holds."""
    app = _app(worker)
    consumer = app.extensions.get("consumer")
    if consumer is not None:
        consumer.stop(graceful=True)
    from ideas.core.sessions import seen

    with app.app_context():
        seen.flush()


def _app(worker: Worker) -> Flask:
    return cast("Flask", worker.app.wsgi())
