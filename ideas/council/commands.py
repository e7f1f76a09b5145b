"""A meeting of the council: open it, hear each member, close it, write down what was decided."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from ideas.accounts.models import Person
from ideas.board.commands import move, wording
from ideas.board.models import Idea, Status
from ideas.core.clock import town_now
from ideas.core.db import db, insert_into, one_of_a_kind
from ideas.core.errors import Invalid, TooLate, ensure
from ideas.core.events import record
from ideas.council.models import Ending, Meeting, Position, PrivateNote, Result, Stand
from ideas.council.rules import may_record_meeting, may_take_position
from ideas.pipeline.commands import with_way_back
from ideas.programs.commands import adopt
from ideas.programs.models import Program
from ideas.shortlists.models import Entry, Shortlist, ShortlistState

NOT_CLERK = "The clerk prepares and records meetings."
NEEDS_WORDS = {Stand.WITH_CONDITIONS: "Name the conditions.", Stand.INTEREST: "Say what the interest is."}


def call_meeting(shortlist: Shortlist, *, by: Person, title: str, held_on: date) -> Meeting:
    """Set a date on which the council takes up a shortlist."""
    ensure(may_record_meeting(by), NOT_CLERK)
    db.session.refresh(shortlist, ["state"], with_for_update=True)
    if shortlist.state is not ShortlistState.SENT:
        raise TooLate("Send the shortlist to the council first.")
    _check_no_other(shortlist)
    meeting = Meeting(shortlist_id=shortlist.id, title=title, held_on=held_on)
    db.session.add(meeting)
    record("meeting.called", actor=by, subject=meeting, about={"shortlist_id": shortlist.id})
    return meeting


def open_meeting(meeting: Meeting, *, by: Person) -> None:
    """From now on members record their positions."""
    ensure(may_record_meeting(by), NOT_CLERK)
    if _fresh(meeting).opened_at is not None:
        raise TooLate("This meeting was opened already.")
    meeting.opened_at = town_now()
    record("meeting.opened", actor=by, subject=meeting)


def close_meeting(meeting: Meeting, *, by: Person) -> None:
    """Positions stay as they are; what is left is the result."""
    ensure(may_record_meeting(by), NOT_CLERK)
    if not _fresh(meeting).is_open:
        raise TooLate("This meeting is not open.")
    meeting.closed_at = town_now()
    record("meeting.closed", actor=by, subject=meeting)


def take_position(
    meeting: Meeting, idea: Idea, *, by: Person, stand: Stand, conditions: str = ""
) -> Position:
    """Say, or say anew, where one stands on an idea while the meeting is open."""
    ensure(may_take_position(by), "Only members of the council take positions.")
    if not _fresh(meeting).is_open:
        raise TooLate("Positions are taken while the meeting is open.")
    _check_on_list(meeting, idea)
    if not idea.is_before_council:
        raise TooLate(f"“{idea.title}” is not before the council any more.")
    if stand in NEEDS_WORDS and not conditions.strip():
        raise Invalid(NEEDS_WORDS[stand], field="conditions")
    words = conditions.strip() if stand in NEEDS_WORDS else ""
    key = {"meeting_id": meeting.id, "idea_id": idea.id, "person_id": by.id}
    said = {"stand": stand, "conditions": words, "at": town_now()}
    fresh = insert_into(Position).values(**key, **said)
    db.session.execute(fresh.on_conflict_do_update(index_elements=list(key), set_=said))
    record("position.taken", actor=by, subject=meeting, about={"idea_id": idea.id})
    return db.session.get_one(Position, tuple(key.values()), populate_existing=True)


def keep_note(idea: Idea, *, by: Person, text: str) -> None:
    """Keep a note that nobody else can read."""
    ensure(may_take_position(by))
    key = {"person_id": by.id, "idea_id": idea.id}
    kept = {"text": text.strip(), "at": town_now()}
    fresh = insert_into(PrivateNote).values(**key, **kept)
    db.session.execute(fresh.on_conflict_do_update(index_elements=list(key), set_=kept))


def record_result(
    meeting: Meeting,
    idea: Idea,
    *,
    by: Person,
    ending: Ending,
    text: str,
    into: Program | None = None,
    deferred_to: date | None = None,
    reason: str = "council",
    reopen_if: str = "",
) -> Result:
    """Write down what the meeting decided; it is the record, lands in the case file and stays.

    A deferred idea stays before the council; the next meeting about the list takes it up.
    """
    ensure(may_record_meeting(by), NOT_CLERK)
    if meeting.closed_at is None:
        raise TooLate("Close the meeting before you record what it decided.")
    _check_on_list(meeting, idea)
    _check_ending(meeting, ending, into=into, deferred_to=deferred_to)
    if not idea.is_before_council:
        raise TooLate(f"“{idea.title}” is not before the council any more.")
    if ending is Ending.DECLINED:
        text = with_way_back(text, reopen_if)
    result = Result(
        meeting_id=meeting.id,
        idea_id=idea.id,
        ending=ending,
        deferred_to=deferred_to if ending is Ending.DEFERRED else None,
        wording_id=wording(text).id,
        recorded_by=by.id,
        at=town_now(),
    )
    with one_of_a_kind(f"The result on “{idea.title}” is recorded already.", refusal=TooLate):
        db.session.add(result)
    _carry_out(idea, by=by, ending=ending, text=text, into=into, reason=reason)
    about = {"idea_id": idea.id, "ending": ending, "wording_id": result.wording_id}
    record("result.recorded", actor=by, subject=result, about=about)
    return result


def _carry_out(
    idea: Idea, *, by: Person, ending: Ending, text: str, into: Program | None, reason: str
) -> None:
    if ending is Ending.ADOPTED and into is not None:
        adopt(idea, by=by, into=into, text=text)
    elif ending is Ending.DECLINED:
        move(idea, to=Status.DECLINED, by=by, text=text, rule=f"reason:{reason}")


def _fresh(meeting: Meeting) -> Meeting:
    """The meeting as it is now, held so that nobody opens or closes it in between."""
    return db.session.get_one(Meeting, meeting.id, with_for_update=True, populate_existing=True)


def _check_no_other(shortlist: Shortlist) -> None:
    """One meeting about a list is over before the next is called."""
    going = db.session.scalar(
        select(Meeting.title)
        .where(Meeting.shortlist_id == shortlist.id, Meeting.closed_at.is_(None))
        .limit(1)
    )
    if going is not None:
        raise TooLate(f"“{going}” is not over yet. Close it before you call another meeting about this list.")


def _check_ending(
    meeting: Meeting, ending: Ending, *, into: Program | None, deferred_to: date | None
) -> None:
    if ending is Ending.DEFERRED and (deferred_to is None or deferred_to <= meeting.held_on):
        raise Invalid("Say until when it is deferred: a day after the meeting.", field="deferred_to")
    if ending is Ending.ADOPTED and into is None:
        raise Invalid("Choose or begin the program that takes it up.", field="program")


def _check_on_list(meeting: Meeting, idea: Idea) -> None:
    entry = db.session.scalar(
        select(Entry.idea_id).where(Entry.shortlist_id == meeting.shortlist_id, Entry.idea_id == idea.id)
    )
    if entry is None:
        raise Invalid(f"“{idea.title}” is not on the shortlist of this meeting.")
