"""Days before today become moments of the past, always the same ones for the same words."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FIRST_HOUR, LAST_HOUR = 7, 21


class Almanac:
    """`now` is the moment of building; days to come are negative."""

    def __init__(self, now: datetime, zone: ZoneInfo) -> None:
        self.now = now
        self.zone = zone
        self.today = now.astimezone(zone).date()

    def date(self, day: float) -> date:
        """The calendar day."""
        return self.today - timedelta(days=round(day))

    def midnight(self, day: float) -> datetime:
        """The beginning of a day in the city's zone."""
        return datetime.combine(self.date(day), time(), self.zone)

    def moment(self, day: float, about: str, *, minute: int = 0) -> datetime:
        """A waking hour of that day, set by what it is about; parts of a day are taken as they are."""
        if day < 1 or day != int(day):
            return self.now - timedelta(days=day) + timedelta(minutes=minute)
        digest = hashlib.sha256(about.encode()).digest()
        minutes = int.from_bytes(digest[:4], "big") % ((LAST_HOUR - FIRST_HOUR) * 60)
        start = datetime.combine(self.date(day), time(FIRST_HOUR), self.zone)
        return start + timedelta(minutes=minutes + minute)
