"""The hours in which the desk keeps its promise."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ideas.moderation.working_hours import working_hours

LISBON = ZoneInfo("Europe/Lisbon")


def at(day, hour, minute=0):
    return datetime(
        2026, 11, day, hour, minute, tzinfo=UTC
    )  # Lisbon is at UTC in winter; the 23rd is a Monday


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (at(23, 9), at(23, 17), 8),
        (at(23, 10, 30), at(23, 11), 0.5),
        (at(23, 17), at(24, 9), 0),
        (at(20, 16), at(23, 10), 2),  # from Friday over the weekend
        (at(21, 9), at(22, 17), 0),  # a weekend
        (at(23, 12), at(23, 11), 0),
    ],
)
def test_only_the_hours_of_the_desk_count(start, end, hours):
    assert working_hours(start, end, LISBON) == hours
