"""`make bench`: list, idea page and vote beside the floor, all in one run on PostgreSQL.

gunicorn with 2 workers of 4 threads, 8 connections, 10,000 ideas with 200,000
votes. Machines differ and are noisy: read the ratios.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.load import Figures, get, measure, post

if TYPE_CHECKING:
    from flask import Flask

ROOT = Path(__file__).resolve().parent.parent
HOUSE_PORT, FLOOR_PORT = 8471, 8472
SERVER = ["--workers", "2", "--threads", "4", "--worker-class", "gthread", "--log-level", "error"]
VOTERS = 3000


def main() -> None:
    """Build the city if it is not there, measure each round in turn, print the table."""
    options = _options()
    with tempfile.TemporaryDirectory() as scratch, _database(Path(scratch)) as url:
        env = _environment(url, Path(scratch))
        os.environ.update(env)
        app = _city(options.ideas)
        _run(app, env, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--ideas", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=6.0, help="how long each page is pressed in a round")
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


@contextmanager
def _database(scratch: Path) -> Iterator[str]:
    """BENCH_DATABASE_URL, or a PostgreSQL of this run with its usual care for disks."""
    given = os.environ.get("BENCH_DATABASE_URL")
    if given:
        yield given
        return
    from tests.support import postgres

    folder = scratch / "postgresql"
    try:
        yield postgres.careful(folder)
    finally:
        postgres.stop(folder)


def _environment(url: str, scratch: Path) -> dict[str, str]:
    return {
        "IDEAS_MODE": "demo",
        "DATABASE_URL": url,
        "DATA_DIR": str(scratch / "data"),
        "SITE_URL": f"http://127.0.0.1:{HOUSE_PORT}",
        "JOBS_IN_PROCESS": "no",
        "LOG_LEVEL": "ERROR",
        "FLOOR_DATABASE_URL": url.replace("postgresql://", "postgresql+psycopg://"),
    }


def _city(ideas: int) -> Flask:
    from flask_migrate import upgrade
    from sqlalchemy import func, select

    from ideas import create_app
    from ideas.board.models import Idea
    from ideas.core.db import db

    os.chdir(ROOT)
    app = create_app()
    with app.app_context():
        upgrade()
        db.engine.dispose()
    with app.app_context():
        there = db.session.scalar(select(func.count()).select_from(Idea)) or 0
        db.session.rollback()
        db.engine.dispose()
    if there < ideas:
        _build(ideas)
    return app


def _build(ideas: int) -> None:
    begin = time.perf_counter()
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "demo", "--scale", str(ideas)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    print(f"The city with {ideas:,} ideas more was built in {time.perf_counter() - begin:.0f} s.")


def _run(app: Flask, env: dict[str, str], options: argparse.Namespace) -> None:
    idea_path, presses = _idea_to_read(app), _presses(app)
    rounds: dict[str, list[Figures]] = {"floor": [], "list": [], "idea page": [], "vote": []}
    share = len(presses) // options.rounds
    with _server("bench.floor:app", FLOOR_PORT, env), _server("wsgi:app", HOUSE_PORT, env):
        for turn in range(options.rounds):
            rounds["floor"].append(measure(FLOOR_PORT, get("/"), seconds=options.seconds))
            rounds["list"].append(measure(HOUSE_PORT, get("/ideas"), seconds=options.seconds))
            rounds["idea page"].append(measure(HOUSE_PORT, get(idea_path), seconds=options.seconds))
            mine = presses[turn * share : (turn + 1) * share]
            rounds["vote"].append(measure(HOUSE_PORT, mine.__getitem__, seconds=options.seconds, most=share))
    _print(rounds)


@contextmanager
def _server(app: str, port: int, env: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", *SERVER, "--bind", f"127.0.0.1:{port}", app]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | env)
    try:
        _wait(port)
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(port: int) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    sys.exit(f"Nothing answers on port {port}.")


def _idea_to_read(app: Flask) -> str:
    """The most discussed idea: its page shows twenty comments."""
    from sqlalchemy import select

    from ideas.board.models import Idea
    from ideas.comments.models import TalkCount
    from ideas.core.db import db

    with app.app_context():
        most = select(Idea).join(TalkCount, TalkCount.idea_id == Idea.id)
        return db.session.scalars(most.order_by(TalkCount.comments.desc(), Idea.id).limit(1)).one().path


def _presses(app: Flask) -> list[bytes]:
    """One press each by many residents who are signed in, over the ideas that take support."""
    from sqlalchemy import select

    from ideas.board.models import Idea, Status
    from ideas.core.db import db

    with app.app_context():
        ideas = db.session.scalars(select(Idea.id).where(Idea.status == Status.OPEN).limit(50)).all()
        db.session.rollback()
        sessions = _voters()
        return [
            post(f"/ideas/{ideas[n % len(ideas)]}/vote", f"csrf_token={token}", f"session={session}")
            for n, (session, token) in enumerate(sessions)
        ]


def _voters() -> list[tuple[str, str]]:
    from ideas.accounts.models import Level, Person, Resident
    from ideas.core.clock import town_now
    from ideas.core.db import db
    from ideas.core.sessions import WebSession
    from ideas.core.tokens import token_of
    from ideas.core.transactions import transaction

    tokens = [secrets.token_urlsafe(32) for _ in range(VOTERS)]
    hashes = [hashlib.sha256(token.encode()) for token in tokens]
    with transaction():
        now = town_now()
        people = [Person(display_name=f"Voter {n}", joined_at=now) for n in range(VOTERS)]
        db.session.add_all(people)
        db.session.flush()
        life = {"created_at": now, "seen_at": now, "fresh_at": now, "expires_at": now + timedelta(days=1)}
        for person, digest in zip(people, hashes, strict=True):
            db.session.add(WebSession(id_hash=digest.digest(), person_id=person.id, **life))
            db.session.add(
                Resident(
                    person_id=person.id,
                    ref=secrets.token_bytes(32),
                    level=Level.VERIFIED,
                    method="front_desk",
                    eligible_until=now + timedelta(days=700),
                )
            )
    return [(token, token_of(digest.hexdigest())) for token, digest in zip(tokens, hashes, strict=True)]


def _print(rounds: dict[str, list[Figures]]) -> None:
    floor = _median([figures.per_second for figures in rounds["floor"]])
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, PostgreSQL, 2 workers x 4 threads")
    print(f"{'':12}{'per second':>12}{'p95 ms':>10}{'of floor':>10}{'refused':>9}{'requests':>10}")
    table = {}
    for name, figures in rounds.items():
        speed = _median([f.per_second for f in figures])
        p95 = _median([f.p95_ms for f in figures])
        refused, requests = sum(f.refused for f in figures), sum(f.requests for f in figures)
        print(f"{name:12}{speed:12.0f}{p95:10.1f}{speed / floor:10.2f}{refused:9}{requests:10}")
        table[name] = {"per_second": speed, "p95_ms": p95, "of_floor": speed / floor, "refused": refused}
    results = ROOT / "bench" / "results"
    results.mkdir(exist_ok=True)
    (results / "last.json").write_text(json.dumps(table, indent=2) + "\n")


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


if __name__ == "__main__":
    main()
