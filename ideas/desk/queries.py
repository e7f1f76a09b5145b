"""What the city's own pages show: departments, topics, people, and how much waits at the desk."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased, selectinload

from ideas.accounts.models import Department, Person, Role, Viewer
from ideas.accounts.rules import moderators, pipeline_people
from ideas.board.models import NOT_ON_THE_BOARD, BoardCount, Topic
from ideas.core.city import City
from ideas.core.db import db
from ideas.core.errors import Missing
from ideas.core.paging import Slice, decode_cursor, slice_of
from ideas.moderation.queries import queue_size
from ideas.moderation.queries import scopes_of as moderator_scopes
from ideas.pipeline.queries import answers_owed

PEOPLE = 50


class DepartmentLine(NamedTuple):
    """A department as the list of them shows it; `signer` is a name or empty."""

    department: Department
    signer: str
    topics: int
    people: int


class TopicLine(NamedTuple):
    """A topic as the list of them shows it."""

    topic: Topic
    department: str
    ideas: int


class Waiting(NamedTuple):
    """How much waits for this viewer; None where it is not theirs to do."""

    cases: int | None
    answers: int | None
    overdue: int


class Scopes(NamedTuple):
    """What a moderator is limited to, as ids; both empty for the whole city."""

    topics: list[int]
    districts: list[int]


def is_set_up() -> bool:
    """Whether the city has a name of its own."""
    return db.session.scalar(select(City.id).limit(1)) is not None


def kept_city() -> City:
    """The city's row, to be changed."""
    found = db.session.scalar(select(City).limit(1))
    if found is None:
        raise Missing("This city is not set up yet.")
    return found


def department_lines() -> list[DepartmentLine]:
    """Every department with its signer and how many topics and people it has."""
    signer = aliased(Person)
    topics = select(func.count()).where(Topic.department_id == Department.id).scalar_subquery()
    people = select(func.count()).where(Person.department_id == Department.id).scalar_subquery()
    rows = db.session.execute(
        select(Department, signer.display_name, topics, people)
        .outerjoin(signer, signer.id == Department.signer_id)
        .order_by(Department.name)
    )
    return [DepartmentLine(row[0], row[1] or "", row[2], row[3]) for row in rows]


def officers_of(department: Department) -> list[Person]:
    """Who works for the department and may sign its answers off."""
    theirs = (Person.department_id == department.id) & (Person.role == Role.OFFICER)
    return list(db.session.scalars(select(Person).where(theirs).order_by(Person.display_name)))


def topic_lines() -> list[TopicLine]:
    """Every topic with its department and how many ideas it has on the board."""
    on_board = BoardCount.status.not_in(NOT_ON_THE_BOARD)
    ideas = (
        select(func.coalesce(func.sum(BoardCount.ideas), 0))
        .where(BoardCount.topic_id == Topic.id, on_board)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Topic, Department.name, ideas)
        .join(Department, Department.id == Topic.department_id)
        .order_by(Topic.name)
    )
    return [TopicLine(row[0], row[1], int(row[2])) for row in rows]


def people(*, words: str = "", role: Role | None = None, after: str | None = None) -> Slice[Person]:
    """Accounts by name or address, the newest first, fifty at a time."""
    rows = select(Person).options(selectinload(Person.grants)).order_by(Person.id.desc()).limit(PEOPLE + 1)
    if words:
        rows = rows.where(_is_called(words))
    if role is not None:
        rows = rows.where(Person.role == role)
    cursor = decode_cursor(after, int)
    if cursor is not None:
        rows = rows.where(Person.id < cursor[0])
    return slice_of(db.session.scalars(rows).all(), PEOPLE, lambda person: (person.id,))


def scopes_of(person: Person) -> Scopes:
    """What a moderator is limited to."""
    held = moderator_scopes(person)
    return Scopes(
        [scope.topic_id for scope in held if scope.topic_id is not None],
        [scope.district_id for scope in held if scope.district_id is not None],
    )


def waiting(viewer: Viewer) -> Waiting:
    """What waits at the desk for this viewer, in at most three statements."""
    cases = queue_size(viewer) if moderators(viewer) else None
    if not pipeline_people(viewer):
        return Waiting(cases, None, 0)
    return Waiting(cases, *answers_owed(viewer))


def _is_called(words: str) -> Any:
    folded = words.casefold()
    return or_(
        Person.email.startswith(folded, autoescape=True),
        func.lower(Person.display_name).contains(folded, autoescape=True),
        Person.display_name.contains(words, autoescape=True),
    )
