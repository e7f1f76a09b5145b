"""Telling people, once each; and what they do about it: follow, mute, read, choose how."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import JSON, Row, cast, func, literal, select, update
from sqlalchemy.orm import joinedload

from ideas.accounts.models import Person, Standing
from ideas.core.clock import town_now
from ideas.core.db import db, insert_into
from ideas.core.errors import ensure
from ideas.core.mail import Parcel, send_mails
from ideas.core.transactions import transaction
from ideas.notifications.letters import Letter, addressed, write
from ideas.notifications.models import Follow, MailChoice, MailPace, Notice
from ideas.notifications.recipients import People
from ideas.notifications.rules import may_follow
from ideas.notifications.stories import stories
from ideas.notifications.unsubscribing import Stop, unsubscribe_url

CHUNK = 500


class News(NamedTuple):
    """What people are told of: an event, and what about it their notice remembers (ids, never words)."""

    event_id: int
    kind: str
    actor_id: int | None
    at: datetime
    about: dict[str, Any]
    idea_id: int | None = None
    program_id: int | None = None


def tell(news: News, *groups: tuple[str, People | Sequence[int]]) -> None:
    """Write each person's notice and mail, once, whatever runs twice.

    Groups are (role, people), the most important role first: who is in two is
    told as the first. Notices are one statement per group; mails follow 500 at a
    time, each time in a transaction of its own, so that nobody waits long behind it.
    """
    for role, people in groups:
        _write_notices(news, role, people)
    post_mails(news)


def post_mails(news: News) -> None:
    """Put a mail into the outbox for each notice of the news whose reader wants one."""
    letters: dict[tuple[str, str], Letter] = {}
    last = 0
    while True:
        with transaction():
            readers = _readers(news, after=last)
            send_mails([_parcel(news, reader, letters) for reader in readers])
        if len(readers) < CHUNK:
            return
        last = readers[-1].person_id


def follow(*, by: Person, idea_id: int | None = None, program_id: int | None = None) -> None:
    """Hear of an idea or a program from now on."""
    ensure(may_follow(by))
    _set_follow(by, idea_id, program_id, is_muted=False)


def unfollow(*, by: Person, idea_id: int | None = None, program_id: int | None = None) -> None:
    """Hear nothing more of it, also as its author or supporter."""
    ensure(may_follow(by))
    _set_follow(by, idea_id, program_id, is_muted=True)


def follow_by_talking(person_id: int, idea_id: int) -> None:
    """Who comments follows the idea, unless they said before that they do not want to."""
    row = {"person_id": person_id, "idea_id": idea_id, "is_muted": False, "since": town_now()}
    db.session.execute(
        insert_into(Follow).values(**row).on_conflict_do_nothing(index_elements=["person_id", "idea_id"])
    )


def mark_read(*, by: Person, up_to: int) -> None:
    """Everything up to this notice was seen; what came in between stays unread."""
    ensure(may_follow(by))
    db.session.execute(
        update(Notice)
        .where(Notice.person_id == by.id, Notice.id <= up_to, Notice.read_at.is_(None))
        .values(read_at=town_now())
    )


def choose_pace(*, by: Person, pace: MailPace) -> None:
    """Say how often mail may come; notices on the site go on."""
    ensure(may_follow(by))
    _set_pace(by.id, pace)


def stop_mails(stop: Stop, *, only_this: bool = False) -> None:
    """What a signed word from a mail asks for: no more mail at all, or nothing more of this one thing."""
    person = db.session.get(Person, stop.person_id)
    if person is None or person.standing is Standing.ERASED:
        return
    if only_this and (stop.idea_id or stop.program_id):
        _set_follow(person, stop.idea_id, stop.program_id, is_muted=True)
    else:
        _set_pace(person.id, MailPace.NONE)


def _write_notices(news: News, role: str, people: People | Sequence[int]) -> None:
    table = Notice.__table__.c
    columns = {
        "event_id": literal(news.event_id, table.event_id.type),
        "person_id": Person.id,
        "kind": literal(news.kind),
        "idea_id": cast(literal(news.idea_id), table.idea_id.type),
        "program_id": cast(literal(news.program_id), table.program_id.type),
        "about": literal({**news.about, "as": role}, JSON()),
        "at": literal(news.at, table.at.type),
    }
    statement = select(*columns.values()).where(
        Person.id.in_(people), Person.standing.in_((Standing.ACTIVE, Standing.SUSPENDED))
    )
    if news.actor_id is not None:
        statement = statement.where(Person.id != news.actor_id)
    fresh = insert_into(Notice).from_select(list(columns), statement)
    db.session.execute(
        fresh.on_conflict_do_nothing(index_elements=["event_id", "person_id", "kind"]),
    )


def _readers(news: News, *, after: int) -> Sequence[Row[Any]]:
    """The next of those who were told and want mail at once."""
    return db.session.execute(
        select(Notice.person_id, Notice.about["as"].as_string().label("role"), Person.email, Person.locale)
        .join(Person, Person.id == Notice.person_id)
        .outerjoin(MailChoice, MailChoice.person_id == Person.id)
        .where(
            Notice.event_id == news.event_id,
            Notice.kind == news.kind,
            Notice.person_id > after,
            Person.email.is_not(None),
            func.coalesce(MailChoice.pace, MailPace.AT_ONCE.value) == MailPace.AT_ONCE.value,
        )
        .order_by(Notice.person_id)
        .limit(CHUNK)
    ).all()


def _parcel(news: News, reader: Row[Any], letters: dict[tuple[str, str], Letter]) -> Parcel:
    kind = (reader.role, reader.locale)
    if kind not in letters:
        letters[kind] = _write(news, reader)
    url = unsubscribe_url(Stop(reader.person_id, news.idea_id, news.program_id))
    letter = addressed(letters[kind], url)
    key = f"notice:{news.event_id}:{reader.person_id}:{news.kind}"
    return Parcel(key, reader.email, letter.subject, letter.text, letter.html, url)


def _write(news: News, reader: Row[Any]) -> Letter:
    """The words for everybody who is told in this role and language, from one of their notices."""
    notice = db.session.scalars(
        select(Notice)
        .where(
            Notice.event_id == news.event_id,
            Notice.kind == news.kind,
            Notice.person_id == reader.person_id,
        )
        .options(joinedload(Notice.idea), joinedload(Notice.program))
    ).one()
    return write(stories([notice])[0], locale=reader.locale)


def _set_follow(person: Person, idea_id: int | None, program_id: int | None, *, is_muted: bool) -> None:
    thing = "idea_id" if idea_id is not None else "program_id"
    row = {"person_id": person.id, "idea_id": idea_id, "program_id": program_id}
    fresh = insert_into(Follow).values(**row, is_muted=is_muted, since=town_now())
    db.session.execute(
        fresh.on_conflict_do_update(index_elements=["person_id", thing], set_={"is_muted": is_muted})
    )


def _set_pace(person_id: int, pace: MailPace) -> None:
    fresh = insert_into(MailChoice).values(person_id=person_id, pace=pace)
    db.session.execute(fresh.on_conflict_do_update(index_elements=["person_id"], set_={"pace": pace}))
