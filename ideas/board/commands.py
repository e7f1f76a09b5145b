"""Ideas: post, change, withdraw, and the one way in which a status moves."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update

from ideas.accounts.models import Department, Person, Resident
from ideas.board import heat
from ideas.board.models import (
    LEGAL_MOVES,
    NOT_ON_THE_BOARD,
    BoardCount,
    Channel,
    Idea,
    Revision,
    SearchEntry,
    SearchTerm,
    Status,
    StatusEvent,
    Tally,
    Topic,
    Wording,
)
from ideas.board.rules import may_edit, may_post, may_withdraw, posts_at_once
from ideas.calls.models import Call
from ideas.core.clock import town_now
from ideas.core.db import db, insert_into, log2_sum
from ideas.core.errors import Invalid, TooLate, ensure
from ideas.core.events import record
from ideas.core.text import excerpt, folded, slug
from ideas.places.models import District
from ideas.voting.models import Cycle, Vote, VoteState

IDEAS_A_DAY = 3
OPEN_IDEAS = 10
QUIET_EDIT = timedelta(minutes=30)


def wording(text: str) -> Wording:
    """Public words that a law may order away; their digest stays."""
    row = Wording(text=text, digest=hashlib.sha256(text.encode()).hexdigest())
    db.session.add(row)
    db.session.flush()
    return row


def post_idea(
    *,
    by: Person,
    title: str,
    body: str,
    topic: Topic,
    call: Call,
    district: District | None = None,
    place: str = "",
    lon: float | None = None,
    lat: float | None = None,
    channel: Channel = Channel.WEB,
    language: str = "",
) -> Idea:
    """Put an idea on the board; somebody's first one waits for a moderator.

    Invalid when the person posted three today or has ten that gather support.
    """
    ensure(may_post(by), "Your account may not post now.")
    _check_how_many(by)
    now = town_now()
    idea = Idea(
        slug=slug(title),
        title=title,
        body=body,
        excerpt=excerpt(body),
        language=language,
        author_id=by.id,
        topic_id=topic.id,
        district_id=district.id if district else None,
        call_id=call.id,
        cycle_id=current_cycle_id(call.id),
        channel=channel,
        place=place,
        lon=lon,
        lat=lat,
        status=Status.OPEN if posts_at_once(by) or _has_published(by) else Status.WAITING,
        status_since=now,
        posted_at=now,
    )
    enter(idea, by=by)
    record("idea.posted", actor=by, subject=idea, about={"status": idea.status})
    return idea


def enter(idea: Idea, *, by: Person | None, text: str = "Posted.") -> None:
    """Write a new idea with all that belongs to it: first words, first move, tally, count, search."""
    db.session.add(idea)
    db.session.flush()
    revision = Revision(
        idea_id=idea.id, number=1, title=idea.title, body=idea.body, by_id=idea.author_id, at=idea.posted_at
    )
    db.session.add(revision)
    db.session.add(Tally(idea_id=idea.id, heat=heat.term(idea.posted_at, heat.POSTING)))
    db.session.flush()
    idea.revision_id = revision.id
    _note_move(idea, None, by=by, text=text)
    _count(idea, idea.status, 1)
    index_idea(idea)


def current_cycle_id(call_id: int) -> int:
    """The cycle whose key makes the pseudonyms of ideas posted now."""
    return db.session.scalars(
        select(Cycle.id)
        .where(Cycle.call_id == call_id, Cycle.destroyed_at.is_(None))
        .order_by(Cycle.begins_on.desc(), Cycle.id.desc())
        .limit(1)
    ).one()


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
    before = db.session.scalars(
        select(Idea.status).where(Idea.id == idea.id).with_for_update(key_share=True)
    ).one()
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
    entry = _note_move(idea, before, by=by, text=text, rule=rule)
    _count(idea, before, -1)
    _count(idea, to, 1)
    about = {"from": before, "to": to, "status_event_id": entry.id, "rule": rule}
    record("idea.moved", actor=by, subject=idea, about=about)
    return entry


def edit_idea(idea: Idea, *, by: Person, title: str, body: str, seen_revision: int) -> Revision:
    """Change the words. Young and unsupported ideas change quietly, others get a visible revision."""
    ensure(may_edit(by, idea), "Only its author changes an idea, and only before it is on a shortlist.")
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


def warm_by_answer(idea: Idea) -> None:
    """An official answer warms the idea; the first one counts."""
    _warm(idea, Tally.heat_answers, heat.term(town_now(), heat.ANSWER), only_first=True)


def warm_by_comment(idea: Idea, *, by: Person) -> None:
    """The first comment of a resident warms the idea; the caller knows that it is the first."""
    if by.resident is not None:
        _warm(idea, Tally.heat_comments, heat.term(town_now(), heat.FIRST_COMMENT_OF_A_RESIDENT))


def index_idea(idea: Idea) -> None:
    """Keep the folded words that search reads, and in how many ideas each word stands."""
    title, body = folded(idea.title), folded(f"{idea.body} {idea.place} {_name_of_author(idea)}")
    entry = db.session.get(SearchEntry, idea.id)
    old = set(f"{entry.title} {entry.body}".split()) if entry else set()
    if entry is None:
        entry = SearchEntry(idea_id=idea.id)
        db.session.add(entry)
    entry.title, entry.body = title, body
    new = set(f"{entry.title} {entry.body}".split())
    db.session.flush()
    _count_terms(sorted(new - old), 1)
    _count_terms(sorted(old - new), -1)


def index_ideas_of(person_id: int) -> None:
    """The same for every idea of a person, whose name is searched for too."""
    for idea in db.session.scalars(select(Idea).where(Idea.author_id == person_id)):
        index_idea(idea)


def _name_of_author(idea: Idea) -> str:
    """People are searched for by the name that stands on their ideas."""
    name = select(Person.display_name).where(Person.id == idea.author_id)
    return (db.session.scalar(name) if idea.author_id else None) or idea.author_name


def _check_how_many(by: Person) -> None:
    today = select(func.count()).where(
        Idea.author_id == by.id,
        Idea.channel == Channel.WEB,
        Idea.posted_at > town_now() - timedelta(days=1),
    )
    if (db.session.scalar(today) or 0) >= IDEAS_A_DAY:
        raise Invalid(f"You posted {IDEAS_A_DAY} ideas within a day. The next one can follow tomorrow.")
    gathering = select(func.count()).where(
        Idea.author_id == by.id, Idea.status.in_((Status.WAITING, Status.OPEN))
    )
    if (db.session.scalar(gathering) or 0) >= OPEN_IDEAS:
        raise Invalid(f"You have {OPEN_IDEAS} ideas that gather support. Withdraw one to post another.")


def _has_published(by: Person) -> bool:
    """Whether a moderator has let an idea of this person onto the board before."""
    published = select(Idea.id).where(Idea.author_id == by.id, Idea.status.not_in(NOT_ON_THE_BOARD)).limit(1)
    return db.session.scalar(published) is not None


def _note_move(
    idea: Idea, before: Status | None, *, by: Person | None, text: str, rule: str = ""
) -> StatusEvent:
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


def _count(idea: Idea, status: Status, step: int) -> None:
    if status in NOT_ON_THE_BOARD:
        return
    key: dict[str, Any] = {
        "call_id": idea.call_id,
        "topic_id": idea.topic_id,
        "district_id": idea.district_id or 0,
        "status": status,
    }
    if step > 0:
        fresh = insert_into(BoardCount).values(**key, ideas=step)
        more = {"ideas": BoardCount.ideas + step}
        db.session.execute(fresh.on_conflict_do_update(index_elements=list(key), set_=more))
    else:
        db.session.execute(update(BoardCount).filter_by(**key).values(ideas=BoardCount.ideas + step))


def _count_terms(words: list[str], step: int) -> None:
    if not words:
        return
    if step > 0:
        fresh = insert_into(SearchTerm).values([{"word": word, "ideas": step} for word in words])
        more = {"ideas": SearchTerm.ideas + fresh.excluded.ideas}
        db.session.execute(fresh.on_conflict_do_update(index_elements=["word"], set_=more))
    else:
        db.session.execute(
            update(SearchTerm).where(SearchTerm.word.in_(words)).values(ideas=SearchTerm.ideas + step)
        )


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


def _warm(idea: Idea, part: Any, warmth: float, *, only_first: bool = False) -> None:
    """Add to one part of the heat and to the sum, in one statement."""
    change = update(Tally).where(Tally.idea_id == idea.id)
    if only_first:
        change = change.where(part.is_(None))
    db.session.execute(
        change.values({part: log2_sum(part, warmth), Tally.heat: log2_sum(Tally.heat, warmth)})
    )
