"""Build a fresh database from the migrations and ask whether the models say anything else."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Exit 1 with Alembic's list of differences, if there are any."""
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(IDEAS_MODE="test", DATA_DIR=folder, DATABASE_URL=f"sqlite:///{folder}/fresh.sqlite")
        _compare()


def _compare() -> None:
    from flask_migrate import check, upgrade

    from ideas import create_app
    from ideas.core.db import db

    app = create_app()
    with app.app_context():
        upgrade()
        check()
        db.engine.dispose()


if __name__ == "__main__":
    main()
