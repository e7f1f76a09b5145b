"""Most votes first: the simplest rule of a budget, in whole cents.

Ideas are taken by votes, most first. Who has equal votes comes in the order of
posting, and then of their numbers. Each idea that the money left can pay for is
funded; one that costs more is passed over, and the next is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple


class Candidate(NamedTuple):
    """What the rule knows of an idea; the cost is in cents."""

    idea_id: int
    votes: int
    cost_cents: int
    posted_at: datetime


class Outcome(NamedTuple):
    """The rule's word on one idea; `left_cents` is what was there when its turn came."""

    idea: Candidate
    is_funded: bool
    left_cents: int


def most_votes_first(ideas: Iterable[Candidate], *, budget_cents: int) -> list[Outcome]:
    """The ideas in the order of the rule, each funded or passed over."""
    left, outcomes = budget_cents, []
    for idea in sorted(ideas, key=_turn):
        fits = idea.cost_cents <= left
        outcomes.append(Outcome(idea, fits, left))
        left -= idea.cost_cents if fits else 0
    return outcomes


def why(outcome: Outcome, *, money: Callable[[int], str]) -> str:
    """The rule's reason in a sentence; `money` writes cents as the city does."""
    idea, left = outcome.idea, outcome.left_cents
    if outcome.is_funded:
        votes = "1 vote" if idea.votes == 1 else f"{idea.votes:,} votes"
        return f"Funded: {votes}, {money(idea.cost_cents)} of the {money(left)} left"
    if not left:
        return "Not funded: no money is left"
    return f"Not funded: costs more than the {money(left)} left"


def _turn(idea: Candidate) -> tuple[int, datetime, int]:
    return -idea.votes, idea.posted_at, idea.idea_id
