"""Sessions live on the server, end when they must, and cost a GET no write."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select, update

from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.sessions import STAFF_IDLE, WebSession, end_all_sessions, seen
from ideas.core.transactions import transaction


def browsers_of(person) -> int:
    number = db.session.scalar(select(func.count()).where(WebSession.person_id == person.id))
    db.session.commit()
    return number or 0


def unseen_for(time: timedelta) -> None:
    seen.flush()
    with transaction():
        db.session.execute(update(WebSession).values(seen_at=town_now() - time))


def test_a_stolen_database_opens_no_session(town, browse):
    ana = town.resident()
    browser = browse(ana)

    token = browser.client.get_cookie("session").value

    held = db.session.scalars(select(WebSession.id_hash)).one()
    assert token.encode() not in held
    assert len(held) == 32


def test_signing_out_everywhere_ends_every_browser(town, browse):
    ana = town.resident()
    phone, laptop = browse(ana), browse(ana)
    assert browsers_of(ana) == 2

    with transaction():
        end_all_sessions(ana.id)

    assert phone.visits("/me").url == laptop.visits("/me").url == "/sign-in"


def test_a_moderator_who_was_away_for_two_hours_signs_in_again(town, browse):
    maria = town.moderator()
    browser = browse(maria)

    unseen_for(STAFF_IDLE + timedelta(minutes=1))

    assert browser.visits("/me").url == "/sign-in"


def test_a_member_who_was_away_for_a_week_is_still_there(town, browse):
    ana = town.resident()
    browser = browse(ana)

    unseen_for(timedelta(days=7))

    assert browser.visits("/me").url == "/me"


def test_looking_writes_nothing_until_the_buffer_is_flushed(town, browse):
    ana = town.resident()
    browser = browse(ana)
    unseen_for(timedelta(hours=1))
    before = db.session.scalars(select(WebSession.seen_at)).one()
    db.session.commit()

    browser.visits("/how-it-works")
    browser.visits("/me")
    between = db.session.scalars(select(WebSession.seen_at)).one()
    db.session.commit()
    seen.flush()

    assert between == before
    assert db.session.scalars(select(WebSession.seen_at)).one() > before
    db.session.commit()


def test_a_banned_person_is_out_at_once(town, browse):
    from ideas.accounts.models import Person, Standing

    ana = town.resident()
    browser = browse(ana)
    with transaction():
        db.session.execute(update(Person).where(Person.id == ana.id).values(standing=Standing.BANNED))

    assert browser.visits("/me").url == "/sign-in"
