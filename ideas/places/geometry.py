"""Boundaries: read from GeoJSON, checked, asked what they hold, and drawn small. Pure.

Longitude comes first, as in GeoJSON; both in degrees of WGS 84. A boundary is
one or more polygons; a polygon is an outer ring and its holes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
Boundary = tuple[Polygon, ...]

MOST_POINTS = 250_000
DECIMALS = 6  # eleven centimetres on the ground
FEWEST_IN_RING = 4
MOST_WORK_PER_POINT = 20  # real maps need about ten


class Feature(NamedTuple):
    """One shape of a file: what the file says about it, and its boundary."""

    properties: dict[str, Any]
    boundary: Boundary


class Box(NamedTuple):
    """The smallest box around something, in degrees."""

    west: float
    south: float
    east: float
    north: float


class Frame(NamedTuple):
    """A picture's size and how degrees become its pixels, north up."""

    west: float
    north: float
    per_lon: float
    per_lat: float
    margin: float
    width: int
    height: int

    @property
    def view_box(self) -> str:
        """As the SVG attribute has it."""
        return f"0 0 {self.width} {self.height}"

    def place(self, lon: float, lat: float) -> Point:
        """Where a point lies in the picture."""
        x = self.margin + (lon - self.west) * self.per_lon
        y = self.margin + (self.north - lat) * self.per_lat
        return round(x, 1), round(y, 1)


def parse_boundary(geojson: str | dict[str, Any]) -> Boundary:
    """The boundary in a geometry, a Feature or a collection; ValueError says in a sentence what is wrong."""
    return tuple(polygon for feature in read_features(geojson) for polygon in feature.boundary)


def read_features(geojson: str | dict[str, Any]) -> list[Feature]:
    """Every shape of a file, in its order; ValueError says in a sentence which one is wrong and how."""
    top = _loaded(geojson) if isinstance(geojson, str) else geojson
    found = _features_of(top)
    if not found:
        raise ValueError("The file holds no shape.")
    read = []
    for number, feature in enumerate(found, 1):
        where = f"Shape {number}: " if len(found) > 1 else ""
        try:
            read.append(_feature(feature))
        except ValueError as fault:
            raise ValueError(f"{where}{fault}") from None
    if sum(len(ring) for feature in read for ring in _rings(feature.boundary)) > MOST_POINTS:
        raise ValueError(f"The file has more than {MOST_POINTS:,} points. Simplify it and try again.")
    return read


def as_geojson(boundary: Boundary) -> str:
    """The boundary as a MultiPolygon, compact, as it is kept."""
    return json.dumps({"type": "MultiPolygon", "coordinates": boundary}, separators=(",", ":"))


def contains(boundary: Boundary, lon: float, lat: float) -> bool:
    """Whether the point lies in one of the polygons and in none of its holes (even-odd rule)."""
    return any(sum(_crossings(ring, lon, lat) for ring in polygon) % 2 == 1 for polygon in boundary)


def bounds(*boundaries: Boundary) -> Box:
    """The box around one boundary or several."""
    points = [point for boundary in boundaries for ring in _rings(boundary) for point in ring]
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return Box(min(lons), min(lats), max(lons), max(lats))


def frame_around(box: Box, *, width: int = 320, margin: float = 6, tallest: int = 400) -> Frame:
    """A picture that fits the box with its true proportions at its middle latitude."""
    shrink = max(math.cos(math.radians((box.south + box.north) / 2)), 0.01)
    across, down = max((box.east - box.west) * shrink, 1e-9), max(box.north - box.south, 1e-9)
    scale = min((width - 2 * margin) / across, (tallest - 2 * margin) / down)
    return Frame(
        west=box.west,
        north=box.north,
        per_lon=scale * shrink,
        per_lat=scale,
        margin=margin,
        width=max(round(across * scale + 2 * margin), 1),
        height=max(round(down * scale + 2 * margin), 1),
    )


def svg_path(boundary: Boundary, frame: Frame, *, tolerance: float = 0.8) -> str:
    """SVG path data of the outline, without the points that no eye would miss at this size (pixels)."""
    drawn = (_thinned([frame.place(*point) for point in ring], tolerance) for ring in _rings(boundary))
    return "".join(_path_of(ring) for ring in drawn if len(ring) >= FEWEST_IN_RING)


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("The file is nested too deeply to be a map.") from None
    except ValueError as fault:
        line = f" (line {fault.lineno})" if isinstance(fault, json.JSONDecodeError) else ""
        raise ValueError(f"This is not a GeoJSON file: it is not even JSON{line}.") from None


def _features_of(top: Any) -> list[Any]:
    if not isinstance(top, dict):
        raise ValueError("This is not a GeoJSON file: it must be one object with a type.")
    if top.get("type") == "FeatureCollection":
        features = top.get("features")
        if not isinstance(features, list):
            raise ValueError("The collection has no list of features.")
        return features
    return [top if top.get("type") == "Feature" else {"type": "Feature", "geometry": top}]


def _feature(feature: Any) -> Feature:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise ValueError("this is no Feature.")
    properties, geometry = feature.get("properties"), feature.get("geometry")
    if not isinstance(geometry, dict):
        raise ValueError("it has no geometry.")
    return Feature(properties if isinstance(properties, dict) else {}, _boundary(geometry))


def _boundary(geometry: dict[str, Any]) -> Boundary:
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in {"Polygon", "MultiPolygon"}:
        word = kind if isinstance(kind, str) and kind else "nothing"
        raise ValueError(f"a district is a Polygon or a MultiPolygon, and this is {word[:40]}.")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        raise ValueError("it is empty.")
    return tuple(_polygon(rings) for rings in polygons)


def _polygon(rings: Any) -> Polygon:
    if not isinstance(rings, list) or not rings:
        raise ValueError("one of its polygons is empty.")
    return tuple(_ring(points) for points in rings)


def _ring(points: Any) -> Ring:
    if not isinstance(points, list) or len(points) < FEWEST_IN_RING:
        raise ValueError(f"a ring has fewer than {FEWEST_IN_RING} points.")
    ring = tuple(_point(point) for point in points)
    if ring[0] != ring[-1]:
        raise ValueError("a ring is not closed: its last point must be its first.")
    if abs(_doubled_area(ring)) == 0:
        raise ValueError("a ring encloses nothing: all its points lie on one line.")
    return ring


def _point(point: Any) -> Point:
    numbers = point[:2] if isinstance(point, list) else []
    if len(numbers) < 2 or not all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers):
        raise ValueError("a point is not a pair of numbers.")
    lon, lat = numbers
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise ValueError(
            f"the point {str(lon)[:20]}, {str(lat)[:20]} lies outside the globe. Save the file with "
            "longitude and latitude in degrees (EPSG:4326)."
        )
    return round(float(lon), DECIMALS), round(float(lat), DECIMALS)


def _doubled_area(ring: Ring) -> float:
    """Twice the signed area, measured from the first point so that small rings keep their digits."""
    x0, y0 = ring[0]
    return sum((ax - x0) * (by - y0) - (bx - x0) * (ay - y0) for (ax, ay), (bx, by) in pairwise(ring))


def _rings(boundary: Boundary) -> Iterator[Ring]:
    for polygon in boundary:
        yield from polygon


def _crossings(ring: Ring, lon: float, lat: float) -> int:
    """How often a ray from the point to the east crosses the ring."""
    return sum(
        (ay > lat) != (by > lat) and lon < (bx - ax) * (lat - ay) / (by - ay) + ax
        for (ax, ay), (bx, by) in pairwise(ring)
    )


def _thinned(points: list[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker without recursion: keep what strays further than the tolerance from the line.

    Its work grows with the square of the points where a ring goes to and fro
    without end; such a ring, which no picture shows, is drawn coarsely instead.
    """
    points = _apart(points, tolerance / 2)
    work_left = MOST_WORK_PER_POINT * len(points)
    keep, spans = {0, len(points) - 1}, [(0, len(points) - 1)]
    middle = len(points) // 2
    if points[0] == points[-1] and middle:
        keep.add(middle)
        spans = [(0, middle), (middle, len(points) - 1)]
    while spans and work_left > 0:
        first, last = spans.pop()
        work_left -= last - first
        far, index = _furthest(points, first, last)
        if far > tolerance:
            keep.add(index)
            spans += [(first, index), (index, last)]
    return [points[index] for index in sorted(keep)]


def _apart(points: list[Point], least: float) -> list[Point]:
    """Without the points that lie on the one before, at the size of the picture; both ends stay."""
    kept = points[:1]
    for x, y in points[1:-1]:
        if abs(x - kept[-1][0]) >= least or abs(y - kept[-1][1]) >= least:
            kept.append((x, y))
    return [*kept, *points[-1:]]


def _furthest(points: list[Point], first: int, last: int) -> tuple[float, int]:
    a, b = points[first], points[last]
    return max(
        ((_distance(points[index], a, b), index) for index in range(first + 1, last)), default=(0.0, first)
    )


def _distance(point: Point, a: Point, b: Point) -> float:
    """From the point to the line through a and b; to a itself where the two are one."""
    (px, py), (ax, ay), (bx, by) = point, a, b
    length = math.hypot(bx - ax, by - ay)
    if length == 0:
        return math.hypot(px - ax, py - ay)
    return abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / length


def _path_of(ring: list[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in ring[:-1]) + "Z"
