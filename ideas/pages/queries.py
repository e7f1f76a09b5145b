"""What the watch wants to know of the house: is each thing it promises kept right now."""

from __future__ import annotations

import json
import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from alembic.script import ScriptDirectory
from sqlalchemy import func, select, text

from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.events import Delivery, outbox_age
from ideas.voting.models import TreeHead
from ideas.voting.queries.recount import RESULT

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
OUTBOX_MAY_WAIT = timedelta(minutes=15)
DISK_NEEDS_BYTES = 200 * 1024 * 1024


class Check(NamedTuple):
    """One thing, whether it is as promised, and the figure behind the word."""

    name: str
    is_good: bool
    figure: str


def readiness(folder: Path) -> list[Check]:
    """Database, migration, disk, outbox, tree head: what a person on duty asks. `folder` keeps the data."""
    return [_database(), _migration(), _disk(folder), _outbox(), _failed(), _tree_head(), _recount(folder)]


def _database() -> Check:
    return Check("database", db.session.scalar(text("SELECT 1")) == 1, db.engine.dialect.name)


def _migration() -> Check:
    newest = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    held = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    return Check("migration", held == newest, f"{held} of {newest}")


def _disk(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    is_good = free > DISK_NEEDS_BYTES and os.access(folder, os.W_OK)
    return Check("disk", is_good, f"{free // 1024**2} MB free")


def _outbox() -> Check:
    age = outbox_age()
    return Check("outbox", age < OUTBOX_MAY_WAIT, f"oldest waits {int(age.total_seconds())} s")


def _failed() -> Check:
    """The last error of a duty that is tried again; it is no reason to send people elsewhere."""
    undone = select(func.count()).where(Delivery.done_at.is_(None), Delivery.last_error.is_not(None))
    last = select(Delivery.last_error).where(Delivery.done_at.is_(None), Delivery.last_error.is_not(None))
    number = db.session.scalar(undone) or 0
    error = db.session.scalar(last.order_by(Delivery.next_at.desc()).limit(1)) if number else ""
    kind = (error or "").partition(":")[0]  # everybody reads this page, and the rest may name somebody
    return Check("deliveries", True, f"{number} to be tried again {kind}".strip())


def _tree_head() -> Check:
    made = db.session.scalar(select(func.max(TreeHead.created_at)))
    return Check("tree_head", True, f"{town_now() - made} old" if made else "none signed yet")


def _recount(folder: Path) -> Check:
    """What the last night's recount found; a count that is wrong is no reason to send people elsewhere."""
    try:
        told = json.loads((folder / RESULT).read_text())
    except (OSError, ValueError):
        return Check("recount", True, "none yet")
    age = town_now() - datetime.fromisoformat(told["at"])
    return Check("recount", True, f"{told['differences']} differ, {age} ago")
