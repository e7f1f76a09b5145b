"""An export of Consul: what can be used becomes ideas once, what cannot is listed with its reason."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from sqlalchemy import func, select

from ideas.board.models import BoardCount, Channel, Idea, SearchEntry, Status, StatusEvent
from ideas.core.db import db
from ideas.core.events import Event
from ideas.core.transactions import reading
from ideas.importing.topics import built_in
from ideas.voting.models import Vote
from ideas.voting.queries.recount import differences

HEADING = '"id";"title";"description";"cached_votes_up";"created_at";"retired_at"'
MADRID = Path(__file__).parents[3] / "shared" / "data" / "decide-madrid-2024" / "proposals_latest.csv"


def export(folder: Path, *rows: str, heading: str = HEADING) -> Path:
    file = folder / "proposals.csv"
    file.write_bytes("\r\n".join([heading, *rows, ""]).encode("utf-8", errors="surrogateescape"))
    return file


def bring(app, file: Path, *more: str):
    rejects = file.with_name("rejects.csv")
    return app.test_cli_runner().invoke(
        args=["import", "consul-csv", str(file), "--call", "always-open", "--rejects", str(rejects), *more]
    )


def ideas() -> list[Idea]:
    with reading():
        return list(db.session.scalars(select(Idea).order_by(Idea.id)))


def how_many(model) -> int:
    with reading():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


TREES = '"71";"Árboles";"<p>Más <strong>sombra</strong> en el parque.</p>";"15";"01/02/2024";""'
METRO = (
    '"72";"Metro accesible";"Texto; con punto y coma\ny otra línea";"3";"05/02/2024";'
    '"2024-03-01 10:00:00 +0100"'
)


def test_rows_become_ideas_with_their_dates_and_their_support_apart(town, app, tmp_path):
    answer = bring(app, export(tmp_path, TREES, METRO), "--source", "Decide Madrid")

    assert answer.exit_code == 0, answer.output
    trees, metro = ideas()
    assert (trees.title, trees.body) == ("Árboles", "Más **sombra** en el parque.")
    assert (trees.foreign_source, trees.foreign_id, trees.support_before) == ("Decide Madrid", "71", 15)
    assert (trees.channel, trees.status, trees.language) == (Channel.IMPORT, Status.OPEN, "es")
    assert trees.posted_at.date().isoformat() == "2024-02-01"
    assert metro.status is Status.WITHDRAWN
    assert metro.status_since.date().isoformat() == "2024-03-01"
    assert how_many(Vote) == 0
    assert "Support before the move: 18." in answer.output


def test_every_count_and_the_search_know_of_them(town, app, tmp_path):
    bring(app, export(tmp_path, TREES, METRO))

    with reading():
        assert [str(difference) for difference in differences()] == []
        assert db.session.scalar(select(func.sum(BoardCount.ideas))) == 2
        words = db.session.scalars(select(SearchEntry.title).order_by(SearchEntry.idea_id)).all()
        assert words == ["arboles", "metro accesible"]
        moves = db.session.scalars(select(StatusEvent.to_status).order_by(StatusEvent.id)).all()
        assert moves == [Status.OPEN, Status.OPEN, Status.WITHDRAWN]


def test_an_import_tells_nobody(town, app, tmp_path):
    bring(app, export(tmp_path, TREES))

    with reading():
        told = db.session.scalars(select(Event).where(Event.kind == "ideas.imported")).one()
        assert told.relayed_at is not None


def test_a_second_run_adds_nothing(town, app, tmp_path):
    file = export(tmp_path, TREES, METRO)
    bring(app, file)

    answer = bring(app, file)

    assert "2 were here already." in answer.output
    assert len(ideas()) == 2


def test_a_dry_run_writes_nothing_and_says_what_would_be(town, app, tmp_path):
    answer = bring(app, export(tmp_path, TREES, '"";"No id";"x";"1";"01/02/2024";""'), "--dry-run")

    assert "Would add 1 ideas" in answer.output
    assert "line 3: It has no usable id." in answer.output
    assert ideas() == []
    assert not (tmp_path / "rejects.csv").exists()


def test_rows_that_cannot_be_used_are_listed_and_the_rest_goes_on(town, app, tmp_path):
    file = export(
        tmp_path,
        '"1";"";"no title";"1";"01/02/2024";""',
        '"2";"No date";"x";"1";"soon";""',
        '"3";"Half a vote";"x";"1.5";"01/02/2024";""',
        '"4";"Too few cells";"x"',
        TREES,
        TREES,
        '"5";"Broken byte \udcff";"x";"1";"01/02/2024";""',
        METRO,
    )

    answer = bring(app, file)

    assert answer.exit_code == 0, answer.output
    assert [idea.foreign_id for idea in ideas()] == ["71", "72"]
    with (tmp_path / "rejects.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["file"] for row in rows} == {"proposals.csv"}
    assert [(row["line"], row["reason"]) for row in rows] == [
        ("2", "It has no title."),
        ("3", "Its created_at is “soon”, which is no date."),
        ("4", "Its number of supporters is “1.5”."),
        ("5", "It has more or fewer cells than the heading."),
        ("7", "The id 71 stands on an earlier line."),
        ("8", "It is not written in UTF-8."),
    ]


@pytest.mark.parametrize("day", ["31/12/9999", "01/01/0001"])
def test_a_day_of_another_age_is_listed_and_does_not_stand_on_top_of_the_board(town, app, tmp_path, day):
    answer = bring(app, export(tmp_path, TREES, f'"73";"Soon or long ago";"x";"1";"{day}";""'))

    assert "line 3: Its date, " in answer.output
    assert [idea.foreign_id for idea in ideas()] == ["71"]


def test_a_map_sorts_them_into_the_topics_of_the_city(town, app, tmp_path):
    words = tmp_path / "topics.csv"
    words.write_text("word;topic\nárbol;Parks & nature\nmetro;streets\n", encoding="utf-8")

    bring(app, export(tmp_path, TREES, METRO), "--map", str(words))

    trees, metro = ideas()
    assert (trees.topic_id, metro.topic_id) == (town.parks.id, town.transit.id)


def test_a_map_with_an_unknown_topic_is_refused_by_its_line(town, app, tmp_path):
    words = tmp_path / "topics.csv"
    words.write_text("metro;Trains\n", encoding="utf-8")

    answer = bring(app, export(tmp_path, TREES), "--map", str(words))

    assert answer.exit_code == 1
    assert "Line 1 of the map: this city has no topic “Trains”." in answer.output


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--call", "nowhere"], "There is no call “nowhere”. The calls are: always-open."),
        (["--topic", "trains"], "There is no topic “trains”."),
    ],
)
def test_what_the_city_does_not_have_is_said_before_anything_is_read(town, app, tmp_path, args, sentence):
    answer = bring(app, export(tmp_path, TREES), *args)

    assert answer.exit_code == 1
    assert sentence in answer.output
    assert ideas() == []


def test_another_file_is_recognised_by_its_heading(town, app, tmp_path):
    answer = bring(app, export(tmp_path, "1,2", heading="id,title"))

    assert answer.exit_code == 1
    assert "Is this Consul's export with semicolons?" in answer.output


@pytest.mark.soak
def test_all_of_madrid_comes_over(town, app, tmp_path, browse):
    """The whole export of 2024, where the data lies beside the repository."""
    if not MADRID.exists():
        pytest.skip(f"{MADRID} is not there")

    answer = app.test_cli_runner().invoke(
        args=[
            "import",
            "consul-csv",
            str(MADRID),
            "--call",
            "always-open",
            "--rejects",
            str(tmp_path / "r.csv"),
        ]
    )

    assert answer.exit_code == 0, answer.output
    assert len(ideas()) == 2738
    assert "30 of them withdrawn there" in answer.output
    with reading():
        assert [str(difference) for difference in differences()] == []
    assert browse(town.guest).visits("/ideas?q=arboles").says("ideas")


def test_the_built_in_words_know_the_topics_of_a_city_that_was_just_set_up():
    topics = {"streets-transit": 1, "parks-nature": 2, "waste": 3, "everything-else": 4}

    words = built_in(topics)

    assert (words["acera"], words["parque"], words["basura"]) == (1, 2, 3)
    assert "vivienda" not in words
