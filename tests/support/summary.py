"""What ran, in one sentence at the end of a run: nothing is left out in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def what_ran(nodeids: Iterable[str]) -> str:
    """How many tests ran on which engine, in the browser, and without either."""
    places = Counter(_place(nodeid) for nodeid in nodeids)
    told = [
        f"{places[place]} {place}"
        for place in ("on SQLite", "on PostgreSQL", "in Chromium", "without a database")
    ]
    return "Ran: " + ", ".join(told) + "."


def _place(nodeid: str) -> str:
    """Where a test ran, by its folder and the engine in its name."""
    if nodeid.startswith("tests/browser/"):
        return "in Chromium"
    for engine, place in (("postgresql", "on PostgreSQL"), ("sqlite", "on SQLite")):
        if engine in nodeid.partition("[")[2]:
            return place
    return "without a database"
