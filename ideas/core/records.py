"""Records that nobody can change: triggers against UPDATE, DELETE, REPLACE and TRUNCATE, on both engines.

This list is the law. Each migration that touches one of these tables calls
`protect()` afterwards (Alembic's batch mode drops triggers without a word), and
a test compares the list with the database.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

APPEND_ONLY = (
    "vote_event",
    "tree_leaf",
    "tree_head",
    "correction",
    "audit_log",
    "status_event",
    "answer",
    "assessment",
    "decision",
    "slip",
    "program_move",
    "result",
)
KEYS = {
    "tree_leaf": ("leaf_index", "event_id"),
    "tree_head": ("size",),
    "vote_event": ("id", "leaf_hash"),
    "result": ("id", "meeting_id idea_id"),
}
WORDING = "wording"

_POSTGRESQL_FUNCTIONS = (
    """
    CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
    """,
    """
    CREATE OR REPLACE FUNCTION redact_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.text IS NOT NULL AND NEW.text IS NULL AND NEW.redacted_why IS NOT NULL
         AND NEW.id = OLD.id AND NEW.digest = OLD.digest THEN RETURN NEW; END IF;
      RAISE EXCEPTION 'wording can only be redacted, once, with a reason';
    END $$
    """,
)


def protect(connection: Connection) -> None:
    """Create every trigger that is missing; those that are there are replaced."""
    there = set(inspect(connection).get_table_names())
    for statement in statements(connection.dialect.name, there):
        connection.execute(text(statement.replace(":", r"\:")))


def statements(dialect: str, there: set[str] | None = None) -> list[str]:
    """The SQL that protects the records on this engine, safe to run again; `there` limits the tables."""
    tables = [table for table in (*APPEND_ONLY, WORDING) if there is None or table in there]
    if dialect == "sqlite":
        return [line for table in tables for line in _sqlite(table)]
    return [*_POSTGRESQL_FUNCTIONS, *(line for table in tables for line in _postgresql(table))]


def trigger_names(dialect: str) -> set[str]:
    """The triggers that must be in the database."""
    return {
        line.split()[2]
        for line in statements(dialect)
        if line.split()[1] == "TRIGGER" and line.startswith("CREATE")
    }


def _sqlite(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    exists = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {_same(key)})"  # noqa: S608 - our own names
        for key in KEYS.get(table, ("id",))
    )
    update = (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}"
        if table != WORDING
        else (
            "CREATE TRIGGER wording_no_update BEFORE UPDATE ON wording "
            "WHEN NOT (OLD.text IS NOT NULL AND NEW.text IS NULL AND NEW.redacted_why IS NOT NULL "
            "AND NEW.id = OLD.id AND NEW.digest = OLD.digest) "
            "BEGIN SELECT RAISE(ABORT, 'wording can only be redacted, once, with a reason'); END"
        )
    )
    made = [
        update,
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {exists} {refuse}",
    ]
    return [line for create in made for line in (f"DROP TRIGGER IF EXISTS {create.split()[2]}", create)]


def _same(key: str) -> str:
    """Whether a row has the key of the new one; a key of two columns is two words."""
    return " AND ".join(f"{column} = NEW.{column}" for column in key.split())


def _postgresql(table: str) -> list[str]:
    update = "redact_only()" if table == WORDING else "refuse_change()"
    refuse = "EXECUTE FUNCTION refuse_change()"
    made = [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {update}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} {refuse}",
    ]
    return [
        line for create in made for line in (f"DROP TRIGGER IF EXISTS {create.split()[2]} ON {table}", create)
    ]
