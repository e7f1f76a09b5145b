"""A log is read by many: it holds neither addresses nor codes nor what somebody typed."""

from __future__ import annotations

import io
import logging

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ideas.accounts.models import Person
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.events import Delivery, record
from ideas.core.logs import JsonLines, without_people
from ideas.core.transactions import transaction
from ideas.pages.queries import readiness


def logged(fault: BaseException) -> str:
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(JsonLines())
    handler.handle(
        logging.LogRecord(
            "ideas", logging.ERROR, "x", 1, "fault", (), (type(fault), fault, fault.__traceback__)
        )
    )
    return kept.getvalue()


def test_a_fault_of_the_database_names_nobody(town):
    ana = town.member(email="ana.ruiz@example.org")

    with pytest.raises(DBAPIError) as fault, transaction():
        db.session.add(Person(email=ana.email, display_name="Twin", joined_at=town_now()))

    said = logged(fault.value)
    assert "person" in said
    assert "ana.ruiz" not in said
    assert "Twin" not in said


def test_an_address_in_any_sentence_is_left_out():
    assert without_people("to=<ana.ruiz@example.org>, again") == "to=<(an address)>, again"


def test_the_watch_says_what_kind_of_fault_it_was_and_not_about_whom(town, tmp_path):
    with transaction():
        event = record("case.noted", actor=None, subject=town.open_call)
        db.session.add(
            Delivery(
                event_id=event.id,
                listener="somebody",
                next_at=town_now(),
                last_error="IntegrityError: Key (email)=(ana@example.org) already exists.",
            )
        )

    figures = {check.name: check.figure for check in readiness(tmp_path)}
    db.session.commit()

    assert figures["deliveries"] == "1 to be tried again IntegrityError"


def test_parameters_are_no_part_of_a_fault(app):
    with pytest.raises(DBAPIError) as fault:
        db.session.execute(text("SELECT * FROM nowhere WHERE code = :code"), {"code": "314159"})
    db.session.rollback()

    assert "314159" not in str(fault.value)
