"""Errors are sentences, in three voices."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError

from ideas.core import errors
from ideas.core.db import db


def test_a_page_that_is_not_there_says_so_and_leads_on(house):
    answer = house.test_client().get("/nowhere")

    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.text
    assert 'href="/ideas"' in answer.text


def test_a_program_reads_the_same_as_problem_json(house):
    answer = house.test_client().post("/try/field", headers={"Accept": "application/json"})

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert answer.json["detail"] == "Choose a topic."
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]


def test_htmx_gets_the_sentence_for_the_place_of_messages(house):
    answer = house.test_client().post("/try/field", headers={"HX-Request": "true"})

    assert answer.headers["HX-Retarget"] == "#messages"
    assert "Choose a topic." in answer.text
    assert "<html" not in answer.text


def test_a_wrong_method_names_the_right_one(house):
    answer = house.test_client().post("/healthz")

    assert answer.status_code in {400, 405}
    assert house.test_client().open("/healthz", method="PUT").status_code in {400, 405}


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}, {"Accept": "application/json"}])
def test_a_database_that_is_away_is_said_without_asking_it(house, monkeypatch, headers):
    def away(*_args, **_more):
        raise OperationalError("SELECT", {}, Exception("the server is away"))

    monkeypatch.setattr(db.session, "execute", away)
    monkeypatch.setattr(db.session, "scalar", away)
    monkeypatch.setattr(db.session, "scalars", away)

    answer = house.test_client().get("/readyz", headers=headers)

    assert answer.status_code == 503
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_fault_tells_nothing_of_the_house(house):
    answer = house.test_client().post("/try/break")

    assert "ZeroDivisionError" not in answer.text
    assert answer.headers["X-Request-Id"] in answer.text
    assert "Content-Security-Policy" in answer.headers


def test_each_kind_of_refusal_has_its_status():
    kinds = (errors.NotAllowed, errors.Missing, errors.TooLate, errors.Gone, errors.Invalid, errors.TooMany)

    assert [kind.status for kind in kinds] == [403, 404, 409, 410, 422, 429]
