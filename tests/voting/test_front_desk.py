"""The pages of the front desk: find, look, confirm; and what is said afterwards."""

from __future__ import annotations

import pytest

from ideas.accounts.models import Level
from tests.voting.pressing import presses, tally_of


def found(browse, sam, person):
    """Sam's page about this person."""
    return (
        browse(sam).visits("/desk/front-desk").press("Find this account", email=f" {person.email.upper()} ")
    )


def test_somebody_is_found_verified_and_their_kept_support_counts(town, browse):
    sam, omar, trees = town.front_desk(), town.member(), town.idea()
    presses(trees, omar)

    page = found(browse, sam, omar)
    assert page.says("1 support is kept for this person")
    page = page.press(
        "Confirm that this person lives here", registry_id="AB 4711", district="old-harbour", age_band="25-39"
    )

    assert page.says("Omar Khalil is verified. 1 kept support counts now.")
    assert page.says("Old Harbour")
    assert "4711" not in page.html
    assert tally_of(trees).counted == 1


def test_an_unknown_address_is_said_in_place_and_kept_in_the_field(town, browse):
    page = browse(town.front_desk()).visits("/desk/front-desk")

    page = page.press("Find this account", email="nobody@example.org")

    assert page.status == 422
    assert page.says("No account has this address")
    assert "nobody@example.org" in page.html


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"registry_id": ""}, "Type the register number."),
        ({"registry_id": "12"}, "Type the number as it stands"),
        ({"registry_id": "9" * 70}, "Write at most 60 characters."),
        ({"registry_id": "AB\x00 4711"}, "characters that cannot be kept"),
        ({"district": ""}, "Choose a district."),
        ({"district": "atlantis"}, "Choose one of these."),
        ({"age_band": "7"}, "Choose one of these."),
        ({"age_band": []}, "Choose an age band."),
    ],
)
def test_what_cannot_be_taken_is_said_in_place(town, browse, typed, sentence):
    page = found(browse, town.front_desk(), town.member())

    page = page.press(
        "Confirm that this person lives here",
        **{"registry_id": "AB 4711", "district": "old-harbour", "age_band": "25-39", **typed},
    )

    assert page.status == 422
    assert page.says(sentence)


def test_a_human_with_a_voice_gets_no_second_one_and_loses_the_attested_one(town, browse):
    sam, omar, trees = town.front_desk(), town.member(), town.idea()
    twin = town.resident("Omar K.", level=Level.ATTESTED)
    presses(trees, twin)
    card = {"registry_id": "AB 4711", "district": "old-harbour", "age_band": "25-39"}
    found(browse, sam, omar).press("Confirm that this person lives here", **card)

    page = found(browse, sam, twin).press("Confirm that this person lives here", **card)

    assert page.status == 422
    assert page.says("Everybody has one voice")
    assert tally_of(trees).attested == 0


def test_eligibility_is_renewed_at_the_desk(town, browse):
    sam, ana = town.front_desk(), town.resident()

    page = found(browse, sam, ana).press("Renew for another term")

    assert page.says("Ana Ruiz can be counted until")


def test_ones_own_account_is_for_a_colleague(town, browse):
    sam = town.front_desk()

    page = found(browse, sam, sam)

    assert page.says("A colleague verifies you")


def test_others_of_the_desk_do_not_see_it(town, browse):
    for person in (town.moderator(), town.officer(), town.administrator(), town.member()):
        assert browse(person).visits("/desk/front-desk").status == 403


def test_an_account_that_is_not_there_is_missing(town, browse):
    sam = browse(town.front_desk())

    assert sam.visits("/desk/front-desk/99999").status == 404
    assert sam.visits(f"/desk/front-desk/{2**70}").status == 404
