"""What changes once a year and is on every page: read again every few seconds, never per request."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app

T = TypeVar("T")
REREAD_AFTER_S = 15.0


def held(name: str, read: Callable[[], T]) -> T:
    """What `read` finds, at most fifteen seconds old in this process."""
    kept: dict[str, tuple[float, T]] = current_app.extensions.setdefault("held", {})
    found = kept.get(name)
    if found is None or time.monotonic() - found[0] >= REREAD_AFTER_S:
        found = kept[name] = (time.monotonic(), read())
    return found[1]


def forget(app: Flask) -> None:
    """Read everything again at the next page: after a change in this process, and between tests."""
    app.extensions.pop("held", None)
