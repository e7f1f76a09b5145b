"""Finding cases, what belongs to one, and what was decided."""

from ideas.moderation.queries.case import Matter, case_page, visible_case
from ideas.moderation.queries.log import decisions, desk_log, hidden_by_rule
from ideas.moderation.queries.queue import case_after, first_case_id, queue, queue_size
from ideas.moderation.queries.scopes import scopes_of

__all__ = [
    "Matter",
    "case_after",
    "case_page",
    "decisions",
    "desk_log",
    "first_case_id",
    "hidden_by_rule",
    "queue",
    "queue_size",
    "scopes_of",
    "visible_case",
]
