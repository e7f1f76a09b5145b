"""What a file of shapes would make of the city's districts, worked out before anything is kept. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ideas.core.text import one_line, slug_or
from ideas.places.geometry import Boundary, Feature

LIKELY_NAMES = ("name", "nom", "nombre", "nome", "naam", "district", "label", "title")
SHORTEST, LONGEST = 2, 60
MOST_DISTRICTS = 500
MOST_PEOPLE = 50_000_000


class Shape(NamedTuple):
    """One district to be: its name, its boundary, how many shapes of the file it is made of."""

    name: str
    boundary: Boundary
    population: int | None
    parts: int

    @property
    def points(self) -> int:
        """How many points its boundary has."""
        return sum(len(ring) for polygon in self.boundary for ring in polygon)


def name_choices(features: Sequence[Feature]) -> list[str]:
    """The properties that can be names, the likeliest first: words in every shape, as different as can be."""
    kept = [key for key in _shared_keys(features) if all(_is_name(f.properties[key]) for f in features)]
    return sorted(kept, key=lambda key: (_rank(key), -len({f.properties[key] for f in features}), key))


def number_choices(features: Sequence[Feature]) -> list[str]:
    """The properties that can be a population: a whole number in every shape."""
    keys = _shared_keys(features)
    return [key for key in keys if all(_people(f.properties[key]) is not None for f in features)]


def shapes_of(features: Sequence[Feature], *, name: str, population: str = "") -> list[Shape]:
    """The districts of the file; shapes of one name become one district with several parts.

    Raises ValueError with a sentence when a shape has no such name, or a name cannot be one.
    """
    grouped: dict[str, list[Feature]] = {}
    for number, feature in enumerate(features, 1):
        grouped.setdefault(_name_in(feature, name, number), []).append(feature)
    if len(grouped) > MOST_DISTRICTS:
        raise ValueError(
            f"The file names {len(grouped)} districts; the city can have {MOST_DISTRICTS} at most."
        )
    _refuse_twins(grouped)
    return [_shape(title, parts, population) for title, parts in grouped.items()]


def _refuse_twins(names: Iterable[str]) -> None:
    """Two names that differ by an accent alone would be one address."""
    seen: dict[str, str] = {}
    for name in names:
        twin = seen.setdefault(slug_or(name, "district"), name)
        if twin != name:
            raise ValueError(f"“{twin}” and “{name}” read the same. Give them names that differ.")


def _shape(name: str, parts: list[Feature], population: str) -> Shape:
    people = [_people(part.properties.get(population)) for part in parts] if population else [None]
    total = sum(count or 0 for count in people) if any(count is not None for count in people) else None
    return Shape(name, tuple(polygon for part in parts for polygon in part.boundary), total, len(parts))


def _name_in(feature: Feature, key: str, number: int) -> str:
    value = feature.properties.get(key)
    if not _is_name(value):
        raise ValueError(f"Shape {number} has no name in “{key}”.")
    try:
        name = one_line(str(value)).strip()
    except ValueError:
        raise ValueError(f"The name of shape {number} has characters that cannot be kept.") from None
    if not SHORTEST <= len(name) <= LONGEST:
        raise ValueError(
            f"Shape {number} is called “{name[:LONGEST]}”; a name has {SHORTEST} to {LONGEST} characters."
        )
    return name


def _shared_keys(features: Iterable[Feature]) -> list[str]:
    first, *others = [feature.properties for feature in features]
    return [key for key in first if _is_legible(key) and all(key in other for other in others)]


def _is_legible(key: str) -> bool:
    try:
        return 0 < len(key) <= LONGEST and one_line(key) == key
    except ValueError:
        return False


def _rank(key: str) -> int:
    word = key.casefold()
    return LIKELY_NAMES.index(word) if word in LIKELY_NAMES else len(LIKELY_NAMES)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _people(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return None
    return int(value) if 0 <= value <= MOST_PEOPLE and value == int(value) else None
