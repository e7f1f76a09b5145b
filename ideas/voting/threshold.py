"""When the city owes an answer: `max(10, 0.1 * sqrt(population))` counted supporters."""

from __future__ import annotations

import math

LEAST = 10
SHARE = 0.1


def threshold(population: float) -> int:
    """How many must support an idea of a district with so many people before the city must answer."""
    return math.ceil(max(LEAST, SHARE * math.sqrt(max(population, 0))))
