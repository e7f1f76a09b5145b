"""Proving who one is: a code that was mailed, or a password. Answers never tell who has an account."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from ideas.accounts import passwords
from ideas.accounts.codes import digest_of_browser, digest_of_code, six_digits
from ideas.accounts.commands.tries import forgive_tries
from ideas.accounts.models import Person, SignInCode
from ideas.accounts.queries import newest_code_id, person_by_email
from ideas.accounts.rules import may_sign_in
from ideas.core.clock import town_now
from ideas.core.db import db, take_turn
from ideas.core.errors import Invalid, TooLate, TooMany
from ideas.core.events import record
from ideas.core.mail import Parcel, mail_page, send_mails
from ideas.core.transactions import reading

CODE_LIFE = timedelta(minutes=10)
TRIES = 5
CODES_A_DAY = 5
DAY = timedelta(days=1)


def ask_for_code(email: str, *, browser: str, display_name: str = "", locale: str = "en") -> SignInCode:
    """Mail a code that works in this browser for ten minutes; every older one for the address is dead.

    With a `display_name` the code makes an account where there is none.
    """
    take_turn(f"codes of {email}")
    now = town_now()
    _ensure_few(email, now)
    db.session.execute(
        update(SignInCode).where(SignInCode.email == email, SignInCode.used_at.is_(None)).values(used_at=now)
    )
    code = six_digits()
    asked = SignInCode(
        email=email,
        display_name=display_name,
        browser_hash=digest_of_browser(browser),
        code_hash=digest_of_code(code, email=email, browser=browser),
        created_at=now,
        expires_at=now + CODE_LIFE,
    )
    db.session.add(asked)
    db.session.flush()
    _mail(asked, code, locale)
    return asked


def _ensure_few(email: str, now: datetime) -> None:
    today = (SignInCode.email == email) & (SignInCode.created_at > now - DAY)
    asked, first = db.session.execute(
        select(func.count(), func.min(SignInCode.created_at)).select_from(SignInCode).where(today)
    ).one()
    if asked >= CODES_A_DAY:
        seconds = max(1, int((first + DAY - now).total_seconds()))
        raise TooMany(
            "Five codes were sent to this address today, and we send no more. "
            "Use the newest one while it works, or try again tomorrow.",
            retry_after=seconds,
        )


def _mail(asked: SignInCode, code: str, locale: str) -> None:
    """The page says the same to everybody; only the owner of the address reads how it is."""
    person = person_by_email(asked.email)
    locale = person.locale if person else locale
    if may_sign_in(person) or (person is None and asked.display_name):
        name = "accounts/mails/code"
    else:
        name = "accounts/mails/closed" if person else "accounts/mails/stranger"
    text, html = mail_page(name, locale=locale, code=code, minutes=CODE_LIFE.seconds // 60)
    send_mails([Parcel(f"code:{asked.id}", asked.email, text.partition("\n")[0], text, html)])


def spend_code_try(*, browser: str) -> SignInCode:
    """Use up one of the five tries of this browser's code; the caller commits before it is looked at."""
    now = town_now()
    alive = (SignInCode.tries < TRIES) & SignInCode.used_at.is_(None) & (SignInCode.expires_at > now)
    spent = db.session.scalars(
        update(SignInCode)
        .where(SignInCode.id == newest_code_id(digest_of_browser(browser)), alive)
        .values(tries=SignInCode.tries + 1)
        .returning(SignInCode)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if spent is None:
        raise TooLate(
            "This code does not work any more: it is older than 10 minutes, was tried five times, "
            "or a newer one was sent. Ask for a new code.",
            field="code",
        )
    return spent


def confirm_code(asked: SignInCode, code: str, *, browser: str, locale: str = "en") -> Person:
    """Whoever this code was mailed to; makes the account of somebody who joins. The code is used up."""
    given = digest_of_code(code, email=asked.email, browser=browser)
    person = person_by_email(asked.email)
    joins = person is None and bool(asked.display_name)
    if not hmac.compare_digest(given, asked.code_hash) or not (joins or may_sign_in(person)):
        left = TRIES - asked.tries
        more = "This was the last try: ask for a new code." if left == 0 else f"Tries left: {left}."
        raise Invalid(f"This is not the code in the mail. {more}", field="code")
    used = update(SignInCode).where(SignInCode.id == asked.id, SignInCode.used_at.is_(None))
    if db.session.scalar(used.values(used_at=town_now()).returning(SignInCode.id)) is None:
        raise TooLate("This code was used already. Ask for a new one.", field="code")
    return person or _join(asked, locale)


def _join(asked: SignInCode, locale: str) -> Person:
    person = Person(
        email=asked.email, display_name=asked.display_name, locale=locale, joined_at=town_now(), grants=[]
    )
    db.session.add(person)
    record("person.joined", actor=person, subject=person)
    return person


def sign_in_with_password(email: str, password: str) -> Person:
    """Whoever the two belong to. Takes as long for strangers; looks at the hash while no lock is held."""
    with reading():
        held = person_by_email(email)
    fits = passwords.is_right(password, held.password_hash if held else None)
    person = person_by_email(email)
    unchanged = person is not None and held is not None and person.password_hash == held.password_hash
    if person is None or not fits or not unchanged or not may_sign_in(person):
        raise Invalid("This address and this password do not belong together.", field="password")
    forgive_tries(email, of="password")
    return person
