"""Keeping the city's own things: its name and numbers, its departments, its topics, and its first day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import select

from ideas.accounts.models import Department, Person, Role
from ideas.board.models import Topic
from ideas.calls.commands import begin_cycle
from ideas.calls.models import Call, Phase
from ideas.core.city import City
from ideas.core.clock import town_now
from ideas.core.db import db, one_of_a_kind
from ideas.core.errors import Invalid, TooLate, ensure
from ideas.core.events import record
from ideas.core.text import slug_or
from ideas.desk.city_words import checked_currency, checked_languages, checked_zone
from ideas.desk.queries import is_set_up
from ideas.desk.rules import may_keep_city

NOT_YOURS = "Only administrators keep the city’s own pages."
TWIN_DEPARTMENT = "There is already a department with this name, or one that reads the same."
TWIN_TOPIC = "There is already a topic with this name, or one that reads the same."
FIRST_DEPARTMENT = "City office"
FIRST_TOPICS = (
    ("Streets & transit", "Walking, cycling, buses, trams, parking and crossings."),
    ("Parks & nature", "Trees, green places, water, animals."),
    ("Housing & buildings", "Homes, public buildings, empty houses."),
    ("Energy & climate", "Heat, energy, waste and what the air is like."),
    ("Culture & play", "Libraries, sport, playgrounds, meeting places."),
    ("Everything else", "What fits nowhere else."),
)


class CityWords(NamedTuple):
    """What a city says about itself, as typed; zone, currency and languages are checked by the command."""

    name: str
    zone: str
    currency: str
    languages: str | list[str]
    population: int


class CityRules(NamedTuple):
    """The few numbers a city decides on, and the profile of its house rules."""

    house_rules: str
    answer_days: int
    moderation_hours: int
    appeal_days: int
    minimum_age: int
    eligible_months: int
    imprint: str


def create_department(*, by: Person, name: str, email: str, remit: str) -> Department:
    """A part of the city that can own answers and programs."""
    ensure(may_keep_city(by), NOT_YOURS)
    department = Department(slug=slug_or(name, "department"), name=name, email=email, remit=remit)
    with one_of_a_kind(TWIN_DEPARTMENT, field="name"):
        db.session.add(department)
    record("department.created", actor=by, subject=department)
    return department


def edit_department(
    department: Department, *, by: Person, name: str, email: str, remit: str, signer: Person | None
) -> None:
    """Change its words, and who signs its answers off: one of its own officers, or nobody yet."""
    ensure(may_keep_city(by), NOT_YOURS)
    if signer is not None and (signer.role is not Role.OFFICER or signer.department_id != department.id):
        raise Invalid("Whoever signs off is an officer of this department.", field="signer")
    with one_of_a_kind(TWIN_DEPARTMENT, field="name"):
        department.name, department.email, department.remit = name, email, remit
        department.signer_id = signer.id if signer else None
    record("department.edited", actor=by, subject=department)


def create_topic(*, by: Person, name: str, sentence: str, department: Department) -> Topic:
    """One more thing that ideas can be about."""
    ensure(may_keep_city(by), NOT_YOURS)
    topic = Topic(slug=slug_or(name, "topic"), name=name, sentence=sentence, department_id=department.id)
    with one_of_a_kind(TWIN_TOPIC, field="name"):
        db.session.add(topic)
    record("topic.created", actor=by, subject=topic)
    return topic


def edit_topic(topic: Topic, *, by: Person, name: str, sentence: str, department: Department) -> None:
    """Change its words and the department that automatic moves go to; its address stays."""
    ensure(may_keep_city(by), NOT_YOURS)
    with one_of_a_kind(TWIN_TOPIC, field="name"):
        topic.name, topic.sentence, topic.department_id = name, sentence, department.id
    record("topic.edited", actor=by, subject=topic)


def edit_city(city: City, *, by: Person, words: CityWords, rules: CityRules) -> None:
    """Change what the city says about itself and the numbers it decides on."""
    ensure(may_keep_city(by), NOT_YOURS)
    for name, value in (_checked(words)._asdict() | rules._asdict()).items():
        setattr(city, name, value)
    record("city.edited", actor=by, subject=city)


def set_up_city(words: CityWords, *, email: str, display_name: str) -> Person:
    """The city's first day: its row, its first administrator, the call that is always open, a few topics.

    It happens once. TooLate ever after.
    """
    if is_set_up():
        raise TooLate(
            "This city is set up already. Its pages at /desk/city change it; "
            "`flask people grant` mends a lost administrator."
        )
    city = City(**_checked(words)._asdict())
    eva = Person(
        email=email, display_name=display_name, role=Role.ADMINISTRATOR, joined_at=town_now(), grants=[]
    )
    db.session.add(city)
    with one_of_a_kind("This address belongs to somebody already.", field="email"):
        db.session.add(eva)
    _open_the_board(eva)
    _first_topics(email)
    record("city.set_up", actor=eva, subject=city)
    return eva


def _checked(words: CityWords) -> CityWords:
    """The right spelling of zone, currency and languages, or Invalid at the field."""
    checks: dict[str, Callable[[Any], Any]] = {
        "zone": checked_zone,
        "currency": checked_currency,
        "languages": checked_languages,
    }
    checked: dict[str, Any] = {}
    for field, check in checks.items():
        try:
            checked[field] = check(getattr(words, field))
        except ValueError as fault:
            raise Invalid(str(fault), field=field) from None
    return words._replace(**checked)


def _open_the_board(by: Person) -> None:
    """The call that every city has: ideas and support at any time."""
    call = Call(slug="always-open", title="Always open", is_always_open=True, created_at=town_now())
    call.summary = "For every idea that fits no other call."
    db.session.add(call)
    db.session.flush()
    db.session.add(Phase(call_id=call.id, position=1, name="Ideas", accepts_ideas=True, accepts_support=True))
    begin_cycle(call)
    record("call.created", actor=by, subject=call)


def _first_topics(email: str) -> None:
    """Something to begin with, where an import has not brought topics already."""
    if db.session.scalar(select(Topic.id).limit(1)) is not None:
        return
    office = db.session.scalar(select(Department).limit(1))
    if office is None:
        office = Department(slug="city-office", name=FIRST_DEPARTMENT, email=email)
        db.session.add(office)
        db.session.flush()
    db.session.add_all(
        Topic(slug=slug_or(name, "topic"), name=name, sentence=sentence, department_id=office.id)
        for name, sentence in FIRST_TOPICS
    )
    db.session.flush()
