"""Work that nobody waits for: Huey gives threads and schedules, the outbox gives the guarantees.

In-process by default (one SQLite file as queue); Redis and workers of their
own at scale. Nothing ever waits on a Huey result.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from flask import Flask
from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from huey.storage import BlackHoleStorage

from ideas.config import Mode, Settings
from ideas.core.events import relay
from ideas.core.mail import deliver_mail
from ideas.core.sessions import seen

log = logging.getLogger(__name__)

Job = Callable[[], object]
_nightly: dict[str, Job] = {}


def nightly(job: Job) -> Job:
    """Register a job for every night; it must be safe to run twice."""
    _nightly[f"{job.__module__}.{job.__name__}"] = job
    return job


def init_app(app: Flask, settings: Settings) -> None:
    """Make the queue, and let acts wake the relay as soon as they are committed."""
    queue = _queue(settings)
    app.extensions["huey"] = queue

    def handled() -> None:
        with app.app_context():
            hand_out()

    def night() -> None:
        for name, job in _nightly.items():
            with app.app_context():
                _run_alone(name, job)

    wake = queue.task(name="hand_out")(handled)
    queue.periodic_task(crontab(minute="*"), name="every_minute")(handled)
    queue.periodic_task(crontab(hour="2", minute="30"), name="night")(night)
    app.extensions["wake_jobs"] = _quietly(wake)


def _quietly(wake: Callable[[], object]) -> Callable[[], None]:
    """Waking is a kindness: the minute's schedule does the same, so a queue that is away stops nobody."""

    def attempt() -> None:
        try:
            wake()
        except Exception:  # noqa: BLE001 - whatever the queue's fault is
            log.warning("the job queue is away; the schedule will do it")

    return attempt


def _run_alone(name: str, job: Job) -> None:
    try:
        job()
    except Exception:
        log.exception("a nightly job failed", extra={"job": name})


def hand_out() -> None:
    """Everything that waits: events to listeners, mails to the server."""
    relay()
    deliver_mail()


def _queue(settings: Settings) -> Huey:
    if settings.mode is Mode.TEST:
        return Huey("ideas", immediate=False, storage_class=BlackHoleStorage)
    if settings.redis_url:
        return RedisHuey("ideas", url=settings.redis_url, results=False)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("ideas", filename=str(settings.data_dir / "queue.sqlite"), results=False)


def work(app: Flask, *, threads: int = 1) -> Consumer:
    """A consumer for this app; `run()` blocks, `start()` works beside the web threads."""
    return Consumer(
        app.extensions["huey"], workers=threads, initial_delay=0.2, max_delay=2.0, check_worker_health=False
    )


def begin_flushing(app: Flask) -> None:
    """This process's own thread that writes when sessions were last seen."""
    stop = threading.Event()

    def loop() -> None:
        while not stop.wait(seen.INTERVAL_S):
            with app.app_context():
                seen.flush()

    threading.Thread(target=loop, name="flush", daemon=True).start()
