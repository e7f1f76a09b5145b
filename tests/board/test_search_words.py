"""What is typed becomes words, whoever typed it and however."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ideas.board import search

NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("benchs", "bench"),
        ("gardn", "garden"),
        ("tarffic", "traffic"),
        ("libxary", "library"),
        ("traees", "trees"),
    ],
)
def test_one_slip_of_the_finger_is_one_edit(typed, meant):
    assert search.is_one_edit(typed, meant)
    assert search.is_one_edit(meant, typed)


@pytest.mark.parametrize(("typed", "other"), [("bench", "beach2"), ("tree", "street"), ("park", "pram")])
def test_two_slips_are_another_word(typed, other):
    assert not search.is_one_edit(typed, other)


def test_a_word_that_somebody_wrote_is_never_widened():
    known = {"bench": 3, "beach": 9}

    assert search.groups_of(["bench"], known, ideas=100) == (("bench",),)


def test_the_beginning_of_a_word_is_no_mistake():
    assert search.groups_of(["garde"], {"garden": 3, "gardener": 1}, ideas=100) == (("garde",),)


def test_a_mistyped_word_looks_for_its_neighbours_the_commoner_first():
    known = {"bench": 3, "bunch": 9, "tree": 50}

    assert search.groups_of(["binch"], known, ideas=1000) == (("binch", "bunch", "bench"),)


def test_short_words_are_taken_as_they_are():
    assert search.groups_of(["tre"], {"true": 3}, ideas=100) == (("tre",),)


def test_words_of_every_fifth_idea_are_dropped_when_others_remain():
    known = {"the": 90, "city": 40, "canal": 2}

    assert search.groups_of(["the", "city", "canal"], known, ideas=100) == (("canal",),)
    assert search.groups_of(["the", "city"], known, ideas=100) == (("the",), ("city",))


def test_on_a_small_board_every_word_tells_something():
    assert search.groups_of(["bench", "canal"], {"bench": 4, "canal": 1}, ideas=5) == (("bench",), ("canal",))


def test_each_engine_reads_the_same_question_in_its_own_words():
    groups = (("canal",), ("binch", "bench"))

    assert search.in_fts5(groups) == '("canal"*) AND ("binch"* OR "bench"*)'
    assert search.in_tsquery(groups) == "('canal':*) & ('binch':* | 'bench':*)"


def test_a_novel_becomes_ten_words():
    words = search.asked_words("lorem ipsum dolor sit amet " + " ".join(f"word{n}" for n in range(5000)))

    assert len(words) == search.MOST_WORDS


def test_a_word_in_the_title_weighs_more_than_one_in_the_text():
    groups = (("canal",),)

    scores = [search.score(groups, title.split(), NOW) for title in ("the canal", "the canals", "the street")]

    assert scores == sorted(scores, reverse=True)


def test_two_years_halve_a_match():
    new = search.score((("canal",),), ["canal"], NOW)
    old = search.score((("canal",),), ["canal"], NOW - timedelta(days=2 * 365.25))

    assert new - old == pytest.approx(1.0)
