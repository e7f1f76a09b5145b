"""Hours in which somebody sits at the desk: Monday to Friday, nine to five, in the city's zone."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(9), time(17)
SATURDAY = 5
LOOKS_BACK = timedelta(days=60)


def working_hours(start: datetime, end: datetime, zone: ZoneInfo) -> float:
    """The desk's hours between two moments; what is longer than 60 days ago counts from then."""
    since, until = max(start, end - LOOKS_BACK).astimezone(zone), end.astimezone(zone)
    day, total = since.date(), timedelta()
    while day <= until.date():
        if day.weekday() < SATURDAY:
            opens, closes = (datetime.combine(day, hour, zone) for hour in (OPENS, CLOSES))
            total += max(min(closes, until) - max(opens, since), timedelta())
        day += timedelta(days=1)
    return total / timedelta(hours=1)
