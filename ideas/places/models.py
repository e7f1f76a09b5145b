"""Districts: the parts of the city, with the people who live in them and their boundary."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from ideas.core.db import Base


class District(Base):
    """One part of the city. `boundary` is a GeoJSON geometry as text; empty until it is drawn.

    It can be as large as a page of photos, so a query that wants it says so.
    """

    __tablename__ = "district"
    __table_args__ = (CheckConstraint("population >= 0", name="population_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    population: Mapped[int] = mapped_column(default=0)
    boundary: Mapped[str | None] = mapped_column(Text, deferred=True, deferred_raiseload=True)
