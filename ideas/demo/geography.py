"""Boundaries of the districts: corners joined by wandering lines, the same for both neighbours. Pure."""

from __future__ import annotations

import json
import math
import random
from itertools import pairwise
from typing import Any

Point = tuple[float, float]

HALVINGS = 3
WANDER = 0.09
KM_PER_DEGREE = 111.32


def boundaries(drawing: dict[str, Any]) -> dict[str, str]:
    """GeoJSON polygons by slug. A line is drawn once, from the names of its ends, so no gap can open."""
    origin = drawing["origin"]["lon"], drawing["origin"]["lat"]
    return {
        district["slug"]: _polygon(district["corners"], drawing["corners"], origin)
        for district in drawing["district"]
    }


def _polygon(names: list[str], corners: dict[str, Point], origin: Point) -> str:
    ring: list[Point] = []
    for a, b in zip(names, names[1:] + names[:1], strict=True):
        ring += _line(a, b, corners)[:-1]
    if _area(ring) < 0:
        ring.reverse()
    points = [_degrees(point, origin) for point in [*ring, ring[0]]]
    return json.dumps({"type": "Polygon", "coordinates": [points]})


def _line(a: str, b: str, corners: dict[str, Point]) -> list[Point]:
    """From a to b; drawn in the order of the names and turned round where that is the wrong way."""
    first, last = sorted((a, b))
    dice = random.Random(f"{first}-{last}")  # noqa: S311 - a coastline keeps no secret
    points: list[Point] = [_pair(corners[first]), _pair(corners[last])]
    for _ in range(HALVINGS):
        points = _halved(points, dice)
    return points if a == first else points[::-1]


def _halved(points: list[Point], dice: random.Random) -> list[Point]:
    """Put a point between each two, pushed off the line by up to a share of its length."""
    finer = [points[0]]
    for (ax, ay), (bx, by) in pairwise(points):
        push = dice.uniform(-WANDER, WANDER)
        finer += [((ax + bx) / 2 - push * (by - ay), (ay + by) / 2 + push * (bx - ax)), (bx, by)]
    return finer


def _degrees(point: Point, origin: Point) -> list[float]:
    lon, lat = origin
    across = KM_PER_DEGREE * math.cos(math.radians(lat))
    return [round(lon + point[0] / across, 6), round(lat + point[1] / KM_PER_DEGREE, 6)]


def _area(ring: list[Point]) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def _pair(point: Any) -> Point:
    x, y = point
    return float(x), float(y)
