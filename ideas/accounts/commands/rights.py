"""Roles, grants and scopes. A change of rights ends the person's sessions; the last administrator stays one.

`by` is None where the city's own console acts.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, func, select, update

from ideas.accounts.models import Department, Grant, Person, PersonGrant, Role, Scope, Standing
from ideas.accounts.rules import may_change_rights
from ideas.core.clock import town_now
from ideas.core.db import db, insert_into, one_of_a_kind, take_turn
from ideas.core.errors import Invalid, TooLate, ensure
from ideas.core.events import record
from ideas.core.sessions import end_all_sessions

RIGHTS = "Only administrators change what others may do."


def add_person(email: str, *, by: Person | None, display_name: str) -> Person:
    """An account for somebody who has not come yet; Invalid if the address has one."""
    ensure(by is None or may_change_rights(by), RIGHTS)
    person = Person(email=email, display_name=display_name, joined_at=town_now(), grants=[])
    with one_of_a_kind("This address has an account already.", field="email"):
        db.session.add(person)
    record("person.added", actor=by, subject=person)
    return person


def grant_role(
    person: Person, *, by: Person | None, role: Role, department: Department | None = None
) -> None:
    """Make somebody what they are to the city from now on; an officer needs a department."""
    ensure(by is None or may_change_rights(by), RIGHTS)
    if role is Role.OFFICER and department is None:
        raise Invalid("An officer needs a department.", field="department")
    if role is not Role.ADMINISTRATOR:
        keep_an_administrator(person)
    before, person.role = person.role, role
    person.department_id = department.id if department is not None else None
    _sign_no_more(person)
    if role is not Role.MODERATOR:
        db.session.execute(delete(Scope).where(Scope.person_id == person.id))
    _changed(person, by=by, kind="person.role_changed", before=before.value, after=role.value)


def give_grant(person: Person, *, by: Person | None, grant: Grant) -> None:
    """Let somebody do one thing more beside their role; giving it twice changes nothing."""
    ensure(by is None or may_change_rights(by), RIGHTS)
    fresh = insert_into(PersonGrant).values(person_id=person.id, grant=grant).on_conflict_do_nothing()
    if db.session.scalar(fresh.returning(PersonGrant.grant)) is not None:
        _changed(person, by=by, kind="person.grant_given", grant=grant.value)


def take_grant(person: Person, *, by: Person | None, grant: Grant) -> None:
    """Take a grant back; taking what is not there changes nothing."""
    ensure(by is None or may_change_rights(by), RIGHTS)
    held = delete(PersonGrant).where(PersonGrant.person_id == person.id, PersonGrant.grant == grant)
    if db.session.scalar(held.returning(PersonGrant.grant)) is not None:
        _changed(person, by=by, kind="person.grant_taken", grant=grant.value)


def set_scopes(
    person: Person, *, by: Person | None, topics: Iterable[int] = (), districts: Iterable[int] = ()
) -> None:
    """Limit a moderator to these topics and districts (ids); none means the whole city."""
    ensure(by is None or may_change_rights(by), RIGHTS)
    if person.role is not Role.MODERATOR:
        raise Invalid("Only moderators are limited to topics or districts.", field="topics")
    db.session.execute(delete(Scope).where(Scope.person_id == person.id))
    wanted = [Scope(person_id=person.id, topic_id=one) for one in sorted(set(topics))]
    wanted += [Scope(person_id=person.id, district_id=one) for one in sorted(set(districts))]
    db.session.add_all(wanted)
    _changed(person, by=by, kind="person.scopes_set", scopes=len(wanted))


def keep_an_administrator(person: Person) -> None:
    """TooLate if the city would be left without one."""
    if person.role is not Role.ADMINISTRATOR:
        return
    take_turn("administrators")
    others = select(func.count()).where(
        Person.role == Role.ADMINISTRATOR, Person.standing == Standing.ACTIVE, Person.id != person.id
    )
    if not db.session.scalar(others):
        raise TooLate(
            f"{person.display_name} is the last administrator. Make somebody else one first.", field="role"
        )


def _sign_no_more(person: Person) -> None:
    """Who leaves a department does not sign for it; until another is named, any colleague does."""
    own = person.department_id if person.role is Role.OFFICER else None
    left = update(Department).where(Department.signer_id == person.id, Department.id != (own or 0))
    db.session.execute(left.values(signer_id=None))


def _changed(person: Person, *, by: Person | None, kind: str, **about: object) -> None:
    db.session.flush()
    end_all_sessions(person.id)
    record(kind, actor=by, subject=person, about=about)
