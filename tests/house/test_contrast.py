"""The colours of the house can be read: text 4.5 to 1, edges of what can be pressed 3 to 1, also at night."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "ideas/static/css/tokens.css"
TOKEN = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
THEMES = re.compile(r'@media \(prefers-color-scheme: dark\)|html\[data-theme="dark"\]')
GROUNDS = ("paper", "card")
STATES = (
    "open",
    "waiting",
    "under-review",
    "shortlisted",
    "before-council",
    "adopted",
    "in-delivery",
    "delivered",
    "aside",
)
INKS = ("ink", "soft", "link", "brand", "deep", "risk", "rust", "sun-ink", "aside")
HEADERS = ("header", "header-end", "header-desk", "header-council")
TEXT = [
    *((ink, ground) for ink in INKS for ground in GROUNDS),
    *((ink, ground) for ink in ("ink", "soft", "link") for ground in ("tint", "sun-tint", "risk-tint")),
    *((state, f"{state}-tint") for state in STATES),
    *(("on-header", header) for header in HEADERS),
    ("ink", "track"),
    ("deep", "tint"),
    ("brand", "tint"),
    ("risk", "risk-tint"),
    ("sun-ink", "sun-tint"),
    ("on-brand", "brand"),
    ("on-sun", "sun"),
]
BORDERS = [
    *((edge, ground) for edge in ("edge", "brand", "risk", "link") for ground in GROUNDS),
    *(("sun", header) for header in HEADERS),
]


def tokens(theme: str) -> dict[str, str]:
    """The colours of a theme; a dark one names only what it changes."""
    light, at_night, switched = THEMES.split(CSS.read_text())
    changed = {"light": "", "at night": at_night, "switched": switched}[theme]
    return dict(TOKEN.findall(light)) | dict(TOKEN.findall(changed))


def light_of(colour: str) -> float:
    """The relative luminance of a colour, as WCAG 2 has it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white."""
    dark, light = sorted((light_of(one), light_of(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "at night", "switched"])
@pytest.mark.parametrize(("least", "pairs"), [(4.5, TEXT), (3.0, BORDERS)], ids=["text", "borders"])
def test_every_pair_of_colours_can_be_told_apart(theme, least, pairs):
    colours = tokens(theme)

    weak = {f"{one} on {other}": round(contrast(colours[one], colours[other]), 2) for one, other in pairs}

    assert {pair: found for pair, found in weak.items() if found < least} == {}


def test_every_status_of_an_idea_has_its_colours():
    tinted = {name.removesuffix("-tint") for name in tokens("light") if name.endswith("-tint")}

    assert tinted - {"sun", "risk"} == set(STATES)


def test_the_night_and_the_switch_are_one_theme():
    assert tokens("at night") == tokens("switched")


def test_black_on_white_is_21_to_1():
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
