"""Posting: an idea enters the board with all that belongs to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from ideas.accounts.models import Person
from ideas.board import heat
from ideas.board.commands.figures import count_on_the_board, index_idea
from ideas.board.commands.moving import note_move
from ideas.board.models import NOT_ON_THE_BOARD, Channel, Idea, Revision, Status, Tally, Topic
from ideas.board.rules import may_post, posts_at_once
from ideas.calls.models import Call, Phase
from ideas.core.clock import town_now
from ideas.core.db import db, take_turn
from ideas.core.errors import Invalid, TooLate, ensure
from ideas.core.events import record
from ideas.core.text import excerpt, slug
from ideas.places.models import District
from ideas.voting.models import Cycle

IDEAS_A_DAY = 3
OPEN_IDEAS = 10


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

    Invalid when the person posted three today or has ten that gather support,
    TooLate when the call takes no ideas now.
    """
    ensure(may_post(by), "Your account may not post now.")
    now = town_now()
    _check_how_many(by)
    _check_takes_ideas(call, now)
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
    note_move(idea, None, by=by, text=text)
    count_on_the_board(idea, idea.status, 1)
    index_idea(idea)


def current_cycle_id(call_id: int) -> int:
    """The cycle whose key makes the pseudonyms of ideas posted now."""
    return db.session.scalars(
        select(Cycle.id)
        .where(Cycle.call_id == call_id, Cycle.destroyed_at.is_(None))
        .order_by(Cycle.begins_on.desc(), Cycle.id.desc())
        .limit(1)
    ).one()


def _check_how_many(by: Person) -> None:
    take_turn(f"ideas of {by.id}")
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


def _check_takes_ideas(call: Call, now: datetime) -> None:
    phases = db.session.scalars(select(Phase).where(Phase.call_id == call.id))
    if not any(phase.takes_ideas(now) for phase in phases):
        raise TooLate(f"“{call.title}” takes no ideas now. Choose another call.", field="call")


def _has_published(by: Person) -> bool:
    """Whether a moderator has let an idea of this person onto the board before."""
    published = select(Idea.id).where(Idea.author_id == by.id, Idea.status.not_in(NOT_ON_THE_BOARD)).limit(1)
    return db.session.scalar(published) is not None
