"""My page, my password, and proving again who I am."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from ideas.accounts import commands
from ideas.accounts.models import Person
from ideas.board.queries import visible_idea
from ideas.core.clock import clock_bound_to, town_now
from ideas.core.db import db
from ideas.core.sessions import WebSession
from ideas.core.transactions import transaction
from ideas.voting.commands import cast_vote
from tests.accounts.secrets_of_the_town import PASSWORD, hash_of_the_town
from tests.support.letters import code_in_mail

STRONG = [PASSWORD, "ключ трамвай дуб", "  spaces at both ends  ", "8f!kQ2#zLw9p", "🌳🚋🪑🔑🏛🌊🐦🍋🧭🎈🪵🫐"]


@contextmanager
def later() -> Iterator[None]:
    """Sixteen minutes have passed."""
    moment = town_now() + timedelta(minutes=16)
    db.session.commit()
    with clock_bound_to(moment):
        yield


def test_a_member_sees_what_is_kept_and_how_to_be_verified(town, browse):
    omar, trees = town.member(), town.idea("Shade trees along Canal Street")
    with transaction():
        cast_vote(visible_idea(trees.id, to=omar), by=omar)

    page = browse(omar).visits("/me")

    assert page.says("Your support for 1 idea is kept")
    assert page.says("Shade trees along Canal Street")
    assert page.says("Bring a paper with your name and address to the front desk")


def test_a_resident_sees_district_ideas_support_and_comments(town, browse):
    from ideas.comments.commands import post_comment
    from ideas.comments.models import Stance

    ana, trees = town.resident("Ana Ruiz"), town.idea("Shade trees along Canal Street")
    mine = town.idea("Open school yards", by=ana)
    with transaction():
        cast_vote(visible_idea(trees.id, to=ana), by=ana)
        post_comment(trees, by=ana, stance=Stance.FOR, body="Yes, and a bench.")

    page = browse(ana).visits("/me")

    assert page.says("Verified resident")
    assert page.says("Old Harbour")
    assert page.link(mine.title) == mine.path
    assert page.says("Yes, and a bench.")
    assert not page.says(" is kept")


def test_my_page_costs_the_same_for_few_and_for_many(town, browse, count_queries):
    ana = town.resident("Ana Ruiz")
    browser = browse(ana)
    browser.visits("/me")  # the city's row is read once
    numbers = []
    for _ in range(2):
        town.idea("Open school yards", by=ana)
        with count_queries() as asked:
            browser.visits("/me")
        numbers.append(asked.number)

    # session, ideas, kept, votes, comments, sessions, the two names
    assert numbers[0] == numbers[1] <= 9


def test_a_new_name_is_kept_and_what_is_no_name_is_not(town, browse):
    browser = browse(town.member("Omar Khalil"))

    bad = browser.visits("/me/profile").press("Keep this", display_name="O")
    good = browser.visits("/me/profile").press("Keep this", display_name="  Omar   K.\u200b ")

    assert bad.status == 422
    assert bad.says("A name has 2 to 60 characters.")
    assert good.says("Changed.")
    assert db.session.scalar(select(Person.display_name)) == "Omar K."


def test_a_new_password_ends_the_sessions_elsewhere(town, browse):
    omar = town.member()
    here, elsewhere = browse(omar), browse(omar)

    page = here.visits("/me/password").press("Keep this password", password=PASSWORD)

    assert page.says("Your password is set.")
    assert here.visits("/me").url == "/me"
    assert elsewhere.visits("/me").url == "/sign-in"


@pytest.mark.parametrize(
    "weak",
    [
        "short",
        "x" * 129,
        "password1234",
        "P@ssw0rd!!!!",
        "aaaaaaaaaaaa",
        "123456789012",
        "qwertyuiopas",
        "abcabcabcabc",
        "omar khalil is the best",
        "Welcome2026!!",
    ],
)
def test_a_weak_password_gets_a_sentence(town, browse, weak):
    browser = browse(town.member("Omar Khalil"))

    page = browser.visits("/me/password").press("Keep this password", password=weak)

    assert page.status == 422
    assert page.says("One thing to change")


@pytest.mark.parametrize("strong", STRONG)
def test_a_password_may_have_any_characters(town, browse, strong):
    omar = town.member("Omar Khalil")
    browse(omar).visits("/me/password").press("Keep this password", password=strong)

    page = browse().visits("/sign-in").press("Sign in with the password", email=omar.email, password=strong)

    assert page.says("You are signed in as Omar Khalil.")


def test_what_weighs_much_asks_again_after_a_quarter_of_an_hour(town, browse):
    omar = town.member()
    browser = browse(omar)

    with later():
        asked = browser.visits("/me/password")
        sent = asked.press("E-mail me a code")
        arrived = sent.press("Go on", code=code_in_mail(omar.email))

    assert asked.url == "/sign-in/again"
    assert arrived.url == "/me/password"


def test_the_password_is_a_proof_as_well_and_a_wrong_one_is_none(town, browse):
    omar = town.member()
    with transaction():
        commands.set_password(omar, password_hash=hash_of_the_town(), here=None)
    browser = browse(omar)

    with later():
        wrong = browser.visits("/me/password").press("Go on with the password", password="something else")
        right = wrong.press("Go on with the password", password=PASSWORD)

    assert wrong.status == 422
    assert wrong.says("do not belong together")
    assert right.url == "/me/password"


def test_one_signs_out_everywhere_else(town, browse):
    omar = town.member()
    here, elsewhere = browse(omar), browse(omar)

    page = here.visits("/me").press("Sign out everywhere else")

    assert page.says("You are signed out everywhere else.")
    assert elsewhere.visits("/me").url == "/sign-in"


def test_staff_who_were_away_for_two_hours_sign_in_again_and_members_do_not(town, browse):
    maria, omar = browse(town.moderator()), browse(town.member())
    with transaction():
        db.session.execute(update(WebSession).values(seen_at=town_now() - timedelta(hours=3)))

    assert maria.visits("/me").url == "/sign-in"
    assert omar.visits("/me").url == "/me"


def test_a_stale_token_keeps_what_was_typed_and_another_press_sends_it(town, browse):
    browser = browse(town.member("Omar Khalil"))

    typed = {"display_name": "Omar K. of Canal Street", "locale": "en", "csrf_token": "old"}
    stale = browser.posts("/me/profile", typed)
    again = stale.press("Send it again")

    assert stale.status == 400
    assert stale.says("This page was open for too long.")
    assert again.says("Changed.")
    assert db.session.scalar(select(Person.display_name)) == "Omar K. of Canal Street"


def test_a_stale_page_never_shows_a_password_again(town, browse):
    typed = {"email": "omar@example.org", "password": PASSWORD, "csrf_token": "old"}
    stale = browse().posts("/sign-in", typed)

    assert stale.status == 400
    assert PASSWORD not in stale.html


@pytest.mark.parametrize("name", ["\u0301\u0302\u0303", "!!!", "· · ·", "\u3164\u3164\u3164"])
def test_nobody_is_called_by_marks_and_signs_alone(town, browse, name):
    page = browse(town.member()).visits("/me/profile").press("Keep this", display_name=name)

    assert page.status == 422
