"""What every night does for the count: a recount, and a new key when a half-year has begun."""

from __future__ import annotations

import json
import logging

from flask import current_app

from ideas.config import Settings
from ideas.core.clock import town_now
from ideas.core.jobs import nightly
from ideas.core.transactions import reading, transaction
from ideas.voting.commands.cycles import begin_due_cycle
from ideas.voting.queries.recount import RESULT, differences

log = logging.getLogger(__name__)
MOST_SAID = 20


@nightly
def recount() -> None:
    """Compare every number with what happened, and leave the result for the watch."""
    settings: Settings = current_app.config["SETTINGS"]
    with reading():
        found = [str(difference) for difference in differences()]
        at = town_now().isoformat()
    for words in found[:MOST_SAID]:
        log.error("a number differs", extra={"difference": words})
    (settings.data_dir / RESULT).write_text(json.dumps({"at": at, "differences": len(found)}))


@nightly
def change_keys() -> None:
    """Begin the half-year's cycle of the always-open call."""
    with transaction():
        begin_due_cycle()
