"""What the board's templates take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from ideas.core.parts import Tab


class Card(NamedTuple):
    """An idea in a list, as board/_card.html names it."""

    id: int
    path: str
    title: str
    language: str
    excerpt: str
    topic_id: int
    facts: list[str]
    status: str
    status_word: str
    comments: str
    city_word: str
    is_late: bool
    photo: str
    ballot: Any


@dataclass(frozen=True)
class Choice:
    """One box to tick. `name` is its word in the address."""

    name: str
    value: str
    label: str
    count: int | None
    is_on: bool


class Group(NamedTuple):
    """Boxes of one kind; `rest` stays folded."""

    name: str
    label: str
    options: list[Choice]
    rest: list[Choice]


class Finder(NamedTuple):
    """Search and filters, as board/_board.html names them."""

    action: str
    q: str
    total: int
    active: int
    groups: list[Group]
    list_url: str
    map_url: str
    is_map: bool
    clear_url: str
    is_open: bool = False


class Results(NamedTuple):
    """The list itself, as board/_results.html names it."""

    orders: list[Tab]
    order: str
    order_name: str
    order_words: str
    words: str
    cards: list[Card]
    older_url: str
    clear_url: str
