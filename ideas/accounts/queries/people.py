"""Finding people and the departments they work for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideas.accounts.models import Department, Grant, Person, PersonGrant, Role, Standing
from ideas.core.db import db
from ideas.core.errors import Missing


def person_by_email(email: str) -> Person | None:
    """The account of a folded address, with grants and resident, as it is now."""
    return _one(Person.email == email)


def person_with(person_id: int) -> Person:
    """The account with this number, the same; Missing where there is none, or its person has left."""
    person = _one((Person.id == person_id) & (Person.standing != Standing.ERASED))
    if person is None:
        raise Missing("There is no such account.")
    return person


def people_with_rights() -> list[Person]:
    """Everybody who is more than a member, with their grants."""
    found = (
        select(Person)
        .where((Person.role != Role.MEMBER) | Person.id.in_(select(PersonGrant.person_id)))
        .options(joinedload(Person.grants))
        .order_by(Person.role, Person.display_name)
    )
    return list(db.session.scalars(found).unique())


def grants_of(person: Person) -> list[Grant]:
    """A person's grants, in a fixed order."""
    return sorted(held.grant for held in person.grants)


def departments() -> list[Department]:
    """Every part of the city, by name."""
    return list(db.session.scalars(select(Department).order_by(Department.name)))


def department_by(slug: str) -> Department:
    """One part of the city by the word in its address, or Missing."""
    return _there(db.session.scalar(select(Department).where(Department.slug == slug)), slug)


def department_with(department_id: int) -> Department:
    """One part of the city by its number, or Missing."""
    return _there(db.session.get(Department, department_id), department_id)


def _one(which: Any) -> Person | None:
    found = (
        select(Person)
        .where(which)
        .options(joinedload(Person.grants), joinedload(Person.resident))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(found).unique().one_or_none()


def _there(found: Department | None, name: object) -> Department:
    if found is None:
        raise Missing(f"There is no department “{name}”.")
    return found
