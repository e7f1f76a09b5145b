"""Keyset pages: a page knows where the next begins by the last row's own values, never by a count."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")
LONGEST_CURSOR = 200
LARGEST_NUMBER = 2**31 - 1


class Slice(NamedTuple, Generic[T]):
    """Some rows, and the cursor of the next page or None."""

    items: Sequence[T]
    next: str | None


def slice_of(rows: Sequence[T], size: int, position: Callable[[T], tuple[Any, ...]]) -> Slice[T]:
    """Cut `size + 1` fetched rows to a page; `position` gives the order values of a row."""
    if len(rows) <= size:
        return Slice(rows, None)
    return Slice(rows[:size], encode_cursor(*position(rows[size - 1])))


def encode_cursor(*values: Any) -> str:
    """The values as a word for an address."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def decode_cursor(text: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """The values again, each of its kind; None for nothing and for nonsense."""
    if not text or len(text) > LONGEST_CURSOR:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return tuple(_read(value, kind) for value, kind in zip(values, kinds, strict=True))
    except (ValueError, TypeError, RecursionError, OverflowError):
        return None


def _read(value: Any, kind: type) -> Any:
    if kind is datetime:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError("a moment without its zone")
        return moment.astimezone(UTC)  # at the edges of the calendar there is none
    if kind is int and (isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST_NUMBER):
        raise ValueError("not a whole number that a row can have")
    return float(value) if kind is float else kind(value)
