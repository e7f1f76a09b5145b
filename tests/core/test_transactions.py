"""The edge commits once: what is answered is true, and what is refused leaves nothing behind."""

from __future__ import annotations

from sqlalchemy import select

from ideas.accounts.models import Department
from ideas.core.db import db
from tests.support import workshop

PRESSES = 80


def test_a_get_cannot_write_whatever_its_view_tries(house):
    answer = house.test_client().get("/try/read-and-write")

    assert answer.status_code >= 500
    assert workshop.value(house) == "0"


def test_an_act_that_is_answered_is_kept(house):
    answer = house.test_client().post("/try/count-up")

    assert answer.text == "1"
    assert workshop.value(house) == "1"


def test_people_who_press_at_once_lose_nothing(house):
    statuses = workshop.at_once(house, "/try/count-up", PRESSES)

    assert statuses == [200] * PRESSES
    assert workshop.value(house) == str(PRESSES)


def test_a_refusal_undoes_the_act_and_keeps_only_what_it_must_remember(house):
    answer = house.test_client().post("/try/refuse")

    assert answer.status_code == 400
    assert "Not like this." in answer.text
    assert workshop.value(house) == "0"
    with house.app_context():
        assert db.session.scalars(select(Department.email)).one() == "tried-x@alderbay.example"


def test_a_form_that_is_shown_again_changed_nothing(house):
    assert house.test_client().post("/try/422").status_code == 422
    assert workshop.value(house) == "0"


def test_a_fault_in_the_middle_undoes_everything(house):
    answer = house.test_client().post("/try/break")

    assert answer.status_code == 500
    assert workshop.value(house) == "0"


def test_a_commit_that_fails_is_never_called_a_success(house):
    answer = house.test_client().post("/try/break-at-commit")

    assert answer.status_code == 500
    assert workshop.value(house) == "0"
    assert house.test_client().post("/try/count-up").status_code == 200
