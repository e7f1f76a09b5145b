"""Searching the board finds the same ideas on both engines."""

from __future__ import annotations

import time

import pytest

from ideas.accounts.commands import change_profile
from ideas.accounts.models import Kind, Person
from ideas.board.models import Status
from ideas.core.db import db
from ideas.core.events import relay
from ideas.core.limits import limiter
from ideas.core.transactions import transaction


@pytest.fixture
def titles(browse):
    """What a guest finds for some words, in order."""

    def titles_of(q, **more):
        limiter.reset()
        page = browse().visits("/ideas", query={"q": q, **more})
        assert page.status == 200, page.status
        return ["".join(h.itertext()) for h in page.all("h3")]

    return titles_of


def test_words_are_found_in_any_order_and_by_their_beginning(town, titles):
    town.idea("Benches along the canal path")
    town.idea("A new roof for the library")

    assert titles("can bench") == ["Benches along the canal path"]
    assert titles("benches canal") == ["Benches along the canal path"]
    assert titles("librar") == ["A new roof for the library"]


def test_accents_and_capitals_make_no_difference(town, titles):
    town.idea("Café près de l’Étang Ønskeø")
    town.idea("Ελιές στην πλατεία της αγοράς")

    assert len(titles("CAFE etang")) == 1
    assert len(titles("onskeo")) == 1
    assert len(titles("πλατεια")) == 1


def test_a_typing_mistake_still_finds_what_was_meant(town, titles):
    town.idea("Benches along the canal path")
    town.idea("A new roof for the library")

    assert titles("benchs") == ["Benches along the canal path"]
    assert titles("libraryy") == ["A new roof for the library"]


def test_text_place_and_people_are_searched_too(town, titles):
    repair = town.person("Repair Circle", kind=Kind.ORGANISATION)
    idea = town.idea(
        "Somewhere to mend things", by=repair, body="Once a month, with tools and patience, for all."
    )

    assert titles("patience") == [idea.title]
    assert titles("repair circle") == [idea.title]


def test_who_changes_a_name_is_found_by_the_new_one(town, titles):
    ana = town.resident("Ana Ruiz")
    idea = town.idea("Somewhere to mend things", by=ana)

    with transaction():
        change_profile(db.session.get_one(Person, ana.id), display_name="Ana Berg", locale="en")
    relay()

    assert titles("berg") == [idea.title]
    assert titles("ruiz") == []


def test_a_word_in_the_title_comes_first(town, titles):
    town.idea("Fountains and more", body="There should be lanterns along the whole river path, please.")
    town.idea("Lanterns by the river")
    town.idea("Quiet hours at the pool", body="There are lanterns, but nobody ever turns them off at all.")

    assert titles("lanterns")[0] == "Lanterns by the river"


def test_what_has_only_some_of_the_words_is_shown_when_nothing_has_all(town, browse):
    town.idea("Benches along the canal path")

    page = browse().visits("/ideas", query={"q": "benches helicopter"})

    assert page.says("No idea has all of these words. These have some of them:")
    assert page.says("Benches along the canal path")


def test_nothing_found_says_what_to_do_next(town, browse):
    town.idea("Benches along the canal path")

    page = browse().visits("/ideas", query={"q": "helicopter"})

    assert page.says("0 ideas for “helicopter”")
    assert page.follow("Show all ideas").says("Benches along the canal path")


def test_figures_beside_the_filters_are_of_what_was_found(town, browse):
    town.idea("Benches along the canal path", topic=town.transit)
    town.idea("Benches in the park", topic=town.parks)
    town.idea("Something else entirely", topic=town.parks)

    page = browse().visits("/ideas", query={"q": "benches", "topic": "parks"})

    assert len(page.all("article")) == 1
    figures = {e.get("id"): e.text for e in page.all("span") if (e.get("id") or "").startswith("count-")}
    assert figures["count-topic-streets"] == "1"
    assert figures["count-topic-parks"] == "1"


def test_a_hidden_idea_is_never_found(town, titles):
    town.idea("Benches along the canal path", status=Status.HIDDEN)

    assert titles("benches") == []


def test_an_edited_idea_is_found_by_its_new_words(town, titles, browse):
    ana = town.resident()
    idea = town.idea("Benches along the canal path", by=ana)

    browse(ana).visits(f"/ideas/{idea.id}/edit").press(
        "Save the new words", title="Seats along the canal path"
    )

    assert titles("benches") == []
    assert titles("seats") == ["Seats along the canal path"]


@pytest.mark.parametrize(
    "q",
    [
        "%", "_", '"', "*", "NEAR(a b)", "a OR b", "NOT", "AND", "a AND", "(", ")", "^a", "a:b", "title:bench",  # noqa: E501
        "'", "';--", "\\", "a' | 'b", "!", "& |", "<->", "\x00bench", "🌳", "我们需要更多的树木", "شارع القناة",  # noqa: E501
        "{", "-", "+bench", "\u202ebench", "1e5 007 -5", "co-op's", "https://example.org/?a=b",
    ],
)  # fmt: skip
def test_no_words_break_the_search(town, titles, q):
    town.idea("Benches along the canal path")

    titles(q)


def test_ten_kilobytes_of_words_are_answered_quickly(town, titles):
    town.idea("Benches along the canal path")
    began = time.perf_counter()

    titles("bench tree canal " * 600)
    titles("x" * 10_000)
    titles('"' * 10_000)

    assert time.perf_counter() - began < 2
