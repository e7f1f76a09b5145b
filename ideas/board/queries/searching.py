"""Search: the newest ideas with these words, from either engine's index, ordered by one formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select, text

from ideas.accounts.models import Viewer
from ideas.board import search
from ideas.board.find import BEST_MATCH, MOST_SUPPORTED, NEWEST, ON_THE_BOARD, Find
from ideas.board.models import Idea, SearchEntry, SearchTerm, Status, Tally
from ideas.board.queries.conditions import own
from ideas.core.db import db

MOST_TERMS = 4000


class Candidate(NamedTuple):
    """An idea with the words, and all that filters, figures and orders ask of it."""

    id: int
    topic: int
    district: int
    call: int
    status: Status
    posted_at: datetime
    heat: float
    counted: int
    title: str

    def position(self, order: str, groups: search.Groups) -> tuple[float, int]:
        """Its place in an order, highest first."""
        if order == BEST_MATCH:
            return search.score(groups, self.title.split(), self.posted_at), self.id
        values = {NEWEST: self.posted_at.timestamp(), MOST_SUPPORTED: float(self.counted)}
        return values.get(order, self.heat), self.id


class Candidates(NamedTuple):
    """What matched. `has_all` is false if nothing has every word and these have some."""

    ideas: Sequence[Candidate]
    groups: search.Groups
    has_all: bool


def candidates(find: Find, viewer: Viewer, *, ideas: int) -> Candidates:
    """The newest ideas that match the words of `find.q`; `ideas` is how many there are on the board."""
    words = search.asked_words(find.q)
    if not words:
        return Candidates((), (), has_all=True)
    groups = search.groups_of(words, _known(words), ideas=ideas)
    found = _matching(find, viewer, groups, every=True)
    if found or len(groups) == 1:
        return Candidates(found, groups, has_all=True)
    return Candidates(_matching(find, viewer, groups, every=False), groups, has_all=False)


def _matching(find: Find, viewer: Viewer, groups: search.Groups, *, every: bool) -> list[Candidate]:
    rows = db.session.execute(
        select(
            Idea.id,
            Idea.topic_id,
            func.coalesce(Idea.district_id, 0),
            Idea.call_id,
            Idea.status,
            Idea.posted_at,
            Tally.heat,
            Tally.counted,
            SearchEntry.title,
        )
        .join(SearchEntry, SearchEntry.idea_id == Idea.id)
        .join(Tally, Tally.idea_id == Idea.id)
        .where(_has_words(groups, every=every), *own(find, viewer, ON_THE_BOARD))
        .order_by(Idea.posted_at.desc(), Idea.id.desc())
        .limit(search.NEWEST)
    )
    return [Candidate(*row) for row in rows]


def _has_words(groups: search.Groups, *, every: bool) -> ColumnElement[bool]:
    """The one place that asks each engine in its own words; the index of PostgreSQL wants them literally."""
    if db.engine.dialect.name == "postgresql":
        asked = text(
            "to_tsvector('simple', search_entry.title || ' ' || search_entry.body) @@ CAST(:words AS tsquery)"
        )
        bound: Any = asked.bindparams(words=search.in_tsquery(groups, every=every))
        return and_(bound)
    asked = text("search_entry.idea_id IN (SELECT rowid FROM search_fts WHERE search_fts MATCH :words)")
    return and_(asked.bindparams(words=search.in_fts5(groups, every=every)))


def _known(words: Sequence[str]) -> dict[str, int]:
    """These words on the board, what begins with them, and for the longer ones their near neighbours."""
    near = [_near(word) for word in words if len(word) >= search.SHORTEST_MISTYPED]
    rows = db.session.execute(
        select(SearchTerm.word, SearchTerm.ideas)
        .where(SearchTerm.ideas > 0, or_(SearchTerm.word.in_(words), *near))
        .limit(MOST_TERMS)
    )
    return {row.word: row.ideas for row in rows}


def _near(word: str) -> ColumnElement[bool]:
    """One mistake leaves the beginning, the end, or a bit of both as they are."""
    term, half = SearchTerm.word, len(word) // 2
    begins = func.substr(term, 1, len(word)) == word
    start, end = func.substr(term, 1, half) == word[:half], _ends(word[-half:])
    both = and_(func.substr(term, 1, 2) == word[:2], _ends(word[-2:]))
    similar = func.length(term).between(len(word) - 1, len(word) + 1)
    return or_(begins, and_(similar, or_(start, end, both)))


def _ends(letters: str) -> ColumnElement[bool]:
    term = SearchTerm.word
    return func.substr(term, func.length(term) - len(letters) + 1, len(letters)) == letters
