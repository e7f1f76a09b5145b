"""What nobody can take back: raw SQL that changes a record is refused by the database itself."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from ideas.core.db import db
from ideas.core.records import APPEND_ONLY, WORDING, trigger_names
from ideas.core.transactions import reading, transaction
from ideas.voting.models import VoteEvent
from tests.voting.pressing import number_of, presses


@pytest.fixture
def voted(town):
    """A town with one vote event, and with one row in each table of the tree."""
    presses(town.idea(), town.resident())
    with transaction():
        event = db.session.scalar(text("SELECT id FROM vote_event"))
        db.session.execute(text("INSERT INTO tree_leaf VALUES (0, :event)"), {"event": event})
        db.session.execute(
            text("INSERT INTO tree_head VALUES (1, :root, 'note', :at)"),
            {"root": b"r" * 32, "at": "2026-11-25 08:00:00+00:00"},
        )
        db.session.execute(
            text(
                "INSERT INTO correction (rule, reason, n, before, after, published_at) "
                "VALUES ('R1', 'burst', 1, 2, 1, '2026-11-25 08:00:00+00:00')"
            )
        )
    return town


CHANGES = {
    "vote_event": "kind = 'retract'",
    "tree_leaf": "leaf_index = 7",
    "tree_head": "note = 'other'",
    "correction": "reason = 'other'",
    "status_event": "rule = 'other'",
}


@pytest.mark.parametrize("table", CHANGES)
def test_a_record_is_neither_changed_nor_deleted_nor_emptied(voted, table):
    attempts = [f"UPDATE {table} SET {CHANGES[table]}", f"DELETE FROM {table}"]
    if db.engine.dialect.name == "sqlite":
        attempts += [
            f"REPLACE INTO {table} SELECT * FROM {table}",
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        ]
    else:
        attempts += [f"TRUNCATE {table} CASCADE"]
    before = rows_of(table)
    assert before

    for attempt in attempts:
        with pytest.raises(DBAPIError, match="append-only"), transaction():
            db.session.execute(text(attempt))

    assert rows_of(table) == before


def test_an_upsert_is_no_way_around(voted):
    upsert = (
        "INSERT INTO vote_event (id, idea_id, kind, leaf, leaf_hash, not_before) "
        "SELECT id, idea_id, 'retract', leaf, leaf_hash, not_before FROM vote_event WHERE true "
        "ON CONFLICT (id) DO UPDATE SET kind = 'retract'"
    )

    with pytest.raises(DBAPIError, match="append-only"), transaction():
        db.session.execute(text(upsert))

    assert number_of(VoteEvent, VoteEvent.kind == "retract") == 0


def test_the_database_has_exactly_the_triggers_of_the_list(app):
    """Those that keep the search are no law and not in it."""
    with reading():
        there = set(db.session.scalars(text(TRIGGERS[db.engine.dialect.name])))

    assert there == trigger_names(db.engine.dialect.name)


TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name <> 'search_entry'",
    "postgresql": (
        "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND relname <> 'search_entry'"
    ),
}


def test_every_table_of_the_list_is_there(app):
    with reading():
        assert set(APPEND_ONLY) <= set(inspect(db.session.connection()).get_table_names())


def test_nothing_that_is_a_record_goes_away_with_something_else(app):
    with reading():
        tables = inspect(db.session.connection())
        for table in tables.get_table_names():
            for key in tables.get_foreign_keys(table):
                assert key.get("options", {}).get("ondelete") is None, (table, key)


def rows_of(table):
    with reading():
        return [tuple(row) for row in db.session.execute(text(f"SELECT * FROM {table}"))]


@pytest.mark.parametrize("table", [*APPEND_ONLY, WORDING])
def test_no_key_of_a_record_can_be_replaced_by_a_tool_that_knows_nothing_of_us(app, table):
    """SQLite's REPLACE deletes without a word where a connection has not been told otherwise."""
    if db.engine.dialect.name != "sqlite":
        return
    with reading():
        guard = db.session.scalar(
            text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": f"{table}_no_replace"}
        )
        looked_at = inspect(db.session.connection())
        keys: list[Any] = [looked_at.get_pk_constraint(table)["constrained_columns"]]
        keys += [each["column_names"] for each in looked_at.get_unique_constraints(table)]
        keys += [each["column_names"] for each in looked_at.get_indexes(table) if each["unique"]]

    for key in keys:
        assert " AND ".join(f"{column} = NEW.{column}" for column in key) in guard
