"""Mail is written with the act, sent later, and kept until a server has taken it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from ideas.core.clock import clock_bound_to, town_now
from ideas.core.db import db
from ideas.core.mail import Mail, Parcel, deliver_mail, send_mails
from ideas.core.transactions import transaction
from tests.support.post_office import open_post_office


@pytest.fixture
def sink(app, monkeypatch):
    """A mail server, and the app's settings pointing at it."""
    with open_post_office() as office:
        monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], smtp_url=office.url))
        yield office


def write(key: str = "k", **more) -> None:
    with transaction():
        send_mails([Parcel(key, "ana@example.org", "Your idea\nBcc: all", "Good news", **more)])


def test_a_mail_is_sent_once_and_its_words_are_forgotten(town, sink):
    write()
    write()

    deliver_mail()
    deliver_mail()

    assert [m["To"] for m in sink.messages] == ["ana@example.org"]
    row = db.session.scalars(select(Mail)).one()
    assert (row.text, row.html) == (None, None)
    assert row.sent_at is not None
    db.session.commit()


def test_a_line_break_in_a_subject_adds_no_header(town, sink):
    write()

    deliver_mail()

    assert sink.messages[0]["Subject"] == "Your idea Bcc: all"
    assert sink.messages[0]["Bcc"] is None


def test_a_server_that_says_no_is_asked_again_later_with_the_same_name_of_the_mail(town, sink):
    sink.refuses = True
    write()
    deliver_mail()
    first = db.session.scalars(select(Mail)).one()
    assert (first.sent_at, first.last_error) == (None, "SMTPDataError")
    later = town_now() + timedelta(hours=1)
    db.session.commit()
    sink.refuses = False

    with clock_bound_to(later):
        deliver_mail()
        deliver_mail()

    assert len(sink.messages) == 1
    assert sink.messages[0]["Message-ID"].startswith("<")


def test_a_crash_between_sending_and_marking_repeats_the_same_message_id(town, sink, monkeypatch):
    from ideas.core import mail

    write()
    real = mail._hand_over

    def hand_over_then_crash(message, url):
        real(message, url)
        raise KeyboardInterrupt

    monkeypatch.setattr(mail, "_hand_over", hand_over_then_crash)
    with pytest.raises(KeyboardInterrupt):
        deliver_mail()
    monkeypatch.setattr(mail, "_hand_over", real)
    later = town_now() + timedelta(hours=1)
    db.session.commit()

    with clock_bound_to(later):
        deliver_mail()

    assert len({m["Message-ID"] for m in sink.messages}) == 1
    assert len(sink.messages) == 2


def test_without_a_mail_server_the_outbox_keeps_everything(town):
    write()

    assert deliver_mail() == 0
    assert db.session.scalars(select(Mail.text)).one() == "Good news"
    db.session.commit()


def test_one_press_unsubscribes_in_a_mail_program(town, sink):
    write(unsubscribe_url="https://ideas.example.org/unsubscribe/abc")

    deliver_mail()

    assert sink.messages[0]["List-Unsubscribe"] == "<https://ideas.example.org/unsubscribe/abc>"
    assert sink.messages[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
