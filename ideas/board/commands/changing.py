"""What its author changes: the words of an idea, and whether it stays."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, or_, select

from ideas.accounts.models import Person, Resident
from ideas.board.commands.figures import index_idea
from ideas.board.commands.moving import hold, move
from ideas.board.models import Idea, Revision, Status, StatusEvent
from ideas.board.rules import may_edit, may_withdraw
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.errors import TooLate, ensure
from ideas.core.events import record
from ideas.core.text import excerpt, slug
from ideas.voting.models import Vote, VoteState

QUIET_EDIT = timedelta(minutes=30)


def edit_idea(idea: Idea, *, by: Person, title: str, body: str, seen_revision: int) -> Revision:
    """Change the words. Young and unsupported ideas change quietly, others get a visible revision."""
    ensure(may_edit(by, idea), "Only its author changes an idea, and only before it is on a shortlist.")
    hold(idea)
    last = db.session.scalars(
        select(Revision).where(Revision.idea_id == idea.id).order_by(Revision.number.desc()).limit(1)
    ).one()
    if last.number != seen_revision:
        raise TooLate("This idea was changed in another window. Its newest words are on its page.")
    others = _supporters_besides(idea, by)
    quiet = town_now() - idea.posted_at < QUIET_EDIT and not others
    title_changed = title != idea.title
    idea.title, idea.body, idea.slug, idea.excerpt = title, body, slug(title), excerpt(body)
    revision = _rewrite(last, title, body) if quiet else _revise(idea, last.number + 1, by)
    index_idea(idea)
    about = {"quiet": quiet, "title_changed": title_changed, "supporters": others}
    record("idea.edited", actor=by, subject=idea, about=about)
    return revision


def withdraw_idea(idea: Idea, *, by: Person, text: str) -> StatusEvent:
    """Take one's own idea back with a reason; it stays readable."""
    ensure(
        may_withdraw(by, idea), "Only its author withdraws an idea, and only before it is with the council."
    )
    return move(idea, to=Status.WITHDRAWN, by=by, text=text)


def _supporters_besides(idea: Idea, person: Person) -> int:
    found = db.session.scalar(
        select(func.count())
        .select_from(Vote)
        .join(Resident, Resident.id == Vote.resident_id)
        .where(
            Vote.idea_id == idea.id,
            Vote.state == VoteState.CAST,
            or_(Resident.person_id.is_(None), Resident.person_id != person.id),
        )
    )
    return found or 0


def _rewrite(revision: Revision, title: str, body: str) -> Revision:
    revision.title, revision.body = title, body
    db.session.flush()
    return revision


def _revise(idea: Idea, number: int, by: Person) -> Revision:
    now = town_now()
    revision = Revision(idea_id=idea.id, number=number, title=idea.title, body=idea.body, by_id=by.id, at=now)
    db.session.add(revision)
    db.session.flush()
    idea.revision_id, idea.edited_at = revision.id, now
    return revision
