"""The maps of two real cities, read whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from ideas.places.geometry import bounds, contains, frame_around, read_features, svg_path
from ideas.places.plan import name_choices, shapes_of

MAPS = Path(__file__).parents[2].parent / "shared" / "data" / "geo"

pytestmark = pytest.mark.soak


def real(name: str):
    path = MAPS / name
    if not path.exists():
        pytest.fail(f"{path} is absent: put the file there to run this test.")
    return read_features(path.read_text(encoding="utf-8"))


def test_barcelona_has_ten_districts_and_the_cathedral_is_in_ciutat_vella():
    features = real("barcelona-districts.geojson")

    assert "NOM" in name_choices(features)
    shapes = shapes_of(features, name="NOM")
    assert len(shapes) == 10
    assert [s.name for s in shapes if contains(s.boundary, 2.1763, 41.3839)] == ["Ciutat Vella"]


def test_orlando_is_read_and_drawn_small():
    features = real("orlando.geojson")

    assert name_choices(features)[0] == "name"
    shapes = shapes_of(features, name="name")
    frame = frame_around(bounds(*(shape.boundary for shape in shapes)))
    assert sum(len(svg_path(shape.boundary, frame)) for shape in shapes) < 40_000
