"""The list of ideas: a page of it in an order, under filters and a search text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, func, literal, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload, load_only
from sqlalchemy.orm.attributes import set_committed_value

from ideas.accounts.models import Guest, Person, Viewer
from ideas.board.find import MOST_SUPPORTED, NEWEST, Find
from ideas.board.models import Idea, Status, Tally
from ideas.board.queries.conditions import of_ideas
from ideas.board.queries.door import topics_by_id
from ideas.board.queries.options import Option, options
from ideas.board.queries.searching import Candidate, Candidates, candidates
from ideas.calls.queries import calls_by_id
from ideas.comments.models import TalkCount
from ideas.core.clock import it_is_now, moment
from ideas.core.db import db
from ideas.core.paging import Slice, decode_cursor, slice_of
from ideas.pipeline.models import Answer
from ideas.places.queries import districts_by_id

PAGE = 20
SHOWN = (
    Idea.slug,
    Idea.title,
    Idea.excerpt,
    Idea.language,
    Idea.author_id,
    Idea.author_name,
    Idea.topic_id,
    Idea.district_id,
    Idea.call_id,
    Idea.status,
    Idea.status_since,
    Idea.posted_at,
    Idea.answer_due_at,
)
FILTERED = ("topic", "district", "call", "status")


class Row(NamedTuple):
    """One idea of the list, with topic, district, author, call and tally loaded."""

    idea: Idea
    comments: int
    is_answered: bool


class Found(NamedTuple):
    """A page of the list. `ideas` is how many there are in all, None where no figure knows it."""

    rows: Slice[Row]
    options: list[Option]
    ideas: int | None
    total: int
    has_all_words: bool = True


def found(find: Find, *, viewer: Viewer) -> Found:
    """The page of the list that an address asks for."""
    choices = options(find)
    total = next((choice.ideas or 0 for choice in choices if choice.kind == "total"), 0)
    if find.q:
        return _searched(find, viewer, choices, total)
    rows = slice_of(_page(find, viewer), PAGE, lambda row: _position(row.idea, find.order))
    if find.is_personal:
        return Found(rows, [choice._replace(ideas=None) for choice in choices], None, total)
    ideas = next((choice.ideas for choice in choices if choice.kind == "found"), 0)
    return Found(rows, choices, ideas, total)


def _page(find: Find, viewer: Viewer) -> Sequence[Row]:
    value, kind = {
        NEWEST: (Idea.posted_at, datetime),
        MOST_SUPPORTED: (Tally.counted, int),
    }.get(find.order, (Tally.heat, float))
    id_ = Idea.id if find.order == NEWEST else Tally.idea_id
    wanted = _of_viewer(find, viewer) if find.is_personal else _of_everybody(_rows(), find._replace(after=""))
    wanted = wanted.order_by(value.desc(), id_.desc()).limit(PAGE + 1)
    after = decode_cursor(find.after, kind, int)
    if after is not None:
        wide = BigInteger() if kind is int else value.type
        wanted = wanted.where(
            tuple_(value, id_) < tuple_(literal(after[0], wide), literal(after[1], BigInteger()))
        )
    return _loaded(wanted)


def _of_viewer(find: Find, viewer: Viewer) -> Select[Any]:
    return _rows().where(*of_ideas(find, viewer))


@lru_cache(maxsize=512)
def _of_everybody(rows: Select[Any], find: Find) -> Select[Any]:
    """Built once for each address that people share; what is personal is built each time."""
    return rows.where(*of_ideas(find, Guest()))


def _rows() -> Select[Any]:
    return _rows_on(db.engine.dialect.name)


@cache
def _rows_on(_dialect: str) -> Select[Any]:
    answered = select(Answer.id).where(Answer.idea_id == Idea.id).exists()
    return (
        select(Idea, func.coalesce(TalkCount.comments, 0), answered, moment())
        .join(Tally, Tally.idea_id == Idea.id)
        .outerjoin(TalkCount, TalkCount.idea_id == Idea.id)
        .options(
            load_only(*SHOWN, raiseload=True),
            contains_eager(Idea.tally),
            joinedload(Idea.author).load_only(Person.display_name, Person.kind, Person.role),
        )
    )


def _loaded(wanted: Select[Any]) -> list[Row]:
    """The rows with topic, district and call, which are few and held: they are no part of the statement."""
    found = db.session.execute(wanted).all()
    if found:
        it_is_now(found[0][3])
    rows = [Row(*row[:3]) for row in found]
    ideas = [row.idea for row in rows]
    calls = calls_by_id({idea.call_id for idea in ideas})
    topics = topics_by_id({idea.topic_id for idea in ideas})
    districts = districts_by_id({idea.district_id for idea in ideas if idea.district_id})
    for idea in ideas:
        set_committed_value(idea, "call", calls[idea.call_id])
        set_committed_value(idea, "topic", topics[idea.topic_id])
        set_committed_value(idea, "district", districts.get(idea.district_id or 0))
    return rows


def _position(idea: Idea, order: str) -> tuple[Any, int]:
    values: dict[str, Any] = {NEWEST: idea.posted_at, MOST_SUPPORTED: idea.tally.counted}
    return values.get(order, idea.tally.heat), idea.id


def _searched(find: Find, viewer: Viewer, choices: list[Option], total: int) -> Found:
    matched = candidates(find, viewer, ideas=total)
    chosen = _chosen(find, choices)
    fitting = [idea for idea in matched.ideas if _fits(idea, chosen)]
    page = slice_of(_after(find, fitting, matched), PAGE, lambda place: place)
    loaded = {row.idea.id: row for row in _loaded(_rows().where(Idea.id.in_([id_ for _, id_ in page.items])))}
    rows = Slice([loaded[id_] for _, id_ in page.items], page.next)
    counted = _counted(matched.ideas, chosen, choices)
    return Found(rows, counted, len(fitting), total, matched.has_all)


def _after(find: Find, ideas: Sequence[Candidate], matched: Candidates) -> list[tuple[float, int]]:
    """The places behind the cursor, in order, one more than a page."""
    places = sorted((idea.position(find.order, matched.groups) for idea in ideas), reverse=True)
    after = decode_cursor(find.after, float, int)
    return [place for place in places if after is None or place < after][: PAGE + 1]


def _chosen(find: Find, choices: list[Option]) -> dict[str, set[Any]]:
    """For each kind with a filter on, the values that pass; unknown words are no filter."""
    statuses = set(find.statuses) | ({Status.WAITING} if find.mine and not find.status else set())
    chosen: dict[str, set[Any]] = {"status": statuses}
    for kind in ("topic", "district", "call"):
        known = {
            choice.id for choice in choices if choice.kind == kind and choice.value in getattr(find, kind)
        }
        if known:
            chosen[kind] = known
    return chosen


def _fits(idea: Candidate, chosen: dict[str, set[Any]], *, but: str = "") -> bool:
    return all(getattr(idea, kind) in values for kind, values in chosen.items() if kind != but)


def _counted(ideas: Sequence[Candidate], chosen: dict[str, set[Any]], choices: list[Option]) -> list[Option]:
    """The same choices, counted among the candidates."""
    figures = {
        kind: Counter(getattr(idea, kind) for idea in ideas if _fits(idea, chosen, but=kind))
        for kind in FILTERED
    }
    asked = [choice for choice in choices if choice.kind in figures and choice.kind != "status"]
    statuses = [Option("status", 0, status, "", number) for status, number in figures["status"].items()]
    return [choice._replace(ideas=figures[choice.kind][choice.id]) for choice in asked] + statuses
