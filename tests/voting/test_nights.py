"""What every night does for the count."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from ideas.board.models import Tally
from ideas.core.clock import clock_bound_to
from ideas.core.db import db
from ideas.core.transactions import transaction
from ideas.voting.commands.cycles import begin_due_cycle, half_year_of
from ideas.voting.listeners import recount
from ideas.voting.models import Cycle
from tests.voting.pressing import number_of, presses


def test_the_watch_hears_what_the_nights_recount_found(app, town, browse):
    presses(town.idea(), town.resident())
    with transaction():
        db.session.execute(update(Tally).values(counted=9))

    recount()

    told = json.loads(browse().client.get("/readyz").text)
    assert told["recount"]["figure"].startswith("1 differ")


def test_a_half_year_brings_a_new_key_and_older_ideas_keep_theirs(town):
    before = town.idea()
    with transaction():
        db.session.execute(update(Cycle).values(begins_on=date(2026, 7, 14)))

    for moment in (datetime(2026, 12, 31, 12, tzinfo=UTC), datetime(2027, 1, 1, 12, tzinfo=UTC)):
        with clock_bound_to(moment), transaction():
            begin_due_cycle()
        with clock_bound_to(moment), transaction():
            assert begin_due_cycle() is None
    with clock_bound_to(datetime(2027, 1, 2, tzinfo=UTC)):
        after = town.idea("More benches at the ferry")

    assert number_of(Cycle) == 2
    assert before.cycle_id != after.cycle_id
    with transaction():
        keys = set(db.session.scalars(select(Cycle.wrapped_key)))
    assert len(keys) == 2


@pytest.mark.parametrize(
    ("day", "begun"),
    [("2026-06-30", "2026-01-01"), ("2026-07-01", "2026-07-01"), ("2026-12-31", "2026-07-01")],
)
def test_half_years_begin_in_january_and_july(day, begun):
    assert half_year_of(date.fromisoformat(day)) == date.fromisoformat(begun)


def test_the_keys_are_made_once_and_shown_without_what_is_secret(app):
    runner = app.test_cli_runner()
    keys_file = app.config["SETTINGS"].keys_file
    keys_file.unlink(missing_ok=True)
    assert runner.invoke(args=["keys", "make"]).exit_code == 0

    again, shown = runner.invoke(args=["keys", "make"]), runner.invoke(args=["keys", "show"])

    assert again.exit_code == 1
    assert "is there already" in again.output
    assert shown.output.startswith("localhost+")
    held = json.loads(keys_file.read_text())
    assert not any(held[name] in shown.output for name in ("ref", "wrap", "network", "ledger"))
