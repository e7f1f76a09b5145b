"""Keeping a shortlist: open it for a call, put checked ideas on it, send it to the council as it is."""

from __future__ import annotations

from sqlalchemy import delete, select

from ideas.accounts.models import Department, Person
from ideas.board.commands import move, put_under_review
from ideas.board.models import Idea, Status, Topic
from ideas.calls.models import Call
from ideas.core.clock import town_now
from ideas.core.db import db, one_of_a_kind
from ideas.core.errors import Invalid, TooLate, ensure
from ideas.core.events import record
from ideas.pipeline.models import Assessment
from ideas.pipeline.queries import checked_cost, newest_assessment
from ideas.shortlists.models import Entry, Shortlist, ShortlistState
from ideas.shortlists.queries import Line, standing
from ideas.shortlists.rules import may_keep_shortlist

NOT_CLERK = "The clerk keeps the shortlists."


def open_shortlist(call: Call, *, by: Person, budget_cents: int) -> Shortlist:
    """Begin the shortlist of a call; a call has one."""
    ensure(may_keep_shortlist(by), NOT_CLERK)
    shortlist = Shortlist(call_id=call.id, budget_cents=budget_cents, opened_at=town_now(), opened_by=by.id)
    with one_of_a_kind(f"“{call.title}” has a shortlist already.", refusal=TooLate):
        db.session.add(shortlist)
    record("shortlist.opened", actor=by, subject=shortlist, about={"call_id": call.id})
    return shortlist


def set_budget(shortlist: Shortlist, *, by: Person, budget_cents: int) -> None:
    """Mend how much there is, as long as the list is open; the order follows."""
    ensure(may_keep_shortlist(by), NOT_CLERK)
    _check_open(shortlist)
    shortlist.budget_cents = budget_cents
    record("shortlist.budget_set", actor=by, subject=shortlist, about={"budget_cents": budget_cents})


def add_to_shortlist(idea: Idea, *, by: Person, to: Shortlist, text: str) -> Entry:
    """Put a checked idea of the call on its list and say so in the case file."""
    ensure(may_keep_shortlist(by), NOT_CLERK)
    _check_open(to)
    _check_checked(idea, to, newest_assessment(idea.id))
    entry = Entry(shortlist_id=to.id, idea_id=idea.id, added_at=town_now())
    db.session.add(entry)
    move(idea, to=Status.SHORTLISTED, by=by, text=text)
    record("idea.shortlisted", actor=by, subject=idea, about={"shortlist_id": to.id})
    return entry


def take_off_shortlist(idea: Idea, *, by: Person, off: Shortlist, text: str) -> None:
    """Take an idea off again before the list is sent; the city owes an answer on it anew.

    One that was withdrawn, declined or hidden in the meantime only leaves the list.
    """
    ensure(may_keep_shortlist(by), NOT_CLERK)
    _check_open(off)
    gone = db.session.execute(
        delete(Entry).where(Entry.shortlist_id == off.id, Entry.idea_id == idea.id).returning(Entry.idea_id)
    ).first()
    if gone is None:
        raise TooLate(f"“{idea.title}” is not on this shortlist.")
    if idea.status is Status.SHORTLISTED:
        put_under_review(idea, by=by, text=text, department=_owner(idea))
    record("idea.taken_off_shortlist", actor=by, subject=idea, about={"shortlist_id": off.id})


def send_to_council(shortlist: Shortlist, *, by: Person, text: str) -> None:
    """Freeze order, votes, costs and reasons, and lay every idea before the council."""
    ensure(may_keep_shortlist(by), NOT_CLERK)
    _check_open(shortlist)
    lines = standing(shortlist)
    if not lines:
        raise Invalid("There is no idea on this shortlist yet.")
    _check_unchanged(lines)
    for line in lines:
        entry = db.session.get_one(Entry, (shortlist.id, line.idea_id))
        entry.place, entry.votes, entry.cost_cents = line.place, line.votes, line.cost_cents
        entry.is_funded, entry.why = line.is_funded, line.why
        idea = db.session.get_one(Idea, line.idea_id)
        move(idea, to=Status.BEFORE_COUNCIL, by=by, text=text)
    shortlist.state, shortlist.sent_at = ShortlistState.SENT, town_now()
    record("shortlist.sent", actor=by, subject=shortlist, about={"call_id": shortlist.call_id})


def _check_open(shortlist: Shortlist) -> None:
    fresh = db.session.scalar(select(Shortlist.state).where(Shortlist.id == shortlist.id).with_for_update())
    if fresh is not ShortlistState.OPEN:
        raise TooLate("This shortlist lies before the council and stays as it is.")


def _check_checked(idea: Idea, shortlist: Shortlist, found: Assessment | None) -> None:
    if idea.call_id != shortlist.call_id:
        raise Invalid(f"“{idea.title}” belongs to another call.", field="idea")
    if idea.status is Status.SHORTLISTED:
        raise TooLate(f"“{idea.title}” is on the shortlist already.")
    if idea.status is not Status.UNDER_REVIEW:
        raise TooLate(f"“{idea.title}” is not under review.")
    if checked_cost(found) is None:
        raise Invalid(f"“{idea.title}” has no checked cost, or cannot be done.", field="idea")


def _check_unchanged(lines: list[Line]) -> None:
    """A list goes to the council only with ideas that are still what was put on it."""
    for line in lines:
        if line.trouble:
            name = f"“{line.title}”" if line.title else f"Idea {line.idea_id}"
            raise TooLate(f"{name} cannot go to the council: {line.trouble}. Take it off the list first.")


def _owner(idea: Idea) -> Department:
    """Who owed the answer before, else the department of its topic."""
    topic = db.session.get_one(Topic, idea.topic_id)
    return db.session.get_one(Department, idea.answer_owner_id or topic.department_id)
