"""Districts: drawn by administrators, from a file or by hand, all of it or nothing."""

from __future__ import annotations

import json

import pytest

from ideas.core.errors import NotAllowed, TooLate
from ideas.core.transactions import transaction
from ideas.places.commands import create_district, draw_districts, remove_district
from ideas.places.geometry import parse_boundary
from ideas.places.plan import Shape, name_choices, number_choices, shapes_of
from ideas.places.queries import district_at, district_by, districts, outline_map


def square(west: float, south: float, size: float = 1) -> dict[str, object]:
    ring = [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
    ]
    return {"type": "Polygon", "coordinates": [ring]}


def city_file(*names: str, **more: object) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "id": f"D{n}", "people": 1000 * n},
            "geometry": square(n, 0),
        }
        for n, name in enumerate(names, 1)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **more})


def upload(page, text: str | bytes):
    """Choose a file and press; the body is built here because the client would leave a file open."""
    form, _button = page.form_of("Look at the file")
    token = next(field.get("value") for field in form.iter("input") if field.get("name") == "csrf_token")
    body = text if isinstance(text, bytes) else text.encode()
    parts = (
        b'--edge\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token.encode() + b"\r\n"
        b'--edge\r\nContent-Disposition: form-data; name="file"; filename="city.geojson"\r\n'
        b"Content-Type: application/geo+json\r\n\r\n" + body + b"\r\n--edge--\r\n"
    )
    return page.browser._ask(
        "POST", "/desk/districts/file", data=parts, content_type="multipart/form-data; boundary=edge"
    )


def test_a_point_belongs_to_the_district_around_it(town):
    with transaction():
        draw_districts([Shape("Old Harbour", parse_boundary(square(0, 0)), None, 1)], by=town.administrator())

    found = district_at(0.5, 0.5)

    assert found is not None
    assert found.name == "Old Harbour"
    assert district_at(5, 5) is None


def test_a_file_draws_known_districts_anew_and_adds_the_others(town, browse):
    eva = browse(town.administrator())

    page = upload(eva.visits("/desk/districts"), city_file("Old Harbour", "Hillside"))
    assert page.says("Nothing is kept yet")
    assert page.says("Old Harbour")
    assert page.says("Hillside")
    after = page.press("Take over 2 districts")

    assert after.says("1 district is new, 1 redrawn.")
    assert {d.name for d in districts()} == {"Eastfield", "Hillside", "Old Harbour"}
    assert district_by("old-harbour").population == 32_000
    drawn = outline_map("hillside")
    assert drawn is not None
    assert drawn.path.startswith("M")


def test_the_population_can_come_from_the_file(town, browse):
    eva = browse(town.administrator())
    page = upload(eva.visits("/desk/districts"), city_file("Old Harbour", "Hillside"))

    chosen = page.press("Show", population="people")
    assert chosen.says("2,000 people")
    chosen.press("Take over 2 districts")

    assert district_by("hillside").population == 2000


def test_looking_at_a_file_changes_nothing(town, browse):
    eva = browse(town.administrator())

    upload(eva.visits("/desk/districts"), city_file("Hillside"))

    assert [d.name for d in districts()] == ["Eastfield", "Old Harbour"]


def test_a_file_of_more_than_a_megabyte_is_taken(town, browse):
    eva = browse(town.administrator())

    page = upload(eva.visits("/desk/districts"), city_file("Hillside", note="x" * 3_000_000))

    assert page.status == 200
    assert page.says("What the file holds")


def test_a_file_of_more_than_ten_megabytes_is_refused_in_words(town, browse):
    eva = browse(town.administrator())

    page = upload(eva.visits("/desk/districts"), city_file("Hillside", note="x" * 11_000_000))

    assert page.status == 413


def test_other_pages_stay_at_one_megabyte(town, browse):
    eva = browse(town.administrator())

    page = eva.visits("/desk/districts/new").press("Add this district", name="x" * 2_000_000)

    assert page.status == 413


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"\xff\xfe\x00", "not written in UTF-8"),
        ("not a map", "not even JSON"),
        (json.dumps({"type": "Point", "coordinates": [1, 2]}), "this is Point"),
    ],
)
def test_a_file_that_is_no_map_is_refused_with_its_fault(town, browse, text, sentence):
    eva = browse(town.administrator())

    page = upload(eva.visits("/desk/districts"), text)

    assert page.status == 422
    assert page.says(sentence)


def test_pressing_without_a_file_asks_for_one(town, browse):
    page = browse(town.administrator()).visits("/desk/districts").press("Look at the file")

    assert page.says("Choose a file first.")


def test_the_likeliest_property_is_offered_as_the_name(app):
    from ideas.places.geometry import read_features

    features = read_features(city_file("Old Harbour", "Hillside"))

    assert name_choices(features) == ["name", "id"]
    assert number_choices(features) == ["people"]


def test_shapes_of_one_name_become_one_district(app):
    from ideas.places.geometry import read_features

    features = read_features(city_file("Islands", "Islands"))

    (islands,) = shapes_of(features, name="name", population="people")

    assert islands.parts == 2
    assert islands.population == 3000


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (("A",), "a name has 2 to 60 characters"),
        (("São João", "Sao Joao"), "read the same"),
        (("Har\x00bour",), "characters that cannot be kept"),
        (("Har\ud800bour",), "characters that cannot be kept"),
        (("  ",), "has no name"),
    ],
)
def test_names_that_cannot_be_kept_are_refused(app, names, sentence):
    from ideas.places.geometry import read_features

    with pytest.raises(ValueError, match=sentence):
        shapes_of(read_features(city_file(*names)), name="name")


def test_a_wrong_name_property_in_the_address_is_a_sentence(town, browse):
    eva = browse(town.administrator())
    page = upload(eva.visits("/desk/districts"), city_file("Hillside"))

    again = eva.visits(page.url, query={"name": "nothing"})

    assert again.status == 200
    assert again.says("Shape 1 has no name in “nothing”.")


def test_a_district_is_added_changed_and_removed_by_hand(town, browse):
    eva = browse(town.administrator())

    page = eva.visits("/desk/districts/new").press("Add this district", name="Hillside", population="12000")
    assert page.says("Hillside is a district now.")
    page = eva.visits("/desk/districts/hillside/edit").press("Save", name="Hill Side", population="13000")
    assert page.says("Hill Side is saved.")
    page = eva.visits("/desk/districts/hillside/edit").press("Remove Hill Side")

    assert page.says("Hill Side is removed.")
    assert len(districts()) == 2


def test_two_districts_of_one_name_cannot_be(town, browse):
    page = browse(town.administrator()).visits("/desk/districts/new")

    refused = page.press("Add this district", name="Old Harbour", population="1")

    assert refused.status == 422
    assert refused.says("There is already a district with this name")
    assert len(districts()) == 2


def test_a_district_where_somebody_lives_stays(town):
    town.resident(district=town.harbour)

    with pytest.raises(TooLate, match="so it stays"), transaction():
        remove_district(town.harbour, by=town.administrator())


def test_nobody_but_administrators_draws(town):
    with pytest.raises(NotAllowed), transaction():
        create_district(by=town.moderator(), name="Hillside", population=1)


def test_the_list_costs_the_same_for_many_districts(town, browse, count_queries):
    eva = browse(town.administrator())
    eva.visits("/desk/districts")
    with count_queries() as few:
        eva.visits("/desk/districts")
    with transaction():
        for n in range(30):
            create_district(by=town.administrator(), name=f"Quarter {n}", population=n)
    eva.visits("/desk/districts")  # the boundaries are read again once

    with count_queries() as many:
        eva.visits("/desk/districts")

    assert many.number == few.number
