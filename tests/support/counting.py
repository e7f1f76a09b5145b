"""Counting statements, so that a page's cost is a number in a test."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from sqlalchemy import Engine, event


class QueryCount:
    """The statements sent while the block ran."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.statements: list[str] = []

    def _note(self, _conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self.statements.append(statement)

    def __enter__(self) -> QueryCount:
        event.listen(self.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        event.remove(self.engine, "before_cursor_execute", self._note)

    @property
    def number(self) -> int:
        """How many."""
        return len(self.statements)

    def __str__(self) -> str:
        return "\n".join(f"{n}. {statement}" for n, statement in enumerate(self.statements, 1))


def counted_queries(engine: Engine) -> QueryCount:
    """A counter for one engine."""
    return QueryCount(engine)
