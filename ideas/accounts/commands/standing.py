"""Suspended people read and do not act, for a time; banned people cannot sign in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from ideas.accounts.commands.rights import keep_an_administrator
from ideas.accounts.models import Person, Standing
from ideas.accounts.rules import may_exclude
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.errors import Invalid, ensure
from ideas.core.events import record
from ideas.core.jobs import nightly
from ideas.core.sessions import end_all_sessions
from ideas.core.transactions import transaction

WHO = "Only administrators do this, and not to themselves."


def suspend(person: Person, *, by: Person | None, until: datetime) -> None:
    """Let somebody only read until then."""
    ensure(by is None or may_exclude(by, person), WHO)
    if until <= town_now():
        raise Invalid("The last day of a suspension lies ahead.", field="until")
    _set(person, Standing.SUSPENDED, by=by, until=until)


def ban(person: Person, *, by: Person | None) -> None:
    """Let somebody in no more; what they wrote and supported stays."""
    ensure(by is None or may_exclude(by, person), WHO)
    _set(person, Standing.BANNED, by=by)


def lift(person: Person, *, by: Person | None) -> None:
    """Let somebody act again."""
    ensure(by is None or may_exclude(by, person), WHO)
    if person.standing in {Standing.SUSPENDED, Standing.BANNED}:
        _set(person, Standing.ACTIVE, by=by)


@nightly
def lift_what_has_ended() -> None:
    """Write down that suspensions are over; the door has let these people act since the very moment."""
    with transaction():
        over = (Person.standing == Standing.SUSPENDED) & (Person.suspended_until <= town_now())
        lifted = update(Person).where(over).values(standing=Standing.ACTIVE, suspended_until=None)
        db.session.execute(lifted)


def _set(person: Person, standing: Standing, *, by: Person | None, until: datetime | None = None) -> None:
    if standing is not Standing.ACTIVE:
        keep_an_administrator(person)
    person.standing, person.suspended_until = standing, until
    db.session.flush()
    end_all_sessions(person.id)
    kinds = {Standing.ACTIVE: "lifted", Standing.SUSPENDED: "suspended", Standing.BANNED: "banned"}
    about = {"until": until.isoformat()} if until else {}
    record(f"person.{kinds[standing]}", actor=by, subject=person, about=about)
