"""What the shared parts of the templates take."""

from __future__ import annotations

from typing import NamedTuple


class Tab(NamedTuple):
    """One of several views of the same thing, as `_parts.tabs` takes it."""

    label: str
    href: str
    is_on: bool


class Step(NamedTuple):
    """One step of a history, as `_parts.timeline` takes it; `state` is done, now, overdue or to_come."""

    title: str
    state: str
    note: str = ""
