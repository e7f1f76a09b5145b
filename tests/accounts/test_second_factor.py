"""Those who work for the city prove themselves twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from ideas.accounts import commands
from ideas.accounts.models import Person, Role
from ideas.accounts.queries import person_by_email
from ideas.core.clock import clock_bound_to, town_now
from ideas.core.db import db
from ideas.core.transactions import reading, transaction
from tests.accounts.secrets_of_the_town import PASSWORD, hash_of_the_town
from tests.support.browsing import Browser, Page


def with_password(person: Person) -> Person:
    with transaction():
        held = person_by_email(person.email or "")
        assert held is not None
        commands.set_password(held, password_hash=hash_of_the_town(), here=None)
    return person


def signs_in(browser: Browser, person: Person, to: str = "") -> Page:
    page = browser.visits("/sign-in", query={"next": to} if to else None)
    return page.press("Sign in with the password", email=person.email, password=PASSWORD)


def app_of(person: Person) -> pyotp.TOTP:
    with reading():
        return pyotp.TOTP(db.session.get_one(Person, person.id, populate_existing=True).totp_secret or "")


def shows(app: pyotp.TOTP) -> str:
    with reading():
        return app.at(town_now())


def enrolled(browser: Browser, person: Person) -> list[str]:
    """Sign in for the first time; returns the printed codes."""
    page = signs_in(browser, person).press("Confirm", code=shows(app_of(person)))
    return ["".join(code.itertext()) for code in page.all("code")]


@pytest.mark.parametrize("place", ["/me", "/", "/how-it-works"])
def test_staff_without_a_second_factor_are_led_to_set_one_up_before_anything_else(town, browse, place):
    maria = with_password(town.moderator())
    browser = browse()
    signs_in(browser, maria)

    assert browser.visits(place).url == "/me/second-factor"


def test_after_scanning_and_typing_the_digits_one_arrives_where_one_was_going(town, browse):
    maria = with_password(town.moderator())
    browser = browse()

    page = signs_in(browser, maria, to="/me/profile")
    app = app_of(maria)
    printed = page.press("Confirm", code=shows(app))

    assert app.secret in "".join(page.text.split())
    assert len(printed.all("code")) == 8
    assert printed.follow("I have them, go on").url == "/me/profile"


def test_the_picture_to_scan_has_no_style_of_its_own(town, browse):
    page = signs_in(browse(), with_password(town.moderator()))

    assert "<svg" in page.html
    assert "style=" not in page.html


def test_wrong_digits_set_nothing_up(town, browse):
    maria = with_password(town.moderator())
    browser = browse()

    page = signs_in(browser, maria).press("Confirm", code="000000")

    assert page.status == 422
    assert page.says("This code is wrong or too old.")
    assert browser.visits("/me").url == "/me/second-factor"


def test_the_second_time_the_digits_are_asked_and_each_works_once(town, browse):
    maria = with_password(town.moderator())
    enrolled(browse(), maria)
    later, digits = town_now() + timedelta(minutes=2), app_of(maria)

    with clock_bound_to(later):
        first, second = browse(), browse()
        home = signs_in(first, maria, to="/me").press("Go on", code=digits.at(later))
        again = signs_in(second, maria, to="/me").press("Go on", code=digits.at(later))

    assert home.url == "/me"
    assert again.says("This code was used already.")
    assert second.visits("/me").url == "/sign-in/second-step"


def test_a_printed_code_stands_in_for_the_phone_once(town, browse):
    maria = with_password(town.moderator())
    code = enrolled(browse(), maria)[0]

    home = signs_in(browse(), maria, to="/me").press("Go on", code=code.lower().replace("-", " "))
    again = signs_in(browse(), maria, to="/me").press("Go on", code=code)

    assert home.url == "/me"
    assert again.says("This code is wrong or too old.")


def test_half_signed_in_nobody_sets_up_another_phone(town, browse):
    maria = with_password(town.moderator())
    enrolled(browse(), maria)
    secret = app_of(maria).secret
    thief = browse()
    page = signs_in(thief, maria)
    token = page.form_of("Go on")[0].find(".//input[@name='csrf_token']").get("value")

    for path in ("second-factor", "second-factor/begin", "second-factor/renew", "recovery-codes"):
        thief.posts(f"/me/{path}", {"csrf_token": token, "code": "000000"})

    assert app_of(maria).secret == secret
    assert thief.visits("/me").url == "/sign-in/second-step"


def test_the_eleventh_wrong_digits_wait(town, app):
    maria = with_password(town.moderator())
    enrolled(Browser(app), maria)
    browser = Browser(app)
    page = signs_in(browser, maria)

    answers = []
    for n in range(11):
        browser.address = f"10.0.0.{n}"
        answers.append(page.press("Go on", code="000000").status)

    assert answers == [422] * 10 + [429]


def test_members_are_not_asked(town, browse):
    omar = with_password(town.member())

    assert signs_in(browse(), omar, to="/me").url == "/me"


def test_a_council_member_and_a_clerk_are_asked_too(town, browse):
    for person in (town.council_member(), town.clerk()):
        assert signs_in(browse(), with_password(person)).url == "/me/second-factor"


def test_who_lost_everything_starts_anew_after_an_administrator_helped(town, browse):
    eva, maria = town.administrator(), with_password(town.moderator())
    browser = browse()
    enrolled(browser, maria)

    with transaction():
        commands.reset_second_factor(town.reload(maria), by=eva)

    assert browser.visits("/me").url == "/sign-in"
    assert signs_in(browser, maria).url == "/me/second-factor"


def test_new_printed_codes_kill_the_old_ones(town, browse):
    maria = with_password(town.moderator())
    browser = browse()
    old = enrolled(browser, maria)[0]

    browser.visits("/me/second-factor").press("Make eight new codes")

    refused = signs_in(browse(), maria).press("Go on", code=old)
    assert refused.says("This code is wrong or too old.")


def test_the_address_in_the_picture_names_the_city(town):
    from ideas.accounts.codes import app_address

    parts = urlsplit(
        app_address("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", email="maria@example.org", city="Alder Bay")
    )

    assert parts.scheme == "otpauth"
    assert parse_qs(parts.query)["issuer"] == ["Ideas Alder Bay"]


def test_roles_that_need_a_second_factor_are_all_but_members():
    asked = {role for role in Role if Person(role=role, grants=[]).needs_second_factor}

    assert asked == set(Role) - {Role.MEMBER}


def test_a_demo_may_let_its_staff_in_with_one_proof(town, browse, app, monkeypatch):
    demo = replace(app.config["SETTINGS"], staff_second_factor=False)
    monkeypatch.setitem(app.config, "SETTINGS", demo)

    page = signs_in(browse(), with_password(town.moderator()), to="/me")

    assert page.url == "/me"
