"""The demo city is built through the commands of its people, so everything in it adds up."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, select

from ideas.accounts.models import Person
from ideas.accounts.passwords import is_right
from ideas.board.models import Idea, SearchTerm, Status, Tally
from ideas.comments.models import Comment
from ideas.config import Mode
from ideas.core.city import City
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.events import Event
from ideas.core.transactions import reading
from ideas.demo.build import build
from ideas.demo.people import PASSWORD
from ideas.demo.scale import Scale, enlarge
from ideas.pipeline.models import Answer
from ideas.programs.models import Program, ProgramStatus
from ideas.voting.models import Vote
from ideas.voting.queries.recount import differences


def how_many(model, *where) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def found_differences() -> list[str]:
    with reading():
        return [str(difference) for difference in differences()]


def folded_terms() -> dict[str, int]:
    from ideas.board.models import SearchEntry

    words: dict[str, int] = {}
    for entry in db.session.scalars(select(SearchEntry)):
        for word in set(f"{entry.title} {entry.body}".split()):
            words[word] = words.get(word, 0) + 1
    return words


def test_the_demo_city_stands_adds_up_and_tells_nobody_of_its_past(app, browse):
    with app.app_context():
        build(seed=1, tell=lambda _done, _planned: None)

    with reading():
        assert how_many(Idea) == 120
        assert how_many(Vote) == 6000
        assert how_many(Comment) >= 700
        assert how_many(Answer) >= 12
        assert set(db.session.scalars(select(Program.status))) == set(ProgramStatus)
        assert how_many(Idea, Idea.answer_due_at < town_now()) == 2
        assert how_many(Event, Event.relayed_at.is_(None)) == 0
        assert how_many(Idea, Idea.status == Status.WAITING) == 3
        ana = db.session.scalars(select(Person).where(Person.email == "ana@alderbay.example")).one()
        assert is_right(PASSWORD, ana.password_hash)
    assert found_differences() == []

    page = browse().visits("/ideas")
    assert page.says("Shade trees and benches along the Canal Street tram stop")

    scale = Scale(60)
    enlarge(scale, seed=1, tell=lambda _many: None)

    assert (scale.ideas, scale.votes, scale.comments) == (60, 1200, 300)
    assert found_differences() == []
    with reading():
        assert how_many(Idea) == 180
        assert db.session.scalar(select(func.sum(Tally.counted + Tally.attested))) == 7200
        stored = {term.word: term.ideas for term in db.session.scalars(select(SearchTerm)) if term.ideas}
        assert stored == folded_terms()


def test_production_refuses_the_demo_with_a_sentence(app):
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, mode=Mode.PRODUCTION)
    try:
        answer = app.test_cli_runner().invoke(args=["demo"])
    finally:
        app.config["SETTINGS"] = settings

    assert answer.exit_code == 1
    assert "The demo city is only built with IDEAS_MODE=demo." in answer.output
    with reading():
        assert how_many(City) == 0


def test_a_city_that_is_there_stays_as_it_is(town, app):
    answer = app.test_cli_runner().invoke(args=["demo", "--if-empty"])

    assert answer.exit_code == 0, answer.output
    with reading():
        assert how_many(Idea) == 0
    again = app.test_cli_runner().invoke(args=["demo"])
    assert again.exit_code == 1
    assert "There is a city in this database already." in again.output


def test_who_can_sign_in_is_written_as_json(town, app, tmp_path: Path):
    file = tmp_path / "doors.json"

    answer = app.test_cli_runner().invoke(args=["demo", "--if-empty", "--credentials", str(file)])

    assert answer.exit_code == 0, answer.output
    doors = json.loads(file.read_text())
    roles = {door["role"] for door in doors}
    assert roles >= {
        "resident", "member", "organisation", "moderator", "officer", "council_member", "clerk", "front_desk",
        "second", "administrator",
    }  # fmt: skip
    assert all(door["email"] and door["password"] for door in doors)
    assert all(door["totp_secret"] for door in doors if door["role"] == "officer")
