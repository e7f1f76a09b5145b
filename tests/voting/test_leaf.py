"""The public leaf: anyone can recount an idea, and nobody can follow a resident from idea to idea."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideas.voting.fold import fold
from ideas.voting.leaf import leaf, leaf_hash, pseudonym, read_leaf, week_of
from ideas.voting.register import normalised_number
from ideas.voting.threshold import threshold

KEY, REF = b"k" * 32, b"r" * 32


def a_leaf(kind="cast", voice="one", version=1, level="verified"):
    return leaf(
        kind=kind, idea_id=42, pseudonym=voice, version=version, level=level, week="2026-W47", salt=b"s" * 16
    )


def test_a_leaf_is_canonical_json_and_tells_the_week_alone():
    text = a_leaf()

    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))
    assert set(read_leaf(text)) == {"v", "k", "i", "p", "n", "l", "d", "s"}
    assert read_leaf(text)["d"] == "2026-W47"


def test_its_hash_is_that_of_rfc_6962():
    assert leaf_hash("") == bytes.fromhex("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
    assert leaf_hash("abc") == hashlib.sha256(b"\x00abc").digest()


def test_a_resident_is_one_voice_under_an_idea_and_another_under_the_next():
    assert pseudonym(KEY, idea_id=7, ref=REF) == pseudonym(KEY, idea_id=7, ref=REF)
    assert pseudonym(KEY, idea_id=7, ref=REF) != pseudonym(KEY, idea_id=8, ref=REF)
    assert pseudonym(KEY, idea_id=7, ref=REF) != pseudonym(b"x" * 32, idea_id=7, ref=REF)


def test_a_week_belongs_to_the_year_of_its_thursday():
    assert week_of(date(2027, 1, 1)) == "2026-W53"
    assert week_of(date(2026, 11, 18)) == "2026-W47"


@pytest.mark.parametrize(
    ("kinds", "sums"),
    [
        (["cast"], {("verified", "clear"): 1}),
        (["cast", "retract"], {}),
        (["cast", "retract", "cast"], {("verified", "clear"): 1}),
        (["cast", "hold"], {("verified", "held"): 1}),
        (["cast", "hold", "retract", "cast"], {("verified", "held"): 1}),
        (["cast", "hold", "release"], {("verified", "clear"): 1}),
        (["cast", "void", "restore"], {("verified", "clear"): 1}),
        (["carry", "uncarry"], {}),
    ],
)
def test_what_events_add_up_to(kinds, sums):
    assert fold(a_leaf(kind) for kind in kinds) == sums


def test_voices_are_folded_apart():
    leaves = [a_leaf(voice="one"), a_leaf(voice="two", level="attested"), a_leaf("retract", voice="one")]

    assert fold(leaves) == {("attested", "clear"): 1}


@pytest.mark.parametrize(
    ("people", "needed"), [(0, 10), (900, 10), (10_000, 10), (10_201, 11), (32_000, 18), (10_000_000, 317)]
)
def test_the_threshold_grows_with_the_root_of_the_population(people, needed):
    assert threshold(people) == needed


@given(st.text(alphabet=" .-/_AB47cd11", min_size=1, max_size=30))
def test_a_number_is_the_same_however_it_is_written(typed):
    try:
        number = normalised_number(typed)
    except ValueError:
        return
    assert normalised_number(number) == number
    assert normalised_number(typed.lower()) == number
    assert number.isalnum()
