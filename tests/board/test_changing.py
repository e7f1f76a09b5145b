"""What an author does with an idea that is there: edit it, or take it back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ideas.board.diff import Change, changes
from ideas.board.models import Idea, Status
from ideas.board.queries import visible_idea
from ideas.core.clock import clock_bound_to, town_now
from ideas.core.db import db
from ideas.core.transactions import transaction
from ideas.voting.commands import cast_vote

BODY = "On hot days there is no water in the parks of the city. A fountain in each would help everybody."


@pytest.fixture
def ana(town):
    return town.resident("Ana Ruiz")


@pytest.fixture
def trees(town, ana):
    return town.idea("Shade trees along Canal Street", by=ana)


def supported(town, idea):
    voter = town.resident("A Neighbour")
    with transaction():
        cast_vote(visible_idea(idea.id, to=voter), by=voter)


def test_a_young_idea_changes_without_a_trace(browse, ana, trees):
    page = browse(ana).visits(trees).follow("Edit").press("Save the new words", body=BODY)

    assert page.says(BODY)
    assert page.says("The new words are on the page.")
    assert not page.says("edited once")


def test_an_edit_after_a_vote_is_a_visible_revision(town, browse, ana, trees):
    supported(town, trees)

    page = browse(ana).visits(trees).follow("Edit").press("Save the new words", title="Shade trees, benches")

    assert page.says("edited once, see what changed")
    changed = browse().visits(page.url).follow("see what changed")
    assert changed.says("What changed")
    assert "".join(changed.all("ins")[0].itertext()).strip() == "trees, benches"


def test_two_windows_do_not_overwrite_each_other(town, browse, ana, trees):
    supported(town, trees)
    first, second = browse(ana).visits(trees).follow("Edit"), browse(ana).visits(trees).follow("Edit")
    first.press("Save the new words", body=BODY)

    page = second.press("Save the new words", body=BODY + " And more.")

    assert page.status == 422
    assert page.says("This idea was changed in another window.")
    assert page.says("And more.")
    assert db.session.get_one(Idea, trees.id).body == BODY


def test_only_its_author_edits_and_withdraws(town, browse, trees):
    other = browse(town.resident("Omar Khalil"))

    assert other.visits(f"/ideas/{trees.id}/edit").status == 403
    assert other.visits(f"/ideas/{trees.id}/withdraw").status == 403
    assert not other.visits(trees).says("Withdraw this idea")
    assert browse(town.moderator()).visits(f"/ideas/{trees.id}/edit").status == 403


def test_an_author_takes_an_idea_back_with_a_reason(browse, ana, trees):
    page = browse(ana).visits(trees).follow("Withdraw this idea")

    page = page.press("Withdraw this idea", reason="The city is planting them already.")

    assert page.says("You withdrew this idea. It stays readable.")
    assert db.session.get_one(Idea, trees.id).status is Status.WITHDRAWN
    assert browse().visits(f"/ideas/{trees.id}/case-file").says("The city is planting them already.")


def test_without_a_reason_nothing_is_taken_back(browse, ana, trees):
    page = browse(ana).visits(f"/ideas/{trees.id}/withdraw").press("Withdraw this idea", reason="No")

    assert page.status == 422
    assert db.session.get_one(Idea, trees.id).status is Status.OPEN


def test_what_lies_before_the_council_is_not_taken_back(town, browse, ana):
    idea = town.idea("Trees before the council", by=ana, status=Status.BEFORE_COUNCIL)

    assert browse(ana).visits(f"/ideas/{idea.id}/withdraw").status == 403


def test_words_that_people_read_for_an_hour_change_visibly(town, browse, ana):
    with transaction():
        past = town_now() - timedelta(hours=1)
    with clock_bound_to(past):
        idea = town.idea("An hour old already", by=ana)

    page = browse(ana).visits(idea).follow("Edit").press("Save the new words", body=BODY)

    assert page.says("edited once")


def test_a_change_is_shown_word_by_word():
    assert changes("a red tree", "a green tree here") == [
        Change("same", "a"),
        Change("gone", " red"),
        Change("new", " green"),
        Change("same", " tree"),
        Change("new", " here"),
    ]


def test_very_long_texts_are_compared_in_whole_and_quickly():
    old, new = "a " * 4000, "b " * 4000

    assert changes(old, new) == [Change("gone", old), Change("new", new)]
