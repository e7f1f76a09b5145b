"""Many ideas at once, for imports and large demo cities: what `enter` writes one by one, and nothing else.

Each idea comes as the columns of its row, without `id` and `revision_id`, and
with its life so far: the moves of its case file, the last of which is where it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, update

from ideas.board import heat
from ideas.board.commands.figures import add_to_board, count_words, words_in
from ideas.board.commands.moving import digest_of
from ideas.board.models import (
    NOT_ON_THE_BOARD,
    Idea,
    Revision,
    SearchEntry,
    Status,
    StatusEvent,
    Tally,
    Wording,
)
from ideas.core.db import db
from ideas.core.text import folded


class Move(NamedTuple):
    """One entry of a case file to be."""

    at: datetime
    to: Status
    text: str


class Entry(NamedTuple):
    """One idea to be: columns, moves, the name that search finds it by, and when residents first spoke."""

    columns: dict[str, Any]
    moves: Sequence[Move]
    name: str = ""
    first_words: Sequence[datetime] = ()


def enter_many(entries: Sequence[Entry]) -> list[int]:
    """Write the ideas with all that belongs to them; returns their numbers, in the order they came."""
    if not entries:
        return []
    ids = _inserted(Idea, [entry.columns for entry in entries])
    _write_revisions(ids, entries)
    _write_moves(ids, entries)
    db.session.execute(insert(Tally), [_tally(*pair) for pair in zip(ids, entries, strict=True)])
    _count_on_the_board(entries)
    _index(ids, entries)
    return ids


def _inserted(model: Any, rows: list[dict[str, Any]]) -> list[int]:
    numbered = insert(model).returning(model.id, sort_by_parameter_order=True)
    return list(db.session.scalars(numbered, rows))


def _write_revisions(ids: list[int], entries: Sequence[Entry]) -> None:
    rows = [
        {
            "idea_id": number,
            "number": 1,
            "title": entry.columns["title"],
            "body": entry.columns["body"],
            "by_id": entry.columns.get("author_id"),
            "at": entry.columns["posted_at"],
        }
        for number, entry in zip(ids, entries, strict=True)
    ]
    revisions = _inserted(Revision, rows)
    own = update(Idea).where(Idea.id == bindparam("of")).values(revision_id=bindparam("words"))
    pairs = [{"of": number, "words": words} for number, words in zip(ids, revisions, strict=True)]
    db.session.connection().execute(own, pairs)


def _write_moves(ids: list[int], entries: Sequence[Entry]) -> None:
    moves = [
        (number, entry, place)
        for number, entry in zip(ids, entries, strict=True)
        for place in range(len(entry.moves))
    ]
    texts = [entry.moves[place].text for _, entry, place in moves]
    words = [{"text": text, "digest": digest_of(text)} for text in texts]
    rows = [
        {
            "idea_id": number,
            "at": entry.moves[place].at,
            "from_status": entry.moves[place - 1].to if place else None,
            "to_status": entry.moves[place].to,
            "wording_id": wording_id,
            "by_id": entry.columns.get("author_id"),
            "rule": "",
        }
        for (number, entry, place), wording_id in zip(moves, _inserted(Wording, words), strict=True)
    ]
    db.session.execute(insert(StatusEvent), rows)


def _tally(number: int, entry: Entry) -> dict[str, Any]:
    said = heat.total(heat.term(at, heat.FIRST_COMMENT_OF_A_RESIDENT) for at in entry.first_words)
    posting = heat.term(entry.columns["posted_at"], heat.POSTING)
    return {"idea_id": number, "heat_comments": said, "heat": heat.total((posting, said))}


def _count_on_the_board(entries: Sequence[Entry]) -> None:
    shown = (entry.columns for entry in entries if entry.columns["status"] not in NOT_ON_THE_BOARD)
    add_to_board(
        Counter((c["call_id"], c["topic_id"], c.get("district_id") or 0, c["status"]) for c in shown)
    )


def _index(ids: list[int], entries: Sequence[Entry]) -> None:
    rows: list[dict[str, Any]] = [
        {
            "idea_id": number,
            "title": folded(entry.columns["title"]),
            "body": folded(f"{entry.columns['body']} {entry.columns.get('place', '')} {entry.name}"),
        }
        for number, entry in zip(ids, entries, strict=True)
    ]
    db.session.execute(insert(SearchEntry), rows)
    count_words(Counter(word for row in rows for word in words_in(row["title"], row["body"])))
