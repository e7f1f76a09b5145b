"""Boundaries: what is read, what is refused and how, what they hold, how they are drawn."""

from __future__ import annotations

import json
import math
import re
from contextlib import suppress
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideas.places import geometry
from ideas.places.geometry import (
    as_geojson,
    bounds,
    contains,
    frame_around,
    parse_boundary,
    read_features,
    svg_path,
)

SQUARE = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]
HOLE = [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]]


def polygon(*rings: object) -> str:
    return json.dumps({"type": "Polygon", "coordinates": list(rings)})


def star(corners: list[float], lon: float, lat: float) -> str:
    """A ring around a point: one corner per radius, so it is simple and holds the point."""
    turn = 2 * math.pi / len(corners)
    ring = [
        [lon + radius * math.cos(n * turn), lat + radius * math.sin(n * turn)]
        for n, radius in enumerate(corners)
    ]
    return polygon([*ring, ring[0]])


stars = st.builds(
    star,
    st.lists(st.floats(0.01, 0.5), min_size=3, max_size=60),
    st.floats(-170, 170),
    st.floats(-80, 80),
)


def test_a_point_inside_is_inside_and_one_in_a_hole_or_beyond_is_not():
    ring_road = parse_boundary(polygon(SQUARE, HOLE))

    assert contains(ring_road, 2, 2)
    assert not contains(ring_road, 5, 5)
    assert not contains(ring_road, 11, 5)


def test_an_island_belongs_to_the_same_district():
    island = [[[20, 20], [22, 20], [22, 22], [20, 22], [20, 20]]]

    both = parse_boundary({"type": "MultiPolygon", "coordinates": [[SQUARE], island]})

    assert contains(both, 1, 1)
    assert contains(both, 21, 21)
    assert not contains(both, 15, 15)


@given(stars, st.floats(-180, 180), st.floats(-90, 90))
def test_nothing_outside_of_its_box_is_inside_a_boundary(drawn, lon, lat):
    boundary = parse_boundary(drawn)
    west, south, east, north = bounds(boundary)

    if not (west <= lon <= east and south <= lat <= north):
        assert not contains(boundary, lon, lat)


@given(stars)
def test_what_is_kept_is_what_was_read(drawn):
    boundary = parse_boundary(drawn)

    assert parse_boundary(as_geojson(boundary)) == boundary


@given(stars)
def test_a_drawing_stays_in_its_picture(drawn):
    boundary = parse_boundary(drawn)
    frame = frame_around(bounds(boundary))

    numbers = [float(n) for n in re.findall(r"-?[\d.]+", svg_path(boundary, frame))]

    assert all(-0.1 <= x <= frame.width + 0.1 for x in numbers[::2])
    assert all(-0.1 <= y <= frame.height + 0.1 for y in numbers[1::2])


def test_a_circle_of_a_thousand_points_is_drawn_with_a_few():
    circle = parse_boundary(star([0.3] * 1000, 9, 38))

    path = svg_path(circle, frame_around(bounds(circle)))

    assert 12 < path.count("L") < 60


def test_a_collection_is_read_with_what_it_says_about_each_shape():
    shape = {"type": "Polygon", "coordinates": [SQUARE]}
    city = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {"name": "Harbour"}, "geometry": shape}],
    }

    (harbour,) = read_features(json.dumps(city))

    assert harbour.properties == {"name": "Harbour"}
    assert contains(harbour.boundary, 5, 5)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("hello", "it is not even JSON (line 1)"),
        ("[1, 2]", "it must be one object"),
        ("[" * 200_000, "nested too deeply"),
        ('{"type": "FeatureCollection", "features": []}', "holds no shape"),
        ('{"type": "FeatureCollection"}', "no list of features"),
        ('{"type": "FeatureCollection", "features": [7]}', "this is no Feature"),
        ('{"type": "Feature", "geometry": null}', "it has no geometry"),
        ('{"type": "Point", "coordinates": [1, 2]}', "this is Point"),
        ('{"type": "Polygon", "coordinates": []}', "one of its polygons is empty"),
        ('{"type": "MultiPolygon", "coordinates": []}', "it is empty"),
        (polygon(SQUARE[:2]), "fewer than 4 points"),
        (polygon(SQUARE[:-1]), "not closed"),
        (polygon([[0, 0], [1, 1], [2, 2], [0, 0]]), "encloses nothing"),
        (polygon([[430000, 4580000]] * 4), "outside the globe"),
        (polygon([[float("nan"), 1]] * 4), "outside the globe"),
        (polygon([["1", "2"]] * 4), "not a pair of numbers"),
        (polygon([[True, 2]] * 4), "not a pair of numbers"),
        (polygon([[1]] * 4), "not a pair of numbers"),
    ],
)
def test_each_fault_of_a_file_has_its_sentence(text, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        parse_boundary(text)


def test_a_fault_names_the_shape_it_stands_in():
    good = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}
    bad = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [SQUARE[:-1]]}}

    with pytest.raises(ValueError, match="Shape 2: a ring is not closed"):
        read_features({"type": "FeatureCollection", "features": [good, bad]})


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x)))
def test_no_nonsense_is_worse_than_a_sentence(coordinates):
    with suppress(ValueError):
        parse_boundary({"type": "MultiPolygon", "coordinates": coordinates})


def test_a_ring_that_goes_to_and_fro_without_end_is_drawn_coarsely(monkeypatch):
    """The whole server would wait for the square of its points."""
    asked = count()
    measured = geometry._distance
    monkeypatch.setattr(geometry, "_distance", lambda *points: (next(asked), measured(*points))[1])
    saw = [(i / 5_000, float(i % 2)) for i in range(5_000)]
    ring = ((*saw, saw[0]),)

    drawn = svg_path((ring,), frame_around(bounds((ring,))))

    assert drawn.startswith("M")
    assert next(asked) <= (geometry.MOST_WORK_PER_POINT + 1) * len(ring[0])
