"""People, as administrators find and change them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ideas.accounts.models import Grant, Role, Standing
from ideas.accounts.queries import person_with
from ideas.core.clock import town_now
from ideas.core.transactions import transaction
from ideas.desk import queries


@pytest.fixture
def eva(town):
    return town.administrator()


def test_somebody_is_found_by_name_and_by_the_beginning_of_the_address(town, browse, eva):
    omar = town.member("Omar Khalil")
    town.member("Íris Ávila")
    page = browse(eva).visits("/desk/people")

    by_name = page.press("Search", q="khal")
    by_address = page.press("Search", q=omar.email[:8].upper())
    by_accent = page.press("Search", q="Ávila")

    assert by_name.says("Omar Khalil")
    assert not by_name.says("Eva Brandt since")
    assert by_address.says("Omar Khalil")
    assert by_accent.says("Íris Ávila")


@pytest.mark.parametrize("words", ["%", "_", "\\", "'", "\x00", "x" * 500])
def test_odd_words_find_nobody_and_break_nothing(town, browse, eva, words):
    town.member("Omar Khalil")

    page = browse(eva).visits("/desk/people", query={"q": words, "role": "nonsense", "after": "nonsense"})

    assert page.status == 200
    assert not page.says("Omar Khalil") or words == "\x00"


def test_everybody_is_paged_through_exactly_once(town, browse, eva):
    for n in range(queries.PEOPLE + 5):
        town.member(f"Person number {n}")
    first = browse(eva).visits("/desk/people", query={"role": "member"})

    second = first.follow("Show more")

    names = [f"Person number {n}" for n in range(queries.PEOPLE + 5)]
    assert all(f">{name}<" in first.html + second.html for name in names)
    assert second.html.count("Person number") == 5


def test_a_member_becomes_a_moderator_of_two_topics(town, browse, eva):
    omar = town.member("Omar Khalil")
    page = browse(eva).visits("/desk/people").follow("Omar Khalil")

    page = page.press("Save the role", role="moderator")
    assert page.says("Omar Khalil is saved.")
    page.press("Save the limits", topics=[str(town.parks.id)], districts=[str(town.harbour.id)])

    kept = person_with(omar.id)
    assert kept.role is Role.MODERATOR
    assert queries.scopes_of(kept) == ([town.parks.id], [town.harbour.id])


def test_an_officer_needs_a_department(town, browse, eva):
    omar = town.member("Omar Khalil")
    page = browse(eva).visits(f"/desk/people/{omar.id}")

    refused = page.press("Save the role", role="officer", department="")
    assert refused.status == 422
    assert refused.says("An officer needs a department.")
    refused.press("Save the role", role="officer", department=str(town.streets.id))

    assert person_with(omar.id).department_id == town.streets.id


def test_grants_are_given_and_taken_by_their_boxes(town, browse, eva):
    olga = town.member("Olga Reyes")
    page = browse(eva).visits(f"/desk/people/{olga.id}")

    page = page.press("Save the grants", grants=["clerk", "front_desk"])
    assert person_with(olga.id).has_grant(Grant.CLERK)
    page.press("Save the grants", grants=["front_desk"])

    kept = person_with(olga.id)
    assert kept.has_grant(Grant.FRONT_DESK)
    assert not kept.has_grant(Grant.CLERK)


def test_the_last_administrator_stays_one(town, browse, eva):
    page = browse(eva).visits(f"/desk/people/{eva.id}")

    refused = page.press("Save the role", role="member")

    assert refused.status == 409
    assert refused.says("is the last administrator")
    assert person_with(eva.id).role is Role.ADMINISTRATOR


def test_somebody_is_suspended_until_the_end_of_a_day_and_let_act_again(town, browse, eva):
    omar = town.member("Omar Khalil")
    day = (town_now() + timedelta(days=7)).date().isoformat()

    page = browse(eva).visits(f"/desk/people/{omar.id}").press("Suspend", until=day)
    assert page.says("this person can read and not act")
    assert person_with(omar.id).standing is Standing.SUSPENDED
    page = page.press("Let them act again")

    assert page.says("Omar Khalil is saved.")
    assert person_with(omar.id).standing is Standing.ACTIVE


def test_a_suspension_without_a_day_ahead_is_refused(town, browse, eva):
    omar = town.member("Omar Khalil")
    page = browse(eva).visits(f"/desk/people/{omar.id}")

    assert page.press("Suspend", until="").says("Choose the last day.")
    assert page.press("Suspend", until="2001-01-01").says("The last day of a suspension lies ahead.")


def test_somebody_is_banned(town, browse, eva):
    omar = town.member("Omar Khalil")

    page = browse(eva).visits(f"/desk/people/{omar.id}").press("Ban Omar Khalil")

    assert page.says("Banned: this person cannot sign in.")


def test_nobody_bans_themselves(town, browse, eva):
    assert not browse(eva).visits(f"/desk/people/{eva.id}").says("Ban for good")


def test_a_colleague_is_added_before_they_come(town, browse, eva):
    page = browse(eva).visits("/desk/people/new")

    page = page.press("Add this person", email="Rui@AlderBay.example", display_name="Rui Alves")

    assert page.says("Rui Alves has an account now.")
    again = (
        browse(eva)
        .visits("/desk/people/new")
        .press("Add this person", email="rui@alderbay.example", display_name="Rui Alves")
    )
    assert again.status == 422
    assert again.says("This address has an account already.")


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("role", {"role": "emperor"}),
        ("role", {"role": "officer", "department": "x"}),
        ("role", {"role": "officer", "department": "9999999999999999999999"}),
        ("grants", {"grants": "everything"}),
        ("scopes", {"topics": "one"}),
        ("scopes", {"topics": "99999999999999999999"}),
        ("suspend", {"until": "soon"}),
    ],
)
def test_nonsense_is_refused_and_changes_nothing(town, browse, eva, act, fields):
    marta = town.moderator("Marta Dias")
    browser = browse(eva)
    form, _button = browser.visits(f"/desk/people/{marta.id}").form_of("Save the role")
    token = next(f.get("value") for f in form.iter("input") if f.get("name") == "csrf_token")

    page = browser.posts(f"/desk/people/{marta.id}/{act}", {"csrf_token": token, **fields})

    assert page.status == 422
    assert (
        page.says("Choose one of these.")
        or page.says("Choose only from these.")
        or page.says("Write the day")
    )
    with transaction():
        assert person_with(marta.id).role is Role.MODERATOR


def test_an_unknown_person_is_missing(town, browse, eva):
    assert browse(eva).visits("/desk/people/99999").status == 404
    assert browse(eva).visits("/desk/people/99999999999999999999").status == 404
