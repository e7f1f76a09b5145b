"""Finding districts: by name, by a point on the map, and their outlines for small pictures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import undefer

from ideas.core.db import db
from ideas.core.errors import Missing
from ideas.core.held import detached, held, known
from ideas.places.geometry import Boundary, Frame, bounds, contains, frame_around, parse_boundary, svg_path
from ideas.places.models import District

WIDTH = 320


class OutlineMap(NamedTuple):
    """The districts as one small picture: one outline in front, the others behind, perhaps a pin."""

    view_box: str
    path: str
    others: str
    x: float | None
    y: float | None


def districts() -> list[District]:
    """Every district by name, without its boundary."""
    return list(db.session.scalars(select(District).order_by(District.name)))


def district_by(slug: str) -> District:
    """One district, with its boundary."""
    found = db.session.scalar(
        select(District).where(District.slug == slug).options(undefer(District.boundary))
    )
    if found is None:
        raise Missing
    return found


def district_at(lon: float, lat: float) -> District | None:
    """The district that holds the point; the first by name where two overlap, None outside of all."""
    drawn = select(District).where(District.boundary.is_not(None)).order_by(District.name)
    for district in db.session.scalars(drawn.options(undefer(District.boundary))):
        if contains(_parsed(district.boundary or ""), lon, lat):
            return district
    return None


def outline_map(
    slug: str | None = None, *, lon: float | None = None, lat: float | None = None
) -> OutlineMap | None:
    """The picture of a district among its neighbours; None while no boundary is drawn."""
    rows = held("boundaries", _boundaries, of=(District,))
    if not rows:
        return None
    frame, paths = _drawn(rows, WIDTH)
    pin = frame.place(lon, lat) if lon is not None and lat is not None else (None, None)
    others = "".join(path for key, path in paths.items() if key != slug)
    return OutlineMap(frame.view_box, paths.get(slug or "", ""), others, *pin)


def _boundaries() -> tuple[tuple[str, str], ...]:
    drawn = select(District.slug, District.boundary).where(District.boundary.is_not(None))
    rows = db.session.execute(drawn.order_by(District.slug))
    return tuple((slug, boundary or "") for slug, boundary in rows)


def drawn_slugs() -> set[str]:
    """Which districts have a boundary."""
    return set(db.session.scalars(select(District.slug).where(District.boundary.is_not(None))))


def outline_of(boundaries: Sequence[Boundary], *, width: int = 320) -> OutlineMap | None:
    """The picture of boundaries that are not kept yet."""
    if not boundaries:
        return None
    frame = frame_around(bounds(*boundaries), width=width)
    paths = "".join(svg_path(boundary, frame) for boundary in boundaries)
    return OutlineMap(frame.view_box, paths, "", None, None)


@lru_cache(maxsize=256)
def _parsed(boundary: str) -> Boundary:
    return parse_boundary(boundary)


@lru_cache(maxsize=8)
def _drawn(rows: tuple[tuple[str, str], ...], width: int) -> tuple[Frame, dict[str, str]]:
    """Worked out once per process and change of a boundary: it takes longer than the whole page."""
    boundaries = {key: _parsed(boundary) for key, boundary in rows}
    frame = frame_around(bounds(*boundaries.values()), width=width)
    return frame, {key: svg_path(boundary, frame) for key, boundary in boundaries.items()}


def districts_by_id(ids: Collection[int]) -> dict[int, District]:
    """These districts among others, as every list names them."""
    return known("districts", ids, _by_id, of=District)


def _by_id() -> dict[int, District]:
    return {district.id: detached(district) for district in districts()}


def mean_population() -> float:
    """The people of a district on average; 0 while there are no districts."""
    known = districts_by_id(())
    return sum(district.population for district in known.values()) / len(known) if known else 0.0
