"""Keeping a shortlist: open it for a call, put checked ideas on it, send it to the council as it is."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from ideas.accounts.models import Person
from ideas.board.commands import move
from ideas.board.models import Idea, Status
from ideas.calls.models import Call
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.errors import Invalid, TooLate, ensure
from ideas.core.events import record
from ideas.pipeline.models import Assessment, Feasibility
from ideas.shortlists.models import Entry, Shortlist, ShortlistState
from ideas.shortlists.queries import newest_assessment, standing
from ideas.shortlists.rules import may_keep_shortlist

NOT_CLERK = "The clerk keeps the shortlists."


def open_shortlist(call: Call, *, by: Person, budget_cents: int) -> Shortlist:
    """Begin the shortlist of a call; a call has one."""
    ensure(may_keep_shortlist(by), NOT_CLERK)
    shortlist = Shortlist(call_id=call.id, budget_cents=budget_cents, opened_at=town_now(), opened_by=by.id)
    try:
        with db.session.begin_nested():
            db.session.add(shortlist)
    except IntegrityError:
        raise TooLate(f"“{call.title}” has a shortlist already.") from None
    record("shortlist.opened", actor=by, subject=shortlist, about={"call_id": call.id})
    return shortlist


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
    """Take an idea off again before the list is sent; it is under review as before."""
    ensure(may_keep_shortlist(by), NOT_CLERK)
    _check_open(off)
    gone = db.session.execute(
        delete(Entry).where(Entry.shortlist_id == off.id, Entry.idea_id == idea.id).returning(Entry.idea_id)
    ).first()
    if gone is None:
        raise TooLate(f"“{idea.title}” is not on this shortlist.")
    move(idea, to=Status.UNDER_REVIEW, by=by, text=text)
    record("idea.taken_off_shortlist", actor=by, subject=idea, about={"shortlist_id": off.id})


def send_to_council(shortlist: Shortlist, *, by: Person, text: str) -> None:
    """Freeze order, votes, costs and reasons, and lay every idea before the council."""
    ensure(may_keep_shortlist(by), NOT_CLERK)
    _check_open(shortlist)
    lines = standing(shortlist)
    if not lines:
        raise Invalid("There is no idea on this shortlist yet.")
    for place, line in enumerate(lines, 1):
        entry = db.session.get_one(Entry, (shortlist.id, line.idea_id))
        entry.place, entry.votes, entry.cost_cents = place, line.votes, line.cost_cents
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
        raise Invalid(f"“{idea.title}” belongs to another call.")
    if idea.status is not Status.UNDER_REVIEW:
        raise TooLate(f"“{idea.title}” is not under review.")
    if found is None or found.feasibility is Feasibility.NOT_FEASIBLE or found.cost_cents is None:
        raise Invalid(f"“{idea.title}” has no checked cost, or cannot be done.")
