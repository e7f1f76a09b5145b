"""Many more ideas in bulk, with votes and comments, consistent with every count that the town keeps."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from ideas.board.commands import Entry, Move, enter_many
from ideas.board.models import Idea, Status
from ideas.comments.models import Comment, TalkCount
from ideas.core.db import db, learn_the_tables
from ideas.core.events import Event
from ideas.core.transactions import transaction
from ideas.demo.crowd import Crowd, Thread, gather
from ideas.demo.support import LONG_AGO, move_in, voters
from ideas.demo.votes import Ballots, Voter, cast_in_bulk

BATCH = 500
VOTES_EACH = 20
IDEAS_PER_NEIGHBOUR = 4
FEWEST_NEIGHBOURS = 50


@dataclass
class Scale:
    """How many ideas are wanted, and what has been added so far."""

    wanted: int
    ideas: int = 0
    votes: int = 0
    comments: int = 0


def enlarge(scale: Scale, *, seed: int, tell: Callable[[int], None]) -> None:
    """Add ideas with twenty votes and five comments each, five hundred in a transaction."""
    with transaction():
        crowd = gather(random.Random(f"{seed} {scale.wanted}"))  # noqa: S311 - no secrets
        many = max(scale.wanted // IDEAS_PER_NEIGHBOUR, FEWEST_NEIGHBOURS)
        move_in(crowd.dice, crowd.almanac, crowd.districts, many)
        first_day = crowd.almanac.now - timedelta(days=LONG_AGO - 30)
        able = [voter for voter in voters() if voter.since < first_day]
    while scale.ideas < scale.wanted:
        many = min(BATCH, scale.wanted - scale.ideas)
        with transaction():
            _add(crowd, able, scale, many)
        tell(many)
    with transaction():
        learn_the_tables()


def _add(crowd: Crowd, able: list[Voter], scale: Scale, many: int) -> None:
    threads = [crowd.thread() for _ in range(many)]
    ids = enter_many([_entry(thread) for thread in threads])
    comments = _write_talk(ids, threads)
    _write_events(ids, threads, comments)
    words = select(Idea.id, Idea.revision_id).where(Idea.id.in_(ids))
    revisions = {row.id: row.revision_id for row in db.session.execute(words)}
    ballots = [
        _ballots(crowd, able, number, revisions[number], thread)
        for number, thread in zip(ids, threads, strict=True)
    ]
    scale.votes += cast_in_bulk(ballots, crowd.almanac.zone)
    scale.ideas += many
    scale.comments += len(comments)


def _entry(thread: Thread) -> Entry:
    posted = Move(thread.idea["posted_at"], Status.OPEN, "Posted.")
    return Entry(thread.idea, [posted], thread.author, thread.first_words)


def _write_talk(ids: list[int], threads: list[Thread]) -> list[dict[str, Any]]:
    """The comments, which get their numbers here, and how many each idea has."""
    numbered = list(zip(ids, threads, strict=True))
    rows = [{**row, "idea_id": number} for number, thread in numbered for row in thread.comments]
    fresh = insert(Comment).returning(Comment.id, sort_by_parameter_order=True)
    comment_ids = db.session.scalars(fresh, rows).all()
    db.session.execute(insert(TalkCount), [{"idea_id": n, **thread.talk_count()} for n, thread in numbered])
    return [{**row, "id": number} for row, number in zip(rows, comment_ids, strict=True)]


def _write_events(ids: list[int], threads: list[Thread], comments: list[dict[str, Any]]) -> None:
    """The town's memory of it, handed out to nobody."""
    posted = [
        _event("idea.posted", "idea", number, thread.idea, {"status": Status.OPEN})
        for number, thread in zip(ids, threads, strict=True)
    ]
    said = [
        _event("comment.posted", "comment", row["id"], row, {"idea_id": row["idea_id"], "parent_id": None})
        for row in comments
    ]
    db.session.execute(insert(Event), posted + said)


def _event(
    kind: str, subject: str, number: int, row: dict[str, Any], about: dict[str, Any]
) -> dict[str, Any]:
    return {
        "kind": kind,
        "actor_id": row["author_id"],
        "subject_kind": subject,
        "subject_id": number,
        "about": about,
        "at": row["posted_at"],
        "relayed_at": row["posted_at"],
    }


def _ballots(crowd: Crowd, able: list[Voter], number: int, revision_id: int, thread: Thread) -> Ballots:
    posted = thread.idea["posted_at"]
    span = (crowd.almanac.now - posted).total_seconds()
    cast = [
        (voter, posted + timedelta(seconds=span * crowd.dice.random() ** 1.5))
        for voter in crowd.dice.sample(able, VOTES_EACH)
    ]
    return Ballots(number, thread.idea["cycle_id"], revision_id, crowd.call.counts, cast)
