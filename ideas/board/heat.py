"""Trending: `H = log2( sum over events of w * 2^(t / 7 days) )`.

Time moves no idea: every term grows alike, so the order changes only when
something happens. Sums are kept in log2, in the transaction of the act.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, datetime

DOUBLES_EVERY_S = 7 * 86_400.0
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)

POSTING = 1.0
COUNTED_VOTE = 1.0
FIRST_COMMENT_OF_A_RESIDENT = 1.0
ANSWER = 3.0


def term(at: datetime, weight: float) -> float:
    """log2 of one event's `w * 2^(t / 7 days)`, t counted from the beginning of 2020."""
    return math.log2(weight) + (at - BEGINNING).total_seconds() / DOUBLES_EVERY_S


def total(terms: Iterable[float | None]) -> float | None:
    """log2 of the sum of 2^term by log-sum-exp; None for no terms at all."""
    known = [part for part in terms if part is not None]
    if not known:
        return None
    highest = max(known)
    return highest + math.log2(math.fsum(2.0 ** (part - highest) for part in known))
