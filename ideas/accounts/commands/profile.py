"""What people change about themselves."""

from __future__ import annotations

from ideas.accounts.models import Person
from ideas.accounts.rules import signed_in
from ideas.core.db import db
from ideas.core.errors import ensure
from ideas.core.events import record
from ideas.core.sessions import end_all_sessions


def change_profile(person: Person, *, display_name: str, locale: str) -> None:
    """What I am called, and in which language the city writes to me."""
    ensure(signed_in(person))
    person.display_name, person.locale = display_name, locale
    record("person.profile_changed", actor=person, subject=person)


def set_password(person: Person, *, password_hash: str, here: bytes | None) -> None:
    """Keep the hash, and sign out every browser but `here` (the hash of its session's id)."""
    ensure(signed_in(person))
    person.password_hash = password_hash
    db.session.flush()
    end_all_sessions(person.id, but=here)
    record("person.password_changed", actor=person, subject=person)


def sign_out_elsewhere(person: Person, *, here: bytes | None) -> None:
    """End all my sessions but this one."""
    ensure(signed_in(person))
    end_all_sessions(person.id, but=here)
    record("person.signed_out_elsewhere", actor=person, subject=person)
