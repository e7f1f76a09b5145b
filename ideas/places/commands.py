"""Drawing the city's districts: one by one, or all at once from a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ideas.accounts.models import Person
from ideas.core.db import db, one_of_a_kind
from ideas.core.errors import TooLate, ensure
from ideas.core.events import record
from ideas.core.text import slug_or
from ideas.places.geometry import as_geojson
from ideas.places.models import District
from ideas.places.plan import Shape
from ideas.places.rules import may_keep_districts

NOT_YOURS = "Only administrators keep the districts."
TWIN = "There is already a district with this name, or one that reads the same."


class Drawn(NamedTuple):
    """What a file changed: how many districts are new, how many have a new boundary."""

    new: int
    redrawn: int


def create_district(*, by: Person, name: str, population: int) -> District:
    """A district without a boundary; one can be drawn later."""
    ensure(may_keep_districts(by), NOT_YOURS)
    district = District(slug=slug_or(name, "district"), name=name, population=population)
    with one_of_a_kind(TWIN, field="name"):
        db.session.add(district)
    record("district.created", actor=by, subject=district)
    return district


def edit_district(district: District, *, by: Person, name: str, population: int) -> None:
    """Change its name and people; its address stays."""
    ensure(may_keep_districts(by), NOT_YOURS)
    with one_of_a_kind(TWIN, field="name"):
        district.name, district.population = name, population
    record("district.edited", actor=by, subject=district)


def remove_district(district: District, *, by: Person) -> None:
    """Take away a district that nothing belongs to; the database knows whether something does."""
    ensure(may_keep_districts(by), NOT_YOURS)
    record("district.removed", actor=by, subject=district)
    try:
        with db.session.begin_nested():
            db.session.delete(district)
    except IntegrityError:
        raise TooLate(f"Ideas or people belong to {district.name}, so it stays.") from None


def draw_districts(shapes: Sequence[Shape], *, by: Person) -> Drawn:
    """Take over a whole file: new names become districts, known ones get the new boundary.

    A known district keeps its population where the file has none. All of it, or nothing.
    """
    ensure(may_keep_districts(by), NOT_YOURS)
    known = {district.slug: district for district in db.session.scalars(select(District))}
    new = 0
    for shape in shapes:
        key = slug_or(shape.name, "district")
        district = known.get(key)
        if district is None:
            district = known[key] = _added(shape, key)
            new += 1
        _redraw(district, shape)
        record("district.drawn", actor=by, subject=district)
    return Drawn(new, len(shapes) - new)


def _added(shape: Shape, slug: str) -> District:
    district = District(slug=slug, name=shape.name, population=0)
    with one_of_a_kind(TWIN):
        db.session.add(district)
    return district


def _redraw(district: District, shape: Shape) -> None:
    district.boundary = as_geojson(shape.boundary)
    if shape.population is not None:
        district.population = shape.population
