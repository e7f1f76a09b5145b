"""Coming in by a code or a password, and what strangers are told."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from ideas.accounts import commands
from ideas.accounts.models import Person, SignInCode, Standing
from ideas.accounts.queries import person_by_email
from ideas.core.clock import clock_bound_to, town_now
from ideas.core.db import db
from ideas.core.errors import Refused
from ideas.core.sessions import WebSession
from ideas.core.transactions import transaction
from tests.accounts.secrets_of_the_town import PASSWORD, hash_of_the_town
from tests.support.browsing import Browser, Page
from tests.support.letters import code_in_mail, newest_mail


def asks(browser: Browser, email: str, **more) -> Page:
    return browser.visits("/sign-in", **more).press("E-mail me a code", email=email)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def with_password(person: Person) -> Person:
    with transaction():
        held = person_by_email(person.email or "")
        assert held is not None
        commands.set_password(held, password_hash=hash_of_the_town(), here=None)
    return person


def test_a_member_comes_in_with_the_code_from_the_mail(town, browse):
    omar = town.member("Omar Khalil")
    phone = browse()

    asked = asks(phone, omar.email)
    home = asked.press("Sign in", code=code_in_mail(omar.email))

    assert asked.says(f"We wrote to {omar.email}")
    assert home.says("You are signed in as Omar Khalil.")
    assert phone.visits("/me").says("Omar Khalil")


def test_who_was_on_the_way_somewhere_arrives_there(town, browse):
    omar = town.member()
    phone = browse()

    asked = phone.visits("/sign-in", query={"next": "/me/profile"}).press(
        "E-mail me a code", email=omar.email
    )
    page = asked.press("Sign in", code=code_in_mail(omar.email))

    assert page.url == "/me/profile"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb"],
)
def test_nobody_is_led_to_another_site(town, browse, elsewhere):
    omar = town.member()
    phone = browse()

    phone.visits("/sign-in", query={"next": elsewhere}).press("E-mail me a code", email=omar.email)
    page = phone.visits("/sign-in/code", query={"next": elsewhere}).press(
        "Sign in", code=code_in_mail(omar.email)
    )

    assert page.url == "/"


def test_somebody_joins_and_is_called_as_they_wish(town, browse):
    phone = browse()

    asked = phone.visits("/register").press(
        "E-mail me a code", display_name="Ana Ruiz", email="Ana@Example.org", old_enough="y"
    )
    asked.press("Sign in", code=code_in_mail("ana@example.org"))

    assert phone.visits("/me").says("Ana Ruiz")
    assert db.session.scalar(select(Person.email)) == "ana@example.org"


def test_who_is_too_young_does_not_join(town, browse):
    page = browse().visits("/register").press("E-mail me a code", display_name="Ana", email="ana@example.org")

    assert page.status == 422
    assert page.says("Tick this to join.")
    assert 'value="ana@example.org"' in page.html


def test_joining_with_a_known_address_is_coming_in(town, browse):
    omar = town.member("Omar Khalil")
    phone = browse()

    asked = phone.visits("/register").press(
        "E-mail me a code", display_name="Somebody Else", email=omar.email, old_enough="y"
    )
    asked.press("Sign in", code=code_in_mail(omar.email))

    assert phone.visits("/me").says("Omar Khalil")


def test_strangers_and_neighbours_read_the_same_page(town, browse):
    known, banned, staff = town.member(), town.member(standing=Standing.BANNED), town.moderator()
    for person in (known, banned, staff):
        with_password(person)

    pages = {}
    for address in (known.email, banned.email, staff.email, "nobody@example.org"):
        asked = asks(browse(), address).text.replace(address, "…")
        refused = (
            browse()
            .visits("/sign-in")
            .press("Sign in with the password", email=address, password="not the password")
        )
        pages[address] = (asked, refused.status, refused.text.replace(address, "…"))

    assert len(set(pages.values())) == 1
    assert "no account" in (newest_mail("nobody@example.org").text or "")
    assert "closed this account" in (newest_mail(banned.email).text or "")


def test_banned_people_do_not_come_in_with_their_password(town, browse):
    banned = with_password(town.member(standing=Standing.BANNED))

    door = browse().visits("/sign-in")
    page = door.press("Sign in with the password", email=banned.email, password=PASSWORD)

    assert page.status == 422
    assert page.says("This address and this password do not belong together.")


def test_a_password_opens_the_door_and_enter_alone_is_enough(town, browse):
    omar = with_password(town.member("Omar Khalil"))

    by_button = (
        browse().visits("/sign-in").press("Sign in with the password", email=omar.email, password=PASSWORD)
    )
    by_enter = browse().visits("/sign-in").press("E-mail me a code", email=omar.email, password=PASSWORD)

    assert by_button.says("You are signed in as Omar Khalil.")
    assert by_enter.says("You are signed in as Omar Khalil.")


def test_the_sixth_wrong_code_is_refused_and_so_is_the_right_one_after_it(town, browse):
    omar = town.member()
    phone = browse()
    page = asks(phone, omar.email)
    right = code_in_mail(omar.email)

    for left in (4, 3, 2, 1):
        page = page.press("Sign in", code=wrong(right))
        assert page.says(f"Tries left: {left}.")
    assert page.press("Sign in", code=wrong(right)).says("This was the last try: ask for a new code.")
    sixth = page.press("Sign in", code=wrong(right))
    late = page.press("Sign in", code=right)

    assert sixth.says("This code does not work any more")
    assert late.says("This code does not work any more")
    assert late.status == 422


def test_of_fifty_tries_at_once_five_are_looked_at(town, app):
    with transaction():
        commands.ask_for_code("omar@example.org", browser="phone", display_name="Omar Khalil")
    right = code_in_mail("omar@example.org")
    guesses = [f"{n:06d}" for n in range(60) if f"{n:06d}" != right][:50]
    answers: list[str] = []

    def guess(code: str) -> None:
        with app.app_context():
            try:
                with transaction():
                    asked = commands.spend_code_try(browser="phone")
                with transaction():
                    commands.confirm_code(asked, code, browser="phone")
            except Refused as refused:
                answers.append(refused.message)
            db.session.remove()

    tries = [threading.Thread(target=guess, args=(code,)) for code in guesses]
    for one in tries:
        one.start()
    for one in tries:
        one.join()

    looked_at = [words for words in answers if words.startswith("This is not the code")]
    assert (len(answers), len(looked_at)) == (50, 5)


def test_a_code_works_for_ten_minutes(town, browse):
    omar = town.member()
    phone = browse()
    page = asks(phone, omar.email)
    code = code_in_mail(omar.email)

    with clock_bound_to(town_now() + timedelta(minutes=10, seconds=1)):
        late = page.press("Sign in", code=code)

    assert late.says("This code does not work any more")


def test_a_new_code_kills_the_old_one(town, browse):
    omar = town.member("Omar Khalil")
    phone = browse()
    page = asks(phone, omar.email)
    old = code_in_mail(omar.email)

    page = page.press("Send another code")
    new = code_in_mail(omar.email)

    assert old == new or page.press("Sign in", code=old).says("This is not the code in the mail.")
    assert page.press("Sign in", code=new).says("You are signed in as Omar Khalil.")


def test_a_code_works_in_the_browser_that_asked_for_it(town, browse):
    omar = town.member()
    asks(browse(), omar.email)
    code = code_in_mail(omar.email)
    thief = browse()
    page = asks(thief, "thief@example.org")

    assert page.press("Sign in", code=code).says("This is not the code in the mail.")


def test_a_code_works_once(town, browse):
    omar = town.member()
    phone = browse()
    page = asks(phone, omar.email)
    page.press("Sign in", code=code_in_mail(omar.email))
    phone.visits("/").press("Sign out")

    again = phone.visits("/sign-in/code").press("Sign in", code=code_in_mail(omar.email))

    assert again.says("This code does not work any more")


def test_five_codes_a_day_and_a_sentence_for_the_sixth(town, browse):
    for _ in range(5):
        assert asks(browse(), "omar@example.org").status == 200

    sixth = asks(browse(), "omar@example.org")

    assert sixth.status == 429
    assert sixth.says("Five codes were sent to this address today")
    assert int(sixth.response.headers["Retry-After"]) > 3600


def test_the_eleventh_wrong_password_waits_also_for_an_account_that_is_none(town, browse, app):
    pages = [
        Browser(app, address=f"10.0.0.{n}")
        .visits("/sign-in")
        .press("Sign in with the password", email="nobody@example.org", password="wrong")
        for n in range(11)
    ]

    assert [page.status for page in pages] == [422] * 10 + [429]
    assert 0 < int(pages[-1].response.headers["Retry-After"]) <= 300


def test_the_eleventh_wrong_try_from_one_address_waits(town, browse):
    pages = [
        browse()
        .visits("/sign-in")
        .press("Sign in with the password", email=f"a{n}@example.org", password="wrong")
        for n in range(11)
    ]

    assert [page.status for page in pages] == [422] * 10 + [429]
    assert pages[-1].says("That was too often.")
    assert "Retry-After" in pages[-1].response.headers


def test_a_code_is_kept_in_clear_nowhere_but_in_the_mail_that_waits(town, browse):
    omar = town.member()
    asks(browse(), omar.email)
    code = code_in_mail(omar.email)

    asked = db.session.scalars(select(SignInCode)).one()

    assert code.encode() not in asked.code_hash
    assert code not in newest_mail(omar.email).subject


def test_signing_in_gives_a_new_session_and_kills_the_one_that_was_there(town, browse):
    eve, omar = town.member("Eve"), town.member("Omar Khalil")
    phone = browse(eve)
    planted = phone.client.get_cookie("session").value

    phone.visits("/sign-in/code")
    page = phone.posts("/sign-in", {"email": omar.email, "csrf_token": token_on(phone.visits("/me"))})
    page.press("Sign in", code=code_in_mail(omar.email))
    browse_with_old = browse()
    browse_with_old.client.set_cookie("session", planted)

    assert phone.client.get_cookie("session").value != planted
    assert browse_with_old.visits("/me").url == "/sign-in"


def token_on(page: Page) -> str:
    return str(next(field.get("value") for field in page.all("input") if field.get("name") == "csrf_token"))


def test_signing_out_ends_the_session_on_the_server(town, browse):
    phone = browse(town.member())

    page = phone.visits("/me").press("Sign out")

    assert page.says("You are signed out.")
    assert db.session.scalar(select(func.count()).select_from(WebSession)) == 0


def test_a_form_without_its_token_is_refused_and_signs_nobody_in(town, browse):
    page = browse().posts("/sign-in", {"email": "omar@example.org"})

    assert page.status == 400
    assert db.session.scalar(select(func.count()).select_from(SignInCode)) == 0


@pytest.mark.parametrize(
    "address", ["", "omar", "omar@", "a" * 300 + "@example.org", "o\u202emar@example.org", "a\x00b@c.de"]
)
def test_what_is_no_address_gets_a_sentence(town, browse, address):
    page = browse().visits("/sign-in").press("E-mail me a code", email=address)

    assert page.status == 422
    assert page.says("One thing to change")


def test_each_night_old_codes_are_forgotten_with_the_addresses_they_went_to(town, browse):
    asks(browse(), "nobody@example.org")
    later = town_now() + timedelta(days=3)
    db.session.commit()

    with clock_bound_to(later):
        commands.forget_what_is_over()

    assert db.session.scalar(select(func.count()).select_from(SignInCode)) == 0
