"""The database: one typed Base, names for every constraint, and engines that keep the house's laws.

SQLite and PostgreSQL are equals. What differs between them is settled here
and in the few SQL functions below, so that no feature asks which one it runs on.
"""

from __future__ import annotations

import hashlib
import math
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Any, ClassVar

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Integer,
    LargeBinary,
    MetaData,
    String,
    event,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError, IntegrityError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import Float, TypeDecorator

from ideas.core.errors import Invalid, Refused
from ideas.core.transactions import is_writing

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
LOCK_WAIT_MS = 5000
REST_S = 5.0


class Timestamp(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets zones: taken off on the way in, put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment: it would mean another hour on another machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a timestamp needs its zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What every model is. Relationships say `lazy="raise_on_sql"`: a query names what it loads."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Timestamp(),
        bytes: LargeBinary(),
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            length=24,
            create_constraint=True,
            values_callable=lambda e: [m.value for m in e],
        ),
        str: String(),
    }


def choice(kind: type[StrEnum], name: str) -> Enum:
    """An enumerated column with a constraint of its own name, where a table has two of a kind."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        length=24,
        create_constraint=True,
        values_callable=lambda e: [member.value for member in e],
    )


BigId = BigInteger().with_variant(Integer(), "sqlite")


db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
migrate = Migrate()


def insert_into(model: type[Base]) -> Any:
    """An INSERT that knows ON CONFLICT, in this engine's own words."""
    if db.engine.dialect.name == "postgresql":
        return postgresql.insert(model)
    return sqlite.insert(model)


def take_turn(name: str) -> None:
    """Wait until nobody else is at `name`, and hold it until this transaction ends.

    For what no constraint can say, such as five codes a day. SQLite has one
    writer at a time anyway.
    """
    if db.engine.dialect.name == "postgresql":
        key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


@contextmanager
def one_of_a_kind(
    sentence: str, *, field: str | None = None, refusal: type[Refused] = Invalid
) -> Iterator[None]:
    """Ask the constraint: what the block adds is there once, or the sentence says so."""
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError:
        raise refusal(sentence, field=field) from None


def learn_the_tables() -> None:
    """Let the database count what many new rows changed, so that it plans by what is there now."""
    db.session.execute(text("ANALYZE"))


class log2_sum(GenericFunction[float]):  # noqa: N801 - SQL names are lower case
    """log2(2^a + 2^b), safe where 2^a alone would overflow; NULL stands for nothing at all."""

    type = Float()
    inherit_cache = True
    name = "log2_sum"


@compiles(log2_sum, "postgresql")
def _log2_sum_postgresql(element: log2_sum, compiler: SQLCompiler, **kw: Any) -> str:
    """Clamped at a distance of 60: beyond it PostgreSQL raises on underflow, and the sum is the larger."""
    a, b = (compiler.process(clause, **kw) for clause in element.clauses)
    distance = f"least(abs({a} - {b}), 60)"
    return f"coalesce(greatest({a}, {b}) + ln(1 + power(2::float8, -{distance})) / ln(2::float8), {a}, {b})"


def log2_sum_of(a: float | None, b: float | None) -> float | None:
    """The same in Python, for SQLite and for recounts."""
    if a is None or b is None:
        return b if a is None else a
    return max(a, b) + math.log2(1 + 2 ** -min(abs(a - b), 60.0))


class log2_total(GenericFunction[float]):  # noqa: N801
    """log2 of the sum of 2^x over rows whose x is not above zero; NULL for no rows."""

    type = Float()
    inherit_cache = True
    name = "log2_total"


@compiles(log2_total, "postgresql")
def _log2_total_postgresql(element: log2_total, compiler: SQLCompiler, **kw: Any) -> str:
    """Clamped at -1000: a double ends at 2^-1022, and PostgreSQL raises on underflow."""
    x = compiler.process(element.clauses, **kw)
    return f"ln(sum(power(2::float8, greatest({x}, -1000)))) / ln(2::float8)"


class _Log2Total:
    """The same for SQLite, row by row."""

    def __init__(self) -> None:
        self.sum = 0.0

    def step(self, x: float) -> None:
        """One row."""
        self.sum += 2.0 ** max(x, -1000.0)

    def finalize(self) -> float | None:
        """Nothing for no rows."""
        return math.log2(self.sum) if self.sum else None


class weeks_between(GenericFunction[float]):  # noqa: N801
    """How many weeks lie between two timestamps, with their fractions."""

    type = Float()
    inherit_cache = True
    name = "weeks_between"


@compiles(weeks_between, "postgresql")
def _weeks_between_postgresql(element: weeks_between, compiler: SQLCompiler, **kw: Any) -> str:
    a, b = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"extract(epoch FROM ({a} - {b}))::float8 / 604800"


def _weeks_between(a: str, b: str) -> float:
    return (datetime.fromisoformat(a) - datetime.fromisoformat(b)).total_seconds() / 604_800


def init_app(app: Flask) -> None:
    """Bind the database and its migrations to the app."""
    db.init_app(app)
    migrate.init_app(app, db, directory="migrations", render_as_batch=True, compare_type=True)
    with app.app_context():
        attend(db.engine)


def attend(engine: Engine) -> None:
    """Teach an engine the laws: how a transaction begins, and what SQLite must be told on each connection."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _greet_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
        event.listen(engine, "checkin", _note_use)
        event.listen(engine, "checkout", partial(_ask_after_a_rest, engine.dialect))


def _note_use(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["used_at"] = time.monotonic()


def _ask_after_a_rest(
    dialect: Dialect, connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object
) -> None:
    """A server may have gone while nobody spoke to it; one that spoke a moment ago is not asked again."""
    if time.monotonic() - record.info.get("used_at", time.monotonic()) < REST_S:
        return
    try:
        dialect.do_ping(connection)
    except Exception as gone:
        raise DisconnectionError from gone


def _greet_sqlite(connection: DBAPIConnection, _record: object) -> None:
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None
    connection.create_function("log2_sum", 2, log2_sum_of, deterministic=True)
    connection.create_function("sqrt", 1, _root, deterministic=True)
    connection.create_function("weeks_between", 2, _weeks_between, deterministic=True)
    connection.create_aggregate("log2_total", 1, _Log2Total)  # type: ignore[arg-type]
    for pragma in (
        f"busy_timeout={LOCK_WAIT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "mmap_size=0",
        "recursive_triggers=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _root(value: float | None) -> float | None:
    """The square root, which not every SQLite was built with."""
    return None if value is None else math.sqrt(value)


def _begin_sqlite(connection: Connection) -> None:
    """Reads see a snapshot and cannot write; writes take their lock before they read."""
    writing = is_writing()
    raw: Any = connection.connection.dbapi_connection
    if connection.info.get("writing") is not writing:
        raw.execute(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
        connection.info["writing"] = writing
    raw.execute("BEGIN IMMEDIATE" if writing else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    """The driver opens the transaction with its first statement, so the mode costs no round trip."""
    raw: Any = connection.connection.dbapi_connection
    if raw.read_only is not (not is_writing()):
        raw.read_only = not is_writing()
