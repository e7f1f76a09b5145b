"""What every test stands on: a town of its own in a real database, on both engines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from ideas import create_app
from ideas.config import Settings
from ideas.core.db import db
from ideas.core.held import forget
from ideas.core.limits import limiter
from tests.support.browsing import Browser
from tests.support.counting import QueryCount, counted_queries
from tests.support.databases import Databases
from tests.support.summary import what_ran
from tests.support.town import Town

ENGINES = ("sqlite", "postgresql")
_apps: dict[str, Flask] = {}


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Databases]:
    """Pristine databases, copied from a template that was migrated once."""
    with Databases(tmp_path_factory, worker_id, migrate=migrated) as held:
        yield held


def migrated(url: str, folder: Path) -> None:
    """Bring an empty database to the newest migration."""
    from flask_migrate import upgrade

    app = create_app(settings_for(url, folder))
    with app.app_context():
        upgrade()
        db.engine.dispose()


def settings_for(url: str, folder: Path) -> Settings:
    """The settings of a test's house."""
    return Settings.from_environment(
        {
            "IDEAS_MODE": "test",
            "DATABASE_URL": url,
            "DATA_DIR": str(folder),
            "SECRET_KEY": "a secret that only the tests know, long enough",
            "SITE_URL": "http://localhost",
            "LOG_LEVEL": "ERROR",
        }
    )


@pytest.fixture(params=ENGINES)
def app(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The app over an empty, migrated database; made once per engine, with a new database each time."""
    engine: str = request.param
    if engine in _apps:
        with _apps[engine].app_context():
            db.engine.dispose()
    url = databases.reset(engine)
    if engine not in _apps:
        _apps[engine] = create_app(settings_for(url, tmp_path_factory.getbasetemp() / f"data-{engine}"))
    app = _apps[engine]
    forget(app)
    limiter.reset()
    with app.app_context():
        yield app
        db.session.remove()


@pytest.fixture
def town(app: Flask) -> Town:
    """A town with its city, an open call, a district, a topic, and people as you ask for them."""
    return Town(app)


@pytest.fixture
def browse(app: Flask) -> Callable[..., Browser]:
    """`browse(ana)` is a person at a browser without scripts."""
    return lambda person=None: Browser(app, person)


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], QueryCount]:
    """`with count_queries() as asked:` counts the block's statements; transaction words are none."""
    return lambda: counted_queries(db.engine)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say what ran, and on what."""
    stats = terminalreporter.stats
    reports = [
        report for kind in ("passed", "failed") for report in stats.get(kind, []) if report.when == "call"
    ]
    terminalreporter.write_line(what_ran(report.nodeid for report in reports))
