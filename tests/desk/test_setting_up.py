"""`flask setup`: the city's first day, and only the first."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from ideas.accounts.models import Department, Person, Role
from ideas.board.models import Topic
from ideas.calls.queries import always_open
from ideas.core.city import city
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.held import forget
from ideas.desk.city_words import checked_currency, checked_languages, checked_zone
from ideas.voting.models import Cycle

OPTIONS = {
    "--city": "Alder Bay",
    "--zone": "Europe/Lisbon",
    "--currency": "EUR",
    "--languages": "en, pt-br",
    "--population": "240,000",
    "--email": "Eva@AlderBay.example",
    "--name": "Eva Brandt",
}


@pytest.fixture
def setup(app):
    """Run `flask setup` with these options, and what is typed after them."""

    def run(typed: str = "", **changes: str | None):
        options = OPTIONS | {f"--{key}": value for key, value in changes.items()}
        words = [part for key, value in options.items() if value is not None for part in (key, value)]
        db.session.remove()
        forget(app)
        return app.test_cli_runner().invoke(args=["setup", *words], input=typed)

    return run


def test_a_city_is_set_up_with_all_it_needs_for_the_first_idea(setup):
    result = setup()

    assert result.exit_code == 0, result.output
    assert "Alder Bay is set up." in result.output
    assert (city().name, city().zone, city().currency) == ("Alder Bay", "Europe/Lisbon", "EUR")
    assert (city().languages, city().population) == (["en", "pt_BR"], 240_000)
    call = always_open()
    assert call.takes_ideas(town_now())
    assert call.takes_support(town_now())
    assert db.session.scalar(select(func.count()).select_from(Cycle)) == 1
    assert db.session.scalar(select(func.count()).select_from(Topic)) == 6
    assert db.session.scalar(select(Department.email)) == "eva@alderbay.example"


def test_the_first_administrator_comes_in_by_that_address(setup, browse):
    setup()

    eva = db.session.scalars(select(Person)).one()

    assert (eva.email, eva.role) == ("eva@alderbay.example", Role.ADMINISTRATOR)
    assert browse(eva).visits("/desk").says("What waits for you, Eva Brandt.")


def test_it_asks_for_what_was_not_given_until_it_can_be_taken(setup):
    typed = "Mars\neurope/lisbon\nXXX\nusd\n"

    result = setup(typed, zone=None, currency=None)

    assert result.exit_code == 0, result.output
    assert "“Mars” is no time zone." in result.output
    assert "“XXX” is no currency." in result.output
    assert city().currency == "USD"


def test_a_second_time_is_refused_with_the_way_out(setup):
    setup()

    result = setup(city="Other Bay")

    assert result.exit_code == 1
    assert "This city is set up already." in result.output
    assert "flask people grant" in result.output
    assert city().name == "Alder Bay"


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("city", "X", "A name has 2 to 80 characters."),
        ("zone", "Lisbon", "“Lisbon” is no time zone."),
        ("currency", "DEM", "“DEM” is no currency."),
        ("languages", "en, zz", "“zz” is no language code."),
        ("languages", " , ", "Write at least one language"),
        ("population", "many", "“many” is no number of people."),
        ("email", "eva", "“eva” is no e-mail address."),
        ("name", "E", "A name has 2 to 60 characters."),
    ],
)
def test_a_wrong_option_is_a_sentence_and_nothing_is_kept(setup, option, value, sentence):
    result = setup(**{option: value})

    assert result.exit_code == 1
    assert sentence in result.output
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0


def test_words_are_taken_in_the_spelling_of_their_lists():
    assert checked_zone("america/new_york") == "America/New_York"
    assert checked_currency(" usd ") == "USD"
    assert checked_languages("fr;en fr") == ["fr", "en"]
