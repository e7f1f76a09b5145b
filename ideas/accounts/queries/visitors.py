"""Who is at the door: the viewer, the session they came with, the code they asked for."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask_login import current_user
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.selectable import ScalarSelect

from ideas.accounts.codes import digest_of_browser
from ideas.accounts.models import Person, SignInCode, Standing, Viewer
from ideas.core.clock import it_is_now, moment, town_now
from ideas.core.db import db
from ideas.core.mail import Mail
from ideas.core.sessions import STAFF_IDLE, WebSession, recognise, seen


def viewer() -> Viewer:
    """Whoever looks: a Person with grants and resident, or the Guest."""
    return cast(Viewer, current_user._get_current_object())


def me() -> Person:
    """Whoever looks, in a view that only people with an account enter."""
    person = viewer()
    assert isinstance(person, Person)
    return person


def person_of_session(id_hash: bytes) -> Person | None:
    """The person of a live session, in one statement; None when it ended, idled out or was banned away."""
    found = (
        db.session.execute(
            select(WebSession, Person, moment())
            .join(Person, Person.id == WebSession.person_id)
            .where(WebSession.id_hash == id_hash)
            .options(joinedload(Person.grants), joinedload(Person.resident))
            .execution_options(populate_existing=True)
        )
        .unique()
        .first()
    )
    if found is None:
        return None
    session: WebSession = found[0]
    person: Person = found[1]
    it_is_now(found[2])
    now = town_now()
    if (
        session.expires_at <= now
        or _idled_out(session, person, now)
        or person.standing in {Standing.BANNED, Standing.ERASED}
    ):
        return None
    if person.suspended_until is not None and person.suspended_until <= now:
        set_committed_value(person, "standing", Standing.ACTIVE)  # the night's job will write it down
    seen.saw(id_hash, now)
    recognise(session)
    return person


def _idled_out(session: WebSession, person: Person, now: datetime) -> bool:
    return person.needs_second_factor and now - seen.last_seen(session) > STAFF_IDLE


def newest_code_id(browser_hash: bytes) -> ScalarSelect[int]:
    """The id of the last code that a browser asked for."""
    return select(func.max(SignInCode.id)).where(SignInCode.browser_hash == browser_hash).scalar_subquery()


def code_of_browser(browser: str) -> SignInCode | None:
    """The last code this browser asked for, whether or not it still works."""
    newest = newest_code_id(digest_of_browser(browser))
    return db.session.scalar(select(SignInCode).where(SignInCode.id == newest))


def demo_mail(asked: SignInCode) -> str:
    """What the mail with a code says, for a demo that sends none."""
    return db.session.scalar(select(Mail.text).where(Mail.key == f"code:{asked.id}")) or ""
