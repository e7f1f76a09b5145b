"""A house of its own for each test of the ground floor, with routes to try its laws on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from ideas import create_app
from ideas.core.db import db
from tests.conftest import ENGINES, settings_for
from tests.support import workshop
from tests.support.databases import Databases


@pytest.fixture(params=ENGINES)
def house(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The app with the workshop's routes, over one row."""
    url = databases.reset(request.param)
    app = workshop.furnished(create_app(settings_for(url, tmp_path_factory.mktemp("house"))))
    workshop.begin(app)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
