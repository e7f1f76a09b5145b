"""What is a person's own: ideas, support, comments, residency, sessions, printed codes."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from ideas.accounts.models import Department, Person, RecoveryCode
from ideas.board.models import Idea, Status
from ideas.comments.models import Comment, CommentState
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.sessions import WebSession, seen
from ideas.places.models import District
from ideas.voting.models import KeptVote, Vote, VoteState

MINE = 50


class MyIdea(NamedTuple):
    """One idea of mine or one that I support; `is_kept` while my support does not count yet."""

    title: str
    path: str
    status: str
    at: datetime
    is_kept: bool = False


class MyComment(NamedTuple):
    """One comment of mine, with the idea it stands under."""

    title: str
    path: str
    stance: str
    body: str
    at: datetime
    state: str


def ideas_of(person: Person) -> list[MyIdea]:
    """What a person posted, newest first, also what waits or was hidden: it is theirs."""
    found = select(Idea).where(Idea.author_id == person.id).order_by(Idea.posted_at.desc(), Idea.id.desc())
    return [_mine(idea, idea.posted_at) for idea in db.session.scalars(found.limit(MINE))]


def supported_by(person: Person) -> list[MyIdea]:
    """What a person supports and what is kept for them, newest first."""
    kept = (
        select(Idea, KeptVote.kept_at)
        .join(KeptVote, KeptVote.idea_id == Idea.id)
        .where(KeptVote.person_id == person.id, Idea.status != Status.HIDDEN)
    )
    found = [_mine(idea, at, is_kept=True) for idea, at in db.session.execute(kept.limit(MINE))]
    if person.resident is not None:
        cast_votes = (
            select(Idea, Vote.cast_at)
            .join(Vote, Vote.idea_id == Idea.id)
            .where(
                Vote.resident_id == person.resident.id,
                Vote.state == VoteState.CAST,
                Idea.status != Status.HIDDEN,
            )
            .order_by(Vote.cast_at.desc())
        )
        found += [_mine(idea, at) for idea, at in db.session.execute(cast_votes.limit(MINE))]
    return sorted(found, key=lambda mine: mine.at, reverse=True)


def _mine(idea: Idea, at: datetime, *, is_kept: bool = False) -> MyIdea:
    return MyIdea(idea.title, idea.path, idea.status.value, at, is_kept)


def comments_of(person: Person) -> list[MyComment]:
    """What a person said and did not take back, newest first."""
    found = (
        select(Comment, Idea)
        .join(Idea, Idea.id == Comment.idea_id)
        .where(
            Comment.author_id == person.id,
            Comment.state != CommentState.REMOVED,
            Idea.status != Status.HIDDEN,
        )
        .order_by(Comment.id.desc())
        .limit(MINE)
    )
    return [
        MyComment(
            idea.title,
            f"{idea.path}#comment-{comment.id}",
            comment.stance.value,
            comment.body,
            comment.posted_at,
            comment.state.value,
        )
        for comment, idea in db.session.execute(found)
    ]


class Residency(NamedTuple):
    """How the city knows a person to live here."""

    level: str
    method: str
    district: str
    age_band: str
    until: datetime
    is_over: bool


def residency_of(person: Person) -> Residency | None:
    """None for those whom the city does not know as residents yet."""
    held = person.resident
    if held is None:
        return None
    district = db.session.scalar(select(District.name).where(District.id == held.district_id)) or ""
    return Residency(
        held.level.value,
        held.method,
        district,
        held.age_band or "",
        held.eligible_until,
        held.eligible_until <= town_now(),
    )


class OpenSession(NamedTuple):
    """One browser that is signed in as me."""

    began: datetime
    seen: datetime
    is_here: bool


def sessions_of(person: Person, *, here: bytes | None) -> list[OpenSession]:
    """Where a person is signed in, this browser first."""
    alive = (WebSession.person_id == person.id) & (WebSession.expires_at > town_now())
    rows = db.session.scalars(select(WebSession).where(alive).order_by(WebSession.seen_at.desc())).all()
    found = [OpenSession(row.created_at, seen.last_seen(row), row.id_hash == here) for row in rows]
    return sorted(found, key=lambda one: not one.is_here)


def department_of(person: Person) -> str:
    """The name of an officer's department, or nothing."""
    return db.session.scalar(select(Department.name).where(Department.id == person.department_id)) or ""


def recovery_codes_left(person: Person) -> int:
    """How many printed codes still work."""
    unused = (RecoveryCode.person_id == person.id) & RecoveryCode.used_at.is_(None)
    return db.session.scalar(select(func.count()).select_from(RecoveryCode).where(unused)) or 0
