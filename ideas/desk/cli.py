"""`flask setup`: the city's first day, asked at the console or given as options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import inspect

from ideas.accounts.forms import folded_address
from ideas.core.db import db
from ideas.core.errors import Refused
from ideas.core.text import one_line
from ideas.core.transactions import reading, transaction
from ideas.desk.city_words import checked_currency, checked_languages, checked_zone
from ideas.desk.commands import CityWords, set_up_city
from ideas.desk.queries import is_set_up

LONGEST = {"city": 80, "name": 60}


@click.command("setup")
@click.option("--city", help="The name of the city.")
@click.option("--zone", help="Its time zone, like Europe/Lisbon.")
@click.option("--currency", help="Its money, like EUR.")
@click.option("--languages", help="What it speaks, like “en, fr”.")
@click.option("--population", help="How many people live there.")
@click.option("--email", help="The address of the first administrator.")
@click.option("--name", help="The name of the first administrator that others see.")
@with_appcontext
def cli(**given: str | None) -> None:
    """Set the city up: its name, zone, money and languages, and its first administrator. Once."""
    _refuse_a_second_time()
    answers = {key: _answer(key, given[key]) for key in QUESTIONS}
    try:
        with transaction():
            set_up_city(_words(answers), email=answers["email"], display_name=answers["name"])
    except Refused as refused:
        raise click.ClickException(refused.message) from None
    click.echo(
        f"{answers['city']} is set up. {answers['name']} signs in at /sign-in with {answers['email']}."
    )


def _refuse_a_second_time() -> None:
    if not inspect(db.engine).has_table("city"):
        raise click.ClickException("The database is empty. Run `flask db upgrade` first.")
    with reading():
        if is_set_up():
            raise click.ClickException(
                "This city is set up already. Its pages at /desk/city change it; "
                "`flask people grant` mends a lost administrator."
            )


def _answer(key: str, given: str | None) -> Any:
    """The option, or what is typed; asked again until it can be taken."""
    question, default, check = QUESTIONS[key]
    if given is None:
        return click.prompt(question, default=default, value_proc=_asking(check))
    try:
        return check(given)
    except ValueError as fault:
        raise click.ClickException(f"--{key}: {fault}") from None


def _asking(check: Callable[[str], Any]) -> Callable[[str], Any]:
    def checked(typed: str) -> Any:
        try:
            return check(typed)
        except ValueError as fault:
            raise click.UsageError(str(fault)) from None

    return checked


def _words(answers: dict[str, Any]) -> CityWords:
    return CityWords(
        name=answers["city"],
        zone=answers["zone"],
        currency=answers["currency"],
        languages=answers["languages"],
        population=answers["population"],
    )


def _named(key: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        name = one_line(text).strip()
        if not 2 <= len(name) <= LONGEST[key]:
            raise ValueError(f"A name has 2 to {LONGEST[key]} characters.")
        return name

    return check


def _people(text: str) -> int:
    digits = text.replace(",", "").replace(" ", "").replace("_", "")
    if not (digits.isascii() and digits.isdecimal()) or int(digits) > 50_000_000:
        raise ValueError(f"“{text}” is no number of people. Write it like 240000.")
    return int(digits)


def _address(text: str) -> str:
    try:
        return folded_address(text.strip())
    except ValueError:
        raise ValueError(f"“{text}” is no e-mail address. Write it like eva@example.org.") from None


QUESTIONS: dict[str, tuple[str, str | None, Callable[[str], Any]]] = {
    "city": ("The name of the city", None, _named("city")),
    "zone": ("Its time zone, like Europe/Lisbon", None, checked_zone),
    "currency": ("Its money", "EUR", checked_currency),
    "languages": ("The languages it speaks", "en", checked_languages),
    "population": ("How many people live there", None, _people),
    "email": ("The first administrator’s e-mail address", None, _address),
    "name": ("Their name, as others see it", None, _named("name")),
}
