"""The one way in which a status moves, and the words that go into the case file."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import select, update

from ideas.accounts.models import Department, Person
from ideas.board import heat
from ideas.board.commands.figures import count_on_the_board
from ideas.board.models import LEGAL_MOVES, Idea, Status, StatusEvent, Tally, Wording
from ideas.core.city import city
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.errors import Invalid, TooLate
from ideas.core.events import record


def wording(text: str) -> Wording:
    """Public words that a law may order away; their digest stays."""
    row = Wording(text=text, digest=digest_of(text))
    db.session.add(row)
    db.session.flush()
    return row


def digest_of(text: str) -> str:
    """SHA-256, hex: what is left of public words when a law orders them away."""
    return hashlib.sha256(text.encode()).hexdigest()


def move(
    idea: Idea,
    *,
    to: Status,
    by: Person | None,
    text: str,
    department: Department | None = None,
    due_at: datetime | None = None,
    rule: str = "",
) -> StatusEvent:
    """The only way in which a status changes: a legal move, a public text, an entry in the case file.

    `by` is None for a published rule, which `rule` then names. Under review a
    department owes an answer until `due_at`; every other move stops that clock.
    """
    before = hold(idea)
    if before is not idea.status or to not in LEGAL_MOVES[before]:
        raise TooLate(f"“{idea.title}” has moved on in the meantime. Look at it again before you decide.")
    if to is Status.UNDER_REVIEW and (department is None or due_at is None):
        raise Invalid("Say which department owes the answer, and until when.")
    now = town_now()
    idea.status, idea.status_since = to, now
    idea.hidden_rule = rule if to is Status.HIDDEN else None
    _owe(idea, department if to is Status.UNDER_REVIEW else None, since=now, due_at=due_at)
    if before is Status.WAITING and to is Status.OPEN:
        _begin_now(idea, now)
    entry = note_move(idea, before, by=by, text=text, rule=rule)
    count_on_the_board(idea, before, -1)
    count_on_the_board(idea, to, 1)
    about = {"from": before, "to": to, "status_event_id": entry.id, "rule": rule}
    record("idea.moved", actor=by, subject=idea, about=about)
    return entry


def put_under_review(
    idea: Idea, *, by: Person | None, text: str, department: Department, rule: str = ""
) -> StatusEvent:
    """Under review: from now on the department owes an answer within the days that the city promises."""
    due = town_now() + timedelta(days=city().answer_days)
    return move(idea, to=Status.UNDER_REVIEW, by=by, text=text, department=department, due_at=due, rule=rule)


def hold(idea: Idea) -> Status:
    """The status as it is now, held until the end of the act; people can vote and comment meanwhile."""
    held = select(Idea.status).where(Idea.id == idea.id).with_for_update(key_share=True)
    return db.session.scalars(held).one()


def note_move(
    idea: Idea, before: Status | None, *, by: Person | None, text: str, rule: str = ""
) -> StatusEvent:
    """Enter the status the idea has now into its case file."""
    entry = StatusEvent(
        idea_id=idea.id,
        at=idea.status_since,
        from_status=before,
        to_status=idea.status,
        wording_id=wording(text).id,
        by_id=by.id if by else None,
        department_id=idea.answer_owner_id,
        due_at=idea.answer_due_at,
        rule=rule,
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def _owe(idea: Idea, department: Department | None, *, since: datetime, due_at: datetime | None) -> None:
    if department is None:
        idea.answer_due_at = None
        return
    idea.answer_owner_id, idea.answer_since = department.id, since
    idea.answer_due_at, idea.answer_moves = due_at, 0


def _begin_now(idea: Idea, now: datetime) -> None:
    """Waiting for a moderator costs an idea nothing: its life on the board begins when it is published."""
    idea.posted_at = now
    db.session.execute(
        update(Tally).where(Tally.idea_id == idea.id).values(heat=heat.term(now, heat.POSTING))
    )
