"""The button: one press, no page jump with scripts, the same page at the same place without."""

from __future__ import annotations

import pytest

from ideas.accounts.models import Kind
from ideas.voting.models import VoteEvent
from tests.voting.pressing import number_of, presses, tally_of

STATEMENTS_OF_A_VOTE = 8


def with_token(browser):
    """What a form of ours carries."""
    return {"csrf_token": browser.token()}


def test_a_press_shows_the_new_number_in_place(town, browse):
    trees, ana = town.idea(), town.resident()
    browser = browse(ana)

    part = browser.posts(f"/ideas/{trees.id}/vote", with_token(browser), **{"HX-Request": "true"})

    assert part.status == 200
    assert part.says("Supported 1")
    assert not part.html.lstrip().startswith("<!doctype")
    assert 'data-say="You support this. 1 supporter now."' in part.html


def test_a_second_press_takes_support_back(town, browse):
    trees, ana = town.idea(), town.resident()
    presses(trees, ana)
    browser = browse(ana)

    part = browser.posts(f"/ideas/{trees.id}/unvote", with_token(browser), **{"HX-Request": "true"})

    assert part.says("Support 0")
    assert tally_of(trees).counted == 0


def test_the_large_ballot_stays_large(town, browse):
    trees, omar = town.idea(), town.member()
    browser = browse(omar)

    part = browser.posts(
        f"/ideas/{trees.id}/vote", {**with_token(browser), "size": "large"}, **{"HX-Request": "true"}
    )

    assert part.says("Your support is kept")
    assert part.says("+ 1 waiting to be verified")


def test_the_large_ballot_says_how_many_are_missing_until_the_city_must_answer(town, browse):
    trees = town.idea(district=town.harbour)
    for n in range(4):
        presses(trees, town.resident(f"Resident {n}"))

    page = browse(town.guest).visits(trees)

    assert page.says("14 more and the city must answer")


def test_without_scripts_the_press_leads_back_to_where_it_was_made(town, browse):
    trees, ana = town.idea(), town.resident()
    browser = browse(ana)

    answer = browser.client.post(
        f"/ideas/{trees.id}/vote",
        data=with_token(browser),
        headers={"Referer": "http://localhost/ideas?topic=streets"},
    )

    assert answer.status_code == 303
    assert answer.location == f"/ideas?topic=streets#vote-{trees.id}"


def test_another_sites_address_is_never_followed(town, browse):
    trees, ana = town.idea(), town.resident()
    browser = browse(ana)

    answer = browser.client.post(
        f"/ideas/{trees.id}/vote",
        data=with_token(browser),
        headers={"Referer": "http://localhost.evil.example/ideas"},
    )

    assert answer.location == f"{trees.path}#vote-{trees.id}"


def test_a_press_without_the_pages_token_counts_nothing(town, browse):
    trees, ana = town.idea(), town.resident()

    answer = browse(ana).client.post(f"/ideas/{trees.id}/vote")

    assert answer.status_code == 400
    assert tally_of(trees).counted == 0


def test_an_organisation_is_told_that_it_has_no_vote(town, browse):
    trees, shop = town.idea(), town.person("Harbour Bakery", kind=Kind.ORGANISATION)
    browser = browse(shop)

    part = browser.posts(f"/ideas/{trees.id}/vote", with_token(browser), **{"HX-Request": "true"})

    assert part.status == 403
    assert part.says("Organisations have no vote")


@pytest.mark.parametrize("number", [0, 99_999, 2**40])
def test_an_idea_that_is_not_there_takes_no_vote(town, browse, number):
    browser = browse(town.resident())

    answer = browser.client.post(f"/ideas/{number}/vote", data=with_token(browser))

    assert answer.status_code == 404
    assert number_of(VoteEvent) == 0


@pytest.mark.parametrize("act", ["vote", "unvote"])
@pytest.mark.parametrize("size", ["small", "large"])
@pytest.mark.parametrize("supporters", [0, 30])
def test_a_press_costs_few_statements_whatever_was_pressed_before(
    town, browse, count_queries, act, size, supporters
):
    """Who is there (twice: at the door and under the lock), idea, vote, event, tally; heat, or the share."""
    trees, ana = town.idea(), town.resident()
    for n in range(supporters):
        presses(trees, town.resident(f"Resident {n}"))
    if act == "unvote":
        presses(trees, ana)
    browser = browse(ana)
    address, sent = f"/ideas/{trees.id}/{act}", {**with_token(browser), "size": size}
    browser.posts("/ideas/0/vote", sent)

    with count_queries() as asked:
        answer = browser.posts(address, sent, **{"HX-Request": "true"})

    assert answer.status == 200
    assert asked.number <= STATEMENTS_OF_A_VOTE, str(asked)
