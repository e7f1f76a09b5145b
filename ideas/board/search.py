"""From what somebody types to what both engines are asked, and the one formula that orders what they find.

A query becomes groups of words: an idea matches if each group has a word that
begins one of its words. A group is what was typed and, where nobody on the
board writes so, the words that are one typing mistake away.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from ideas.board.heat import BEGINNING
from ideas.core.text import words_of

LONGEST_QUERY = 200
LONGEST_WORD = 40
MOST_WORDS = 10
MOST_SPELLINGS = 8
SHORTEST_MISTYPED = 5
COMMON_SHARE = 0.2
FEW_IDEAS = 20
NEWEST = 2000
HALVES_EVERY_S = 2 * 365.25 * 86_400

Groups = tuple[tuple[str, ...], ...]


def asked_words(query: str) -> tuple[str, ...]:
    """The words of a query, folded, each once; long ones are cut, since they match by their beginning."""
    words = (word[:LONGEST_WORD] for word in words_of(query[:LONGEST_QUERY]))
    return tuple(dict.fromkeys(words))[:MOST_WORDS]


def groups_of(words: Sequence[str], known: Mapping[str, int], *, ideas: int) -> Groups:
    """What to look for; `known` says in how many of the `ideas` the words of the board stand.

    Words that stand in over a fifth of all ideas are dropped when others remain;
    on a small board no word is so common that it would tell nothing.
    """
    common = max(COMMON_SHARE * ideas, FEW_IDEAS)
    telling = [word for word in words if known.get(word, 0) <= common] or words
    return tuple((word, *_spellings(word, known)) for word in telling)


def _spellings(word: str, known: Mapping[str, int]) -> list[str]:
    """Words of the board one mistake away from this one; none if somebody writes like this."""
    if len(word) < SHORTEST_MISTYPED or any(
        other.startswith(word) for other, count in known.items() if count > 0
    ):
        return []
    near = [other for other, count in known.items() if count > 0 and is_one_edit(word, other)]
    return sorted(near, key=lambda other: (-known[other], other))[:MOST_SPELLINGS]


def is_one_edit(a: str, b: str) -> bool:
    """Whether one letter more, less, changed, or two neighbours swapped lead from one word to the other."""
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :]
    return a[at + 1 :] == b[at + 1 :] or swapped


def in_fts5(groups: Groups, *, every: bool = True) -> str:
    """The query as FTS5 reads it; with `every` false one group is enough."""
    return (" AND " if every else " OR ").join(
        "(" + " OR ".join(f'"{word}"*' for word in group) + ")" for group in groups
    )


def in_tsquery(groups: Groups, *, every: bool = True) -> str:
    """The same as PostgreSQL reads it."""
    return (" & " if every else " | ").join(
        "(" + " | ".join(f"'{word}':*" for word in group) + ")" for group in groups
    )


def score(groups: Groups, title: Collection[str], posted_at: datetime) -> float:
    """log2 of text x freshness: words of the title weigh more, and two years halve.

    `title` are the folded words of an idea that matches; what is not in its
    title stands in its text. Time moves no idea, so pages stay whole.
    """
    text = sum(_weight(group, title) for group in groups) / len(groups)
    return math.log2(text) + (posted_at - BEGINNING).total_seconds() / HALVES_EVERY_S


def _weight(group: tuple[str, ...], title: Collection[str]) -> float:
    typed, *others = group
    if typed in title:
        return 4.0
    if any(word.startswith(typed) for word in title):
        return 3.0
    return 2.0 if any(word.startswith(other) for word in title for other in others) else 1.0
