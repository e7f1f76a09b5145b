"""Finding ideas: the door to one, the list of many, the words beside them."""

from ideas.board.queries.door import topic_by, topics, visible_idea
from ideas.board.queries.facts import (
    FIRST_PLACES,
    Facts,
    facts,
    known_elsewhere,
    newest_revision,
    path_of,
    revisions,
    title_merged_into,
)
from ideas.board.queries.listing import Found, Row, found
from ideas.board.queries.options import Option

__all__ = [
    "FIRST_PLACES",
    "Facts",
    "Found",
    "Option",
    "Row",
    "facts",
    "found",
    "known_elsewhere",
    "newest_revision",
    "path_of",
    "revisions",
    "title_merged_into",
    "topic_by",
    "topics",
    "visible_idea",
]
