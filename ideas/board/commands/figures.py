"""What is kept beside ideas: the figures of the filters, the words of search, the warmth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from ideas.accounts.models import Person
from ideas.board import heat
from ideas.board.models import NOT_ON_THE_BOARD, BoardCount, Idea, SearchEntry, SearchTerm, Status, Tally
from ideas.core.clock import town_now
from ideas.core.db import db, insert_into, log2_sum
from ideas.core.text import folded

BoardKey = tuple[int, int, int, Status]


def count_on_the_board(idea: Idea, status: Status, step: int) -> None:
    """One idea more or less in this status; what is not on the board is in no figure."""
    if status not in NOT_ON_THE_BOARD:
        add_to_board({(idea.call_id, idea.topic_id, idea.district_id or 0, status): step})


def add_to_board(figures: Mapping[BoardKey, int]) -> None:
    """Add to the figures of call, topic, district (0 for the whole city) and status."""
    for key, step in sorted(figures.items()):
        names = ("call_id", "topic_id", "district_id", "status")
        there = dict(zip(names, key, strict=True))
        if step > 0:
            fresh = insert_into(BoardCount).values(**there, ideas=step)
            more = {"ideas": BoardCount.ideas + step}
            db.session.execute(fresh.on_conflict_do_update(index_elements=names, set_=more))
        else:
            db.session.execute(update(BoardCount).filter_by(**there).values(ideas=BoardCount.ideas + step))


def index_idea(idea: Idea) -> None:
    """Keep the folded words that search reads, and in how many ideas each word stands."""
    entry = db.session.get(SearchEntry, idea.id) or SearchEntry(idea_id=idea.id, title="", body="")
    old = words_in(entry.title, entry.body)
    entry.title, entry.body = folded(idea.title), folded(f"{idea.body} {idea.place} {_name_of_author(idea)}")
    new = words_in(entry.title, entry.body)
    db.session.add(entry)
    db.session.flush()
    count_words(dict.fromkeys(new - old, 1))
    _uncount_words(sorted(old - new))


def index_ideas_of(person_id: int) -> None:
    """The same for every idea of a person, whose name is searched for too."""
    for idea in db.session.scalars(select(Idea).where(Idea.author_id == person_id)):
        index_idea(idea)


def words_in(title: str, body: str) -> set[str]:
    """The words of an entry, each once: in so many ideas each of them stands."""
    return set(f"{title} {body}".split())


def count_words(found: Mapping[str, int]) -> None:
    """Each of these words stands in so many ideas more."""
    fresh = insert_into(SearchTerm)
    more = {"ideas": SearchTerm.ideas + fresh.excluded.ideas}
    rows = [{"word": word, "ideas": ideas} for word, ideas in sorted(found.items())]
    if rows:
        kept = fresh.on_conflict_do_update(index_elements=["word"], set_=more)
        db.session.connection().execute(kept, rows)


def warm_by_answer(idea: Idea) -> None:
    """An official answer warms the idea; the first one counts."""
    _warm(idea, Tally.heat_answers, heat.term(town_now(), heat.ANSWER), only_first=True)


def warm_by_comment(idea: Idea, *, by: Person) -> None:
    """The first comment of a resident warms the idea; the caller knows that it is the first."""
    if by.resident is not None:
        _warm(idea, Tally.heat_comments, heat.term(town_now(), heat.FIRST_COMMENT_OF_A_RESIDENT))


def _uncount_words(words: list[str]) -> None:
    if words:
        gone = update(SearchTerm).where(SearchTerm.word.in_(words))
        db.session.execute(gone.values(ideas=SearchTerm.ideas - 1))


def _name_of_author(idea: Idea) -> str:
    """People are searched for by the name that stands on their ideas."""
    name = select(Person.display_name).where(Person.id == idea.author_id)
    return (db.session.scalar(name) if idea.author_id else None) or idea.author_name


def _warm(idea: Idea, part: Any, warmth: float, *, only_first: bool = False) -> None:
    """Add to one part of the heat and to the sum, in one statement."""
    change = update(Tally).where(Tally.idea_id == idea.id)
    if only_first:
        change = change.where(part.is_(None))
    db.session.execute(
        change.values({part: log2_sum(part, warmth), Tally.heat: log2_sum(Tally.heat, warmth)})
    )
