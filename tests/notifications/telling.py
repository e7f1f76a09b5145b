"""What the tests of notices share: the relay, what somebody was told, and the mails in the outbox."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideas.accounts.models import Person
from ideas.board.commands import move
from ideas.board.models import Idea, Status
from ideas.core.db import db
from ideas.core.events import relay
from ideas.core.mail import Mail
from ideas.core.transactions import reading, transaction
from ideas.notifications.models import Notice
from ideas.notifications.stories import stories
from tests.support.town import Town
from tests.voting.pressing import fresh


def settled(town: Town, title: str = "Shade trees", **more: Any) -> Idea:
    """An idea on the board, whose way there has been told already."""
    idea = town.idea(title, **more)
    relay()
    return idea


def moves(
    idea: Idea, to: Status, *, by: Person | None = None, text: str = "Shade is planned.", rule: str = ""
) -> None:
    """The city moves the idea, and everybody is told."""
    with transaction():
        move(fresh(idea), to=to, by=by, text=text, rule=rule)
    relay()


def told(person: Person) -> list[str]:
    """The sentences of a person's notices, oldest first."""
    with reading():
        notices = db.session.scalars(
            select(Notice)
            .where(Notice.person_id == person.id)
            .options(joinedload(Notice.idea), joinedload(Notice.program))
            .order_by(Notice.id)
        ).all()
        return [story.sentence for story in stories(notices)]


def mails_to(person: Person) -> list[Mail]:
    """What lies in the outbox for a person, oldest first; codes to sign in are no notices."""
    with reading():
        statement = select(Mail).where(Mail.to_address == person.email, Mail.key.startswith("notice:"))
        return list(db.session.scalars(statement.order_by(Mail.id)))
