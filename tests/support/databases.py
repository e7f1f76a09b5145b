"""Real databases for tests: a pristine copy of the migrated town at an address that never changes.

Each engine's template is migrated once per run and shared by the workers of
pytest-xdist. PostgreSQL is the server of `TEST_DATABASE_URL`, or else one of
the run's own; who leaves the run last stops it and removes what was made.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL, make_url

from tests.support import postgres
from tests.support.runs import Run, folder_of_run

Migrate = Callable[[str, Path], None]

PATIENCE_S = 1.0


class Databases:
    """`reset("sqlite")` or `reset("postgresql")` gives the worker's own URL, its content as migrated.

    `migrate(url, folder)` brings an empty database to the newest migration and
    closes its connections; `folder` is its place for other files.
    """

    def __init__(self, temporary: pytest.TempPathFactory, worker: str, *, migrate: Migrate) -> None:
        self.run = Run(folder_of_run(temporary.getbasetemp(), worker))
        self.worker = worker
        self.migrate = migrate
        self._ready: dict[str, SQLite | PostgreSQL] = {}

    def __enter__(self) -> Self:
        self.run.enter()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        with self.run.leaving() as is_last:
            for engine in self._ready.values():
                engine.close(is_last=is_last)

    def reset(self, engine: str) -> str:
        """Throw away what the last test left, and return the URL of a fresh copy."""
        if engine not in self._ready:
            self._ready[engine] = self._prepared(engine)
        self._ready[engine].copy()
        return self._ready[engine].url

    def _prepared(self, name: str) -> SQLite | PostgreSQL:
        engine = (PostgreSQL if name == "postgresql" else SQLite)(self.run, self.worker)
        with self.run.once(f"{name}-template") as is_first:
            if is_first:
                files = Path(tempfile.mkdtemp(dir=self.run.folder))
                self.migrate(engine.make_template(), files)
                engine.seal_template()
        return engine


class SQLite:
    """One file in the run's folder; a reset is a copy of a file."""

    def __init__(self, run: Run, worker: str) -> None:
        self.template = run.folder / "template.sqlite"
        self.path = run.folder / f"{worker}.sqlite"
        self.url = f"sqlite:///{self.path}"

    def make_template(self) -> str:
        """An empty place to migrate."""
        return f"sqlite:///{self.template}"

    def seal_template(self) -> None:
        """Fold the write-ahead log into the file, so that the file alone is the database."""
        with closing(sqlite3.connect(self.template)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy(self) -> None:
        """Put the template in place; the log of the old content must not be replayed into the new."""
        for log in ("-wal", "-shm"):
            self.path.with_name(self.path.name + log).unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)
        shutil.copyfile(self.template, self.path)

    def close(self, *, is_last: bool) -> None:
        """The files go with the folder."""


class PostgreSQL:
    """One database per worker, created from the template; connections of the last test are ended."""

    def __init__(self, run: Run, worker: str) -> None:
        self.server = _server_url(run)
        self.template = f"ideas_{run.token}_template"
        self.name = f"ideas_{run.token}_{worker}"
        self.url = self._url_of(self.name)

    def make_template(self) -> str:
        """An empty database to migrate."""
        self._do("CREATE DATABASE {}", self.template)
        return self._url_of(self.template)

    def seal_template(self) -> None:
        """Nobody connects to a template again: a single connection would stop every copy."""
        self._do("ALTER DATABASE {} ALLOW_CONNECTIONS false", self.template)
        self._end_connections(self.template)

    def copy(self) -> None:
        """A fresh database under the same name."""
        self._end_connections(self.name)
        self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)
        self._do("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", self.name, self.template)

    def close(self, *, is_last: bool) -> None:
        """Leave nothing on a server that outlives the run."""
        for name in [self.name, self.template] if is_last else [self.name]:
            self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        self._connection.close()

    @cached_property
    def _connection(self) -> psycopg.Connection:
        return psycopg.connect(
            self.server.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
        )

    def _do(self, statement: str, *names: str) -> None:
        self._connection.execute(SQL(statement).format(*map(Identifier, names)))

    def _end_connections(self, name: str) -> None:
        """FORCE would do it too, but looks only every 100 ms whether they are gone."""
        ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        until = time.monotonic() + PATIENCE_S
        while self._connection.execute(ending, [name]).fetchall() and time.monotonic() < until:
            time.sleep(0.001)

    def _url_of(self, name: str) -> str:
        return self.server.set(database=name).render_as_string(hide_password=False)


def _server_url(run: Run) -> URL:
    """The server that tests are told of, or the run's own, started if it is not running."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        return make_url(named.replace("postgres://", "postgresql://", 1)).set(drivername="postgresql+psycopg")
    with run.lock:
        return postgres.started(run.folder / "postgresql")
