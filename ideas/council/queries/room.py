"""Finding what the council has before it: lists, meetings, positions, notes and results."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from ideas.accounts.models import Person, Viewer
from ideas.board.models import Idea
from ideas.core.db import db
from ideas.core.errors import Missing, TooLate
from ideas.council.models import Ending, Meeting, Position, PrivateNote, Result, Stand
from ideas.council.rules import may_take_position
from ideas.programs.models import Program, ProgramStatus
from ideas.shortlists.models import Entry, Shortlist, ShortlistState
from ideas.shortlists.queries import shortlist_by


class MeetingLine(NamedTuple):
    """A meeting in a list; `state` is "called", "open" or "closed"."""

    id: int
    title: str
    held_on: date
    state: str


class ResultLine(NamedTuple):
    """What a meeting decided on one idea; `text` is empty where a law ordered the words away."""

    ending: Ending
    deferred_to: date | None
    text: str
    meeting: str
    held_on: date


class Said(NamedTuple):
    """One member's position as the room reads it."""

    member: str
    stand: Stand
    conditions: str


class Mine(NamedTuple):
    """One of the member's own positions or notes, with what became of the idea."""

    idea_id: int
    title: str
    status: str
    meeting: str
    held_on: date | None
    stand: Stand | None
    conditions: str
    note: str


def meetings_of(shortlist_id: int) -> list[MeetingLine]:
    """The meetings about a shortlist, the newest first."""
    return [_meeting_line(row) for row in db.session.scalars(_meetings(shortlist_id))]


def current_meeting(shortlist_id: int) -> Meeting | None:
    """The newest meeting about a shortlist."""
    return db.session.scalar(_meetings(shortlist_id).limit(1))


def list_in_session() -> int | None:
    """The shortlist of the meeting that is open now, the newest meeting first."""
    return db.session.scalar(
        select(Meeting.shortlist_id)
        .where(Meeting.opened_at.is_not(None), Meeting.closed_at.is_(None))
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
        .limit(1)
    )


def meeting_by(meeting_id: int) -> Meeting:
    """One meeting, with its shortlist and call."""
    found = db.session.scalar(
        select(Meeting)
        .where(Meeting.id == meeting_id)
        .options(joinedload(Meeting.shortlist).joinedload(Shortlist.call))
    )
    if found is None:
        raise Missing
    return found


def results_of(shortlist_id: int) -> dict[int, ResultLine]:
    """What the council decided last on each idea of a list."""
    rows = db.session.execute(
        select(Result, Meeting)
        .join(Meeting, Meeting.id == Result.meeting_id)
        .where(Meeting.shortlist_id == shortlist_id)
        .options(joinedload(Result.wording))
        .order_by(Result.id)
    )
    return {
        result.idea_id: ResultLine(
            result.ending, result.deferred_to, result.wording.text or "", meeting.title, meeting.held_on
        )
        for result, meeting in rows
    }


def recorded_in(meeting_id: int) -> set[int]:
    """The ideas on which this meeting has its result."""
    return set(db.session.scalars(select(Result.idea_id).where(Result.meeting_id == meeting_id)))


def shortlist_with(idea_id: int) -> Shortlist:
    """The list on which this idea lies before the council; Missing for every other idea."""
    found = db.session.scalar(
        select(Shortlist)
        .join(Entry, Entry.shortlist_id == Shortlist.id)
        .join(Shortlist.call)
        .where(Entry.idea_id == idea_id, Shortlist.state == ShortlistState.SENT)
        .options(contains_eager(Shortlist.call))
    )
    if found is None:
        raise Missing("This idea does not lie before the council.")
    return found


def sent_shortlist(shortlist_id: int) -> Shortlist:
    """A shortlist that lies before the council; Missing while it is still open."""
    found = shortlist_by(shortlist_id)
    if found.state is not ShortlistState.SENT:
        raise Missing("This shortlist does not lie before the council yet.")
    return found


def meeting_on(idea_id: int) -> Meeting:
    """The newest meeting about the list that holds this idea."""
    meeting = current_meeting(shortlist_with(idea_id).id)
    if meeting is None:
        raise TooLate("No meeting is called on this shortlist yet.")
    return meeting


def my_stands(meeting: Meeting | None, viewer: Viewer) -> dict[int, Position]:
    """The viewer's own positions in a meeting, by idea."""
    if meeting is None or not may_take_position(viewer):
        return {}
    rows = db.session.scalars(
        select(Position).where(Position.meeting_id == meeting.id, Position.person_id == viewer.id)
    )
    return {position.idea_id: position for position in rows}


def said_on(meeting: Meeting | None, idea_id: int) -> list[Said]:
    """What each member said on an idea in the meeting, by name."""
    if meeting is None:
        return []
    rows = db.session.execute(
        select(Person.display_name, Position.stand, Position.conditions)
        .join(Person, Person.id == Position.person_id)
        .where(Position.meeting_id == meeting.id, Position.idea_id == idea_id)
        .order_by(Person.display_name, Person.id)
    )
    return [Said(*row) for row in rows]


def stands_in(meeting: Meeting) -> dict[int, dict[Stand, int]]:
    """How many members took each stand, by idea."""
    rows = db.session.execute(
        select(Position.idea_id, Position.stand, func.count())
        .where(Position.meeting_id == meeting.id)
        .group_by(Position.idea_id, Position.stand)
    )
    found: dict[int, dict[Stand, int]] = {}
    for idea_id, stand, members in rows:
        found.setdefault(idea_id, {})[stand] = members
    return found


def my_note(idea_id: int, author: Viewer) -> str:
    """The viewer's own note on an idea; nobody else's can be found."""
    if not may_take_position(author):
        return ""
    note = db.session.get(PrivateNote, (author.id, idea_id))
    return note.text if note else ""


def my_positions(member: Viewer) -> list[Mine]:
    """Everything the member said and noted, the newest meeting first; notes without a position last."""
    positions = db.session.execute(
        select(Position, Meeting, Idea, PrivateNote.text)
        .join(Meeting, Meeting.id == Position.meeting_id)
        .join(Idea, Idea.id == Position.idea_id)
        .outerjoin(
            PrivateNote, (PrivateNote.idea_id == Idea.id) & (PrivateNote.person_id == Position.person_id)
        )
        .where(Position.person_id == member.id)
        .order_by(Meeting.held_on.desc(), Meeting.id.desc(), Idea.title)
    )
    found = [_mine(*row) for row in positions]
    taken = {mine.idea_id for mine in found}
    notes = db.session.execute(
        select(PrivateNote.text, Idea)
        .join(Idea, Idea.id == PrivateNote.idea_id)
        .where(PrivateNote.person_id == member.id, PrivateNote.text != "")
        .order_by(Idea.title)
    )
    alone = [
        Mine(idea.id, idea.title, idea.status, "", None, None, "", text)
        for text, idea in notes
        if idea.id not in taken
    ]
    return found + alone


def programs_to_join() -> list[tuple[int, str]]:
    """Programs that can take up another idea, by title; a stopped one takes nothing up."""
    rows = db.session.execute(
        select(Program.id, Program.title)
        .where(Program.status != ProgramStatus.STOPPED)
        .order_by(Program.title, Program.id)
    )
    return [(program_id, title) for program_id, title in rows]


def _meetings(shortlist_id: int) -> Select[Meeting]:
    return (
        select(Meeting)
        .where(Meeting.shortlist_id == shortlist_id)
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
    )


def _meeting_line(meeting: Meeting) -> MeetingLine:
    return MeetingLine(meeting.id, meeting.title, meeting.held_on, meeting.state)


def _mine(position: Position, meeting: Meeting, idea: Idea, note: str | None) -> Mine:
    return Mine(
        idea.id,
        idea.title,
        idea.status,
        meeting.title,
        meeting.held_on,
        position.stand,
        position.conditions,
        note or "",
    )
