"""Finding what somebody was told, what they follow, and how they wish to be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Exists, exists, func, select
from sqlalchemy.orm import joinedload

from ideas.accounts.models import Viewer
from ideas.board.models import Idea
from ideas.core.db import db
from ideas.core.paging import Slice, decode_cursor, encode_cursor, slice_of
from ideas.notifications.models import Follow, MailChoice, MailPace, Notice
from ideas.notifications.stories import Told, stories
from ideas.programs.models import Program
from ideas.voting.models import KeptVote, Vote, VoteState

PAGE = 30


class Following(NamedTuple):
    """Whether somebody hears of a thing; `path` is where the press goes, without its verb."""

    path: str
    is_on: bool


def notices_of(person: Viewer, *, after: str | None) -> Slice[Told]:
    """What this person was told, the newest first, thirty at a time."""
    statement = (
        select(Notice)
        .where(Notice.person_id == person.id)
        .options(joinedload(Notice.idea), joinedload(Notice.program))
        .order_by(Notice.id.desc())
        .limit(PAGE + 1)
    )
    cursor = decode_cursor(after, int)
    if cursor is not None:
        statement = statement.where(Notice.id < cursor[0])
    page = slice_of(db.session.scalars(statement).all(), PAGE, lambda notice: (notice.id,))
    return Slice(stories(page.items), page.next)


def unread_count(person: Viewer) -> int:
    """How many of them were not marked as read."""
    statement = select(func.count()).where(Notice.person_id == person.id, Notice.read_at.is_(None))
    return db.session.scalar(statement.select_from(Notice)) or 0


def pace_of(person_id: int) -> MailPace:
    """How often this person wants mail; at once where nothing was chosen."""
    pace = db.session.scalar(select(MailChoice.pace).where(MailChoice.person_id == person_id))
    return pace or MailPace.AT_ONCE


def follows_idea(idea: Idea, viewer: Viewer, *, is_muted: bool | None, supports: bool) -> Following | None:
    """Whether the viewer hears of the idea: by a press, as its author or as a supporter. None for guests.

    `is_muted` is what they pressed last, None for nothing; the page has both from its own statements.
    """
    if not viewer.is_authenticated:
        return None
    path = f"/ideas/{idea.id}"
    if is_muted is not None:
        return Following(path, not is_muted)
    return Following(path, supports or idea.author_id == viewer.id)


def follows_program(program_id: int, viewer: Viewer) -> Following | None:
    """Whether the viewer pressed Follow on the program. None for guests."""
    if not viewer.is_authenticated:
        return None
    is_muted = db.session.scalar(
        select(Follow.is_muted).where(Follow.person_id == viewer.id, Follow.program_id == program_id)
    )
    return Following(f"/programs/{program_id}", is_muted is False)


def title_of(idea_id: int | None, program_id: int | None) -> str:
    """The name of what a mail was about, or nothing where it is not to be read."""
    if program_id is not None:
        program = db.session.get(Program, program_id)
        return program.title if program is not None else ""
    idea = db.session.get(Idea, idea_id) if idea_id is not None else None
    return idea.title if idea is not None and idea.is_on_the_board else ""


def cursor_of(notices: Sequence[Told]) -> str:
    """A word for the newest notice of a page, so that a later one is not marked as read with it."""
    return encode_cursor(notices[0].id) if notices else ""


def _supports(idea_id: int, viewer: Viewer) -> Exists:
    resident_id = viewer.resident.id if viewer.resident is not None else 0
    return exists().where(
        Vote.idea_id == idea_id, Vote.resident_id == resident_id, Vote.state == VoteState.CAST
    )


def _keeps(idea_id: int, viewer: Viewer) -> Exists:
    return exists().where(KeptVote.idea_id == idea_id, KeptVote.person_id == viewer.id)
