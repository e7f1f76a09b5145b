"""Mails about notices through a real mail server: once each, when it refuses and when the sender dies too."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta

import pytest
from flask import current_app

from ideas.board.models import Status
from ideas.core.clock import clock_bound_to, town_now
from ideas.core.mail import deliver_mail
from ideas.core.transactions import reading
from tests.notifications.telling import mails_to, moves, settled
from tests.support.post_office import PostOffice, open_post_office, text_of
from tests.voting.pressing import presses

SENDER = """
from ideas import create_app
from ideas.core.mail import deliver_mail
app = create_app()
with app.app_context():
    deliver_mail()
"""


@pytest.fixture
def office(app):
    """A post office that the outbox of this house sends to."""
    before = app.config["SETTINGS"]
    with open_post_office() as office:
        app.config["SETTINGS"] = dataclasses.replace(before, smtp_url=office.url)
        yield office
    app.config["SETTINGS"] = before


def later(hours: int = 6):
    """The town's clock some hours on, when what failed is tried again."""
    with reading():
        now = town_now()
    return clock_bound_to(now + timedelta(hours=hours))


def test_a_move_reaches_each_supporter_by_one_mail_that_can_be_stopped_in_one_press(town, office):
    people = [town.resident(f"Resident {n}") for n in range(3)]
    trees = settled(town, status=Status.UNDER_REVIEW)
    for person in people:
        presses(trees, person)
    moves(trees, Status.SHORTLISTED)

    deliver_mail()
    deliver_mail()

    for person in people:
        [mail] = office.to(person.email)
        assert mail["Subject"] == "“Shade trees”, which you support, is on the shortlist"
        assert "Shade is planned." in text_of(mail)
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["List-Unsubscribe"].strip(" <>") in text_of(mail)
        assert "unsubscribe.invalid" not in mail.as_string()


def test_a_server_that_refuses_gets_every_mail_later_and_once(town, office):
    bo = town.resident("Bo")
    trees = settled(town, status=Status.UNDER_REVIEW)
    presses(trees, bo)
    office.refuses = True
    moves(trees, Status.SHORTLISTED)
    deliver_mail()
    assert office.to(bo.email) == []

    office.refuses = False
    with later():
        deliver_mail()
        deliver_mail()

    assert len(office.to(bo.email)) == 1


class Killer(PostOffice):
    """Takes the first message, and kills the sender before it hears that it was taken."""

    victim: subprocess.Popen[bytes] | None = None

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        if self.victim is not None:
            os.kill(self.victim.pid, signal.SIGKILL)
        return answer


def test_a_sender_killed_after_the_server_took_the_mail_repeats_it_under_the_same_message_id(town, office):
    bo = town.resident("Bo")
    trees = settled(town, status=Status.UNDER_REVIEW)
    presses(trees, bo)
    moves(trees, Status.SHORTLISTED)
    office.__class__ = Killer
    house = current_app.config["SETTINGS"]
    environment = os.environ | {
        "IDEAS_MODE": "test",
        "DATABASE_URL": house.database_url,
        "DATA_DIR": str(house.data_dir),
        "SECRET_KEY": house.secret_key,
        "SITE_URL": house.site_url,
        "SMTP_URL": office.url,
    }
    office.victim = subprocess.Popen([sys.executable, "-c", SENDER], env=environment)
    assert office.victim.wait(timeout=60) == -signal.SIGKILL
    office.victim = None
    [first] = office.messages

    with later():
        deliver_mail()

    times = Counter(mail["Message-ID"] for mail in office.messages)
    assert times.pop(first["Message-ID"]) == 2
    assert set(times.values()) == {1}
    assert mails_to(bo)[0].sent_at is not None


def test_words_that_were_sent_are_emptied(town, office):
    bo = town.resident("Bo")
    trees = settled(town, status=Status.UNDER_REVIEW)
    presses(trees, bo)
    moves(trees, Status.SHORTLISTED)

    deliver_mail()

    assert (mails_to(bo)[0].text, mails_to(bo)[0].html) == (None, None)
