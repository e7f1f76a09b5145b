"""Finding people."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideas.accounts.models import NEEDS_SECOND_FACTOR, Person, Standing, Viewer
from ideas.core.clock import it_is_now, moment, town_now
from ideas.core.db import db
from ideas.core.sessions import STAFF_IDLE, WebSession, seen


def viewer() -> Viewer:
    """Whoever looks: a Person with grants and resident, or the Guest."""
    return cast(Viewer, current_user._get_current_object())


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
    seen.saw(id_hash, now)
    return person


def _idled_out(session: WebSession, person: Person, now: datetime) -> bool:
    return person.role in NEEDS_SECOND_FACTOR and now - seen.last_seen(session) > STAFF_IDLE
