"""The city itself: its name, zone, money, languages, and the few numbers it decides on."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, select
from sqlalchemy.orm import Mapped, mapped_column

from ideas.core.clock import town_now
from ideas.core.db import Base, db
from ideas.core.held import held


class City(Base):
    """One row. `population` is used where no districts are drawn yet."""

    __tablename__ = "city"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    zone: Mapped[str]
    currency: Mapped[str]
    languages: Mapped[list[str]] = mapped_column(JSON)
    population: Mapped[int] = mapped_column(default=0)
    minimum_age: Mapped[int] = mapped_column(default=14)
    eligible_months: Mapped[int] = mapped_column(default=24)
    answer_days: Mapped[int] = mapped_column(default=30)
    moderation_hours: Mapped[int] = mapped_column(default=8)
    appeal_days: Mapped[int] = mapped_column(default=183)
    house_rules: Mapped[str] = mapped_column(default="eu")
    imprint: Mapped[str] = mapped_column(default="")

    @property
    def zoneinfo(self) -> ZoneInfo:
        """The city's zone; every page speaks it."""
        return ZoneInfo(self.zone)


NOT_SET_UP = City(
    id=0,
    name="Ideas",
    zone="UTC",
    currency="EUR",
    languages=["en"],
    population=0,
    answer_days=30,
    moderation_hours=8,
    minimum_age=14,
    eligible_months=24,
    appeal_days=183,
    house_rules="eu",
    imprint="",
)


def city() -> City:
    """The city; every page asks for it."""
    return held("city", _read, of=(City,))


def _read() -> City:
    row = db.session.scalar(select(City).limit(1))
    if row is not None:
        db.session.expunge(row)
    return row or NOT_SET_UP


def city_day(moment: datetime) -> date:
    """The day of a moment as the city's calendar has it."""
    return moment.astimezone(city().zoneinfo).date()


def city_today() -> date:
    """The day that it is in the city."""
    return city_day(town_now())
