"""Changing the board: ideas are posted, changed and moved, and the figures beside them kept."""

from ideas.board.commands.changing import edit_idea, withdraw_idea
from ideas.board.commands.figures import index_idea, index_ideas_of, warm_by_answer, warm_by_comment
from ideas.board.commands.many import Entry, Move, enter_many
from ideas.board.commands.moving import move, put_under_review, wording
from ideas.board.commands.posting import current_cycle_id, post_idea

__all__ = [
    "Entry",
    "Move",
    "current_cycle_id",
    "edit_idea",
    "enter_many",
    "index_idea",
    "index_ideas_of",
    "move",
    "post_idea",
    "put_under_review",
    "warm_by_answer",
    "warm_by_comment",
    "withdraw_idea",
    "wording",
]
