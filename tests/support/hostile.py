"""What nobody types by hand, which fields an act asks for, and what a refused act wrote after all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, ClassVar

from flask import Flask, Request
from sqlalchemy import Engine, event
from werkzeug.datastructures import ImmutableMultiDict

WORDS: dict[str, list[str]] = {
    "nothing": [""],
    "spaces": ["   \t "],
    "too much": ["long " * 4000],
    "control characters": ["a\x00b\x07c\x1b[31m"],
    "an override": ["pay \u202eevil\u202c \u2066now\u2069"],
    "marks": ["Z" + "\u0301" * 500 + "algo"],
    "nothing to see": ["\u200b\u200d\ufeff"],
    "markup": ["\"'><script>alert(1)</script><svg onload=alert(1)>{{7*7}}%(x)s %d {0}"],
    "a header": ["a\r\nBcc: all@example.org\r\n\r\n<b>"],
    "twice": ["1", "2"],
    "a number of nothing": ["999999999"],
    "a huger number": ["9" * 5000],
    "less than nothing": ["-1"],
    "no number": ["NaN"],
    "digits of elsewhere": ["١٢٣"],
    "a day of nowhen": ["0001-01-01"],
    "a moment at the edge": ["0001-01-01T00:00:00+23:59"],
    "another place": ["//evil.example/"],
}
RAW: dict[str, bytes] = {
    "a lone surrogate": b"%ED%A0%80",
    "half a sign": b"%C3",
    "no sign": b"%FF%FE",
    "half an escape": b"%",
}
_WRITES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)


class Heard(ImmutableMultiDict[str, str]):
    """A form or a query that remembers what it was asked for."""

    names: ClassVar[set[str]] = set()

    def _hear(self, name: Any) -> None:
        if isinstance(name, str) and name != "csrf_token":
            self.names.add(name)

    def __contains__(self, name: Any) -> bool:
        self._hear(name)
        return super().__contains__(name)

    def __getitem__(self, name: str) -> str:
        self._hear(name)
        return super().__getitem__(name)

    def get(self, name: str, *more: Any, **options: Any) -> Any:  # type: ignore[override]
        self._hear(name)
        return super().get(name, *more, **options)

    def getlist(self, name: str, *more: Any) -> Any:
        self._hear(name)
        return super().getlist(name, *more)


class _HearingRequest(Request):
    parameter_storage_class = Heard


@contextmanager
def hearing(app: Flask) -> Iterator[set[str]]:
    """While the block runs, the set gathers the names of all fields that views ask for."""
    before, app.request_class = app.request_class, _HearingRequest
    Heard.names = set()
    try:
        yield Heard.names
    finally:
        app.request_class = before


class Kept:
    """Which tables were written by transactions that were committed while the block ran."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.tables: set[str] = set()
        self._pending: set[str] = set()

    def _execute(self, _conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if found := _WRITES.match(statement):
            self._pending.add(found[2].lower())

    def _commit(self, _conn: Any) -> None:
        self.tables |= self._pending
        self._pending = set()

    def _rollback(self, _conn: Any) -> None:
        self._pending = set()

    def __enter__(self) -> Kept:
        event.listen(self.engine, "before_cursor_execute", self._execute)
        event.listen(self.engine, "commit", self._commit)
        event.listen(self.engine, "rollback", self._rollback)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        event.remove(self.engine, "before_cursor_execute", self._execute)
        event.remove(self.engine, "commit", self._commit)
        event.remove(self.engine, "rollback", self._rollback)
