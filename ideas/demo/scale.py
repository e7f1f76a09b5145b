"""Many more ideas in bulk, with votes and comments, consistent with every count that the town keeps."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select, text, update

from ideas.board.models import (
    BoardCount,
    Idea,
    Revision,
    SearchEntry,
    SearchTerm,
    Status,
    StatusEvent,
    Tally,
    Wording,
)
from ideas.comments.models import Comment, TalkCount
from ideas.core.db import db, insert_into
from ideas.core.events import Event
from ideas.core.transactions import transaction
from ideas.demo.crowd import Crowd, Thread, gather
from ideas.demo.support import move_in, voters
from ideas.demo.votes import Ballots, Voter, cast_in_bulk

BATCH = 500
VOTES_EACH = 20
IDEAS_PER_NEIGHBOUR = 4
NUMBERED = (Idea, Revision, Wording, Comment)
POSTED = hashlib.sha256(b"Posted.").hexdigest()
ALL_TERMS_AT_ONCE = 400


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
        move_in(crowd.dice, crowd.almanac, crowd.districts, max(scale.wanted // IDEAS_PER_NEIGHBOUR, 50))
    with transaction():
        able = [voter for voter in voters() if voter.since < crowd.almanac.now - timedelta(days=600)]
    while scale.ideas < scale.wanted:
        many = min(BATCH, scale.wanted - scale.ideas)
        with transaction():
            _add(crowd, able, scale, many)
        tell(many)


def _add(crowd: Crowd, able: list[Voter], scale: Scale, many: int) -> None:
    ids = {model: _next_id(model) for model in NUMBERED}
    threads = [crowd.thread(ids[Idea] + place) for place in range(many)]
    comments = [row for thread in threads for row in thread.comments]
    for number, row in enumerate(comments, ids[Comment]):
        row["id"] = number
    _write_ideas(threads, ids)
    _write_search(threads)
    _write_talk(threads, comments)
    _write_events(threads, comments)
    _keep_numbers()
    scale.votes += cast_in_bulk(
        [_ballots(crowd, able, thread, ids[Revision] + place) for place, thread in enumerate(threads)],
        crowd.almanac.zone,
    )
    scale.ideas += many
    scale.comments += len(comments)


def _write_ideas(threads: list[Thread], ids: dict[Any, int]) -> None:
    """Idea, first words, first move, tally, and the figures beside the filters."""
    first = ids[Idea]
    db.session.execute(insert(Idea), [thread.idea for thread in threads])
    db.session.execute(
        insert(Revision), [_revision(t.idea, ids[Revision] + n) for n, t in enumerate(threads)]
    )
    own = select(Revision.id).where(Revision.idea_id == Idea.id).scalar_subquery()
    db.session.execute(
        update(Idea)
        .where(Idea.id >= first)
        .values(revision_id=own)
        .execution_options(synchronize_session=False)
    )
    posted = [{"id": ids[Wording] + n, "text": "Posted.", "digest": POSTED} for n in range(len(threads))]
    db.session.execute(insert(Wording), posted)
    moves = [_first_move(t.idea, ids[Wording] + n) for n, t in enumerate(threads)]
    db.session.execute(insert(StatusEvent), moves)
    db.session.execute(insert(Tally), [thread.tally() for thread in threads])
    for key, number in Counter(_figure(thread.idea) for thread in threads).items():
        named = dict(zip(("call_id", "topic_id", "district_id", "status"), key, strict=True))
        fresh = insert_into(BoardCount).values(**named, ideas=number)
        more = {"ideas": BoardCount.ideas + number}
        db.session.execute(fresh.on_conflict_do_update(index_elements=list(named), set_=more))


def _write_search(threads: list[Thread]) -> None:
    entries = [thread.search_entry() for thread in threads]
    db.session.execute(insert(SearchEntry), entries)
    terms = Counter(word for entry in entries for word in set(f"{entry['title']} {entry['body']}".split()))
    rows = [{"word": word, "ideas": ideas} for word, ideas in sorted(terms.items())]
    for start in range(0, len(rows), ALL_TERMS_AT_ONCE):
        fresh = insert_into(SearchTerm).values(rows[start : start + ALL_TERMS_AT_ONCE])
        more = {"ideas": SearchTerm.ideas + fresh.excluded.ideas}
        db.session.execute(fresh.on_conflict_do_update(index_elements=["word"], set_=more))


def _write_talk(threads: list[Thread], comments: list[dict[str, Any]]) -> None:
    db.session.execute(insert(Comment), comments)
    db.session.execute(insert(TalkCount), [thread.talk_count() for thread in threads])


def _write_events(threads: list[Thread], comments: list[dict[str, Any]]) -> None:
    posted = [
        _event("idea.posted", "idea", row["author_id"], row["id"], row["posted_at"], {"status": Status.OPEN})
        for row in (thread.idea for thread in threads)
    ]
    said = [
        _event(
            "comment.posted",
            "comment",
            row["author_id"],
            row["id"],
            row["posted_at"],
            {"idea_id": row["idea_id"], "parent_id": None},
        )
        for row in comments
    ]
    db.session.execute(insert(Event), posted + said)


def _event(
    kind: str, subject: str, actor: int, number: int, at: Any, about: dict[str, Any]
) -> dict[str, Any]:
    return {
        "kind": kind,
        "actor_id": actor,
        "subject_kind": subject,
        "subject_id": number,
        "about": about,
        "at": at,
        "relayed_at": at,
    }


def _revision(idea: dict[str, Any], number: int) -> dict[str, Any]:
    words = {name: idea[name] for name in ("title", "body")}
    return {
        "id": number,
        "idea_id": idea["id"],
        "number": 1,
        **words,
        "by_id": idea["author_id"],
        "at": idea["posted_at"],
    }


def _first_move(idea: dict[str, Any], wording_id: int) -> dict[str, Any]:
    return {
        "idea_id": idea["id"],
        "at": idea["posted_at"],
        "from_status": None,
        "to_status": idea["status"],
        "wording_id": wording_id,
        "by_id": idea["author_id"],
        "rule": "",
    }


def _figure(idea: dict[str, Any]) -> tuple[int, int, int, Status]:
    return idea["call_id"], idea["topic_id"], idea["district_id"] or 0, idea["status"]


def _ballots(crowd: Crowd, able: list[Voter], thread: Thread, revision_id: int) -> Ballots:
    posted = thread.idea["posted_at"]
    span = (crowd.almanac.now - posted).total_seconds()
    cast = [
        (voter, posted + timedelta(seconds=span * crowd.dice.random() ** 1.5))
        for voter in crowd.dice.sample(able, VOTES_EACH)
    ]
    return Ballots(thread.idea["id"], thread.idea["cycle_id"], revision_id, crowd.call.counts, cast)


def _next_id(model: Any) -> int:
    return (db.session.scalar(select(func.max(model.id))) or 0) + 1


def _keep_numbers() -> None:
    """PostgreSQL counts on from the numbers that were given here; SQLite does so by itself."""
    if db.engine.dialect.name != "postgresql":
        return
    for model in NUMBERED:
        table = model.__tablename__
        db.session.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608
        )
