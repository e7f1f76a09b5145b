"""Alembic's environment: all in one transaction, foreign keys off while tables are rebuilt, then checked."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from ideas.core.db import Base, Timestamp, db
from ideas.core.records import protect
from ideas.core.transactions import _writing

NOT_OURS = "search_fts"


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Full-text tables and indexes are kept by hand."""
    return not (kind in {"table", "index"} and name is not None and name.startswith(NOT_OURS))


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """A migration names plain types: it must run when the models have moved on."""
    if kind == "type" and isinstance(item, Timestamp):
        return "sa.DateTime(timezone=True)"
    return False


def migrate(connection: Connection) -> None:
    """Run the migrations that are missing, then put the triggers back and check every reference."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        include_name=include_name,
        render_item=render_item,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()
        protect(connection)


def run() -> None:
    """Take a writing connection of the app's engine."""
    token = _writing.set(True)
    try:
        with db.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.rollback()
                raw = connection.connection.dbapi_connection
                assert raw is not None
                raw.execute("PRAGMA foreign_keys=OFF")
            migrate(connection)
            connection.commit()
            if connection.dialect.name == "sqlite":
                broken = connection.execute(text("PRAGMA foreign_key_check")).all()
                connection.rollback()
                connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]
                if broken:
                    raise SystemExit(f"The migration left broken references: {broken[:5]}")
    finally:
        _writing.reset(token)


_ = current_app
run()
