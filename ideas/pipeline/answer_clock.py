"""The answer clock's figures: how many days to a decision, and how often in time. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from statistics import median
from typing import NamedTuple

DAY_S = 86_400


class Clock(NamedTuple):
    """One stretch in which a department owed an answer: begun, promised for, and stopped or still running."""

    department_id: int
    began: datetime
    promised: datetime
    stopped: datetime | None


class Figures(NamedTuple):
    """Of one department: stopped clocks, median days to the stop, and the share in time (0 to 1)."""

    decided: int
    median_days: float | None
    on_time: float | None


NO_FIGURES = Figures(0, None, None)


def figures(clocks: Iterable[Clock], *, now: datetime) -> dict[int, Figures]:
    """Per department. A clock past its date is late already; one that still runs says nothing yet."""
    by_department: dict[int, list[Clock]] = {}
    for clock in clocks:
        by_department.setdefault(clock.department_id, []).append(clock)
    return {key: _of(held, now) for key, held in by_department.items()}


def _of(clocks: list[Clock], now: datetime) -> Figures:
    days = [(clock.stopped - clock.began).total_seconds() / DAY_S for clock in clocks if clock.stopped]
    settled = [clock for clock in clocks if clock.stopped or clock.promised < now]
    in_time = sum(1 for clock in settled if clock.stopped and clock.stopped <= clock.promised)
    return Figures(
        decided=len(days),
        median_days=median(days) if days else None,
        on_time=in_time / len(settled) if settled else None,
    )
