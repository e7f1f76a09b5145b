"""Which votes count: one condition for tallies, shares and shortlists."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from ideas.accounts.models import Level
from ideas.voting.models import Checked, Vote, VoteState
from ideas.voting.rules import counts


def counted_votes(counted: Level) -> list[ColumnElement[bool]]:
    """Cast, clear, and of a level that counts where the call says `counted`."""
    return [
        Vote.state == VoteState.CAST,
        Vote.checked == Checked.CLEAR,
        Vote.level.in_([level for level in Level if counts(level, counted)]),
    ]
