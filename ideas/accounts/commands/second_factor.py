"""The second factor of those who work for the city: an app's six digits, or a printed code."""

from __future__ import annotations

from sqlalchemy import delete, update

from ideas.accounts.codes import digest_of_recovery, new_secret, printed_codes, step_of
from ideas.accounts.commands.tries import forgive_tries
from ideas.accounts.models import Person, RecoveryCode
from ideas.accounts.rules import may_reset_second_factor, second_factor_people
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.errors import Invalid, TooLate, ensure
from ideas.core.events import record
from ideas.core.sessions import end_all_sessions

SIX = 6
NOT_NEEDED = "Only those who work for the city have a second factor."
WRONG = "This code is wrong or too old. Type the one your app shows now."


def prepare_second_factor(person: Person) -> None:
    """A new secret to scan; it protects nothing until it was confirmed."""
    ensure(second_factor_people(person), NOT_NEEDED)
    person.totp_secret, person.totp_confirmed_at, person.totp_last_step = new_secret(), None, 0
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    record("person.second_factor_prepared", actor=person, subject=person)


def confirm_second_factor(person: Person, code: str) -> list[str]:
    """From now on the digits are asked at each sign-in; returns the printed codes, this once."""
    ensure(second_factor_people(person), NOT_NEEDED)
    if person.totp_secret is None or person.totp_confirmed_at is not None:
        raise TooLate("Your second factor is set up already.")
    _use_step(person, code)
    person.totp_confirmed_at = town_now()
    record("person.second_factor_confirmed", actor=person, subject=person)
    return renew_recovery_codes(person)


def renew_recovery_codes(person: Person) -> list[str]:
    """Eight new printed codes, returned in clear once; the old ones are dead."""
    ensure(second_factor_people(person), NOT_NEEDED)
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = printed_codes()
    db.session.add_all(
        RecoveryCode(person_id=person.id, code_hash=digest_of_recovery(code, person_id=person.id))
        for code in codes
    )
    record("person.recovery_codes_renewed", actor=person, subject=person)
    return codes


def check_second_factor(person: Person, typed: str) -> None:
    """Take the app's digits or a printed code, each of them once."""
    digits = "".join(typed.split())
    if len(digits) == SIX and digits.isdecimal():
        _use_step(person, digits)
    else:
        _use_printed(person, typed)


def _use_step(person: Person, code: str) -> None:
    step = step_of(code, secret=person.totp_secret or "", at=town_now().timestamp())
    if step is None:
        raise Invalid(WRONG, field="code")
    newer = update(Person).where(Person.id == person.id, Person.totp_last_step < step)
    used = db.session.scalar(newer.values(totp_last_step=step).returning(Person.id))
    if used is None:
        raise Invalid("This code was used already. Wait for the next one in your app.", field="code")
    forgive_tries(str(person.id), of="second factor")


def _use_printed(person: Person, typed: str) -> None:
    digest = digest_of_recovery(typed, person_id=person.id)
    fresh = update(RecoveryCode).where(
        RecoveryCode.person_id == person.id, RecoveryCode.code_hash == digest, RecoveryCode.used_at.is_(None)
    )
    if db.session.scalar(fresh.values(used_at=town_now()).returning(RecoveryCode.person_id)) is None:
        raise Invalid(WRONG, field="code")
    forgive_tries(str(person.id), of="second factor")
    record("person.recovery_code_used", actor=person, subject=person)


def reset_second_factor(person: Person, *, by: Person | None) -> None:
    """For somebody who lost phone and paper: they set up a new one at the next sign-in."""
    ensure(
        by is None or may_reset_second_factor(by, person),
        "Only administrators do this, and not for themselves.",
    )
    person.totp_secret = person.totp_confirmed_at = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    end_all_sessions(person.id)
    record("person.second_factor_reset", actor=by, subject=person)
