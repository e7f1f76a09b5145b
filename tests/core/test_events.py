"""What happened is never forgotten, and what must follow is done once, also after a fault."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from ideas.core import events
from ideas.core.clock import clock_bound_to, town_now
from ideas.core.db import db
from ideas.core.events import Delivery, Event, events_marked_as_handled, on, outbox_age, record, relay
from ideas.core.transactions import transaction


@pytest.fixture
def told():
    """A listener that notes what it is told, and can be made to fail."""
    heard: list[int] = []
    fails: list[Exception] = []

    @on("test.happened")
    def listener(event: Event) -> None:
        if fails:
            raise fails.pop()
        heard.append(event.subject_id)

    yield heard, fails
    events._listeners["test.happened"].clear()


def happen(town) -> int:
    with transaction():
        return record("test.happened", actor=None, subject=town.harbour).subject_id


def test_a_listener_is_told_once(town, told):
    heard, _ = told
    subject = happen(town)

    relay()
    relay()

    assert heard == [subject]


def test_what_failed_is_kept_with_its_reason_and_tried_again(town, told):
    heard, fails = told
    subject = happen(town)
    fails.append(RuntimeError("the printer is out of paper"))
    relay()
    duty = db.session.scalars(select(Delivery)).one()
    assert (heard, duty.done_at, duty.last_error) == ([], None, "RuntimeError: the printer is out of paper")
    later = town_now() + timedelta(hours=1)
    db.session.commit()

    with clock_bound_to(later):
        relay()

    assert heard == [subject]
    db.session.expire_all()
    assert db.session.scalars(select(Delivery)).one().last_error is None
    db.session.commit()


def test_one_listener_that_fails_stops_no_other(town, told):
    heard, fails = told

    @on("test.happened")
    def another(event: Event) -> None:
        heard.append(-event.subject_id)

    subject = happen(town)
    fails.append(RuntimeError("no"))

    relay()

    assert heard == [-subject]


def test_two_relays_at_once_tell_each_listener_once(app, town, told):
    heard, _ = told
    subjects = [happen(town) for _ in range(20)]

    def run() -> None:
        with app.app_context():
            relay()
            db.session.remove()

    runners = [threading.Thread(target=run) for _ in range(2)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()

    assert sorted(heard) == sorted(subjects)


def test_an_act_that_was_undone_never_happened(town, told):
    def half_an_act():
        record("test.happened", actor=None, subject=town.harbour)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction():
        half_an_act()

    relay()

    assert told[0] == []
    assert db.session.scalars(select(Event)).all() == []
    db.session.commit()


def test_a_past_that_is_being_built_is_remembered_and_nobody_is_told(town, told):
    with events_marked_as_handled():
        happen(town)

    relay()

    assert told[0] == []
    assert db.session.scalars(select(Event.kind)).all() == ["test.happened"]
    db.session.commit()


def test_the_watch_sees_how_long_the_outbox_has_waited(town, told):
    assert outbox_age() == timedelta()
    happen(town)

    with clock_bound_to(town_now() + timedelta(hours=2)):
        assert outbox_age() >= timedelta(hours=1, minutes=59)
