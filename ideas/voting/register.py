"""The number by which the city's register knows somebody, in the one form that is digested."""

from __future__ import annotations

import unicodedata

SHORTEST = 4
LONGEST = 40


def normalised_number(typed: str) -> str:
    """Letters and digits alone, in capitals: spaces, dots and dashes differ from card to card.

    Raises ValueError where that leaves no number of a register.
    """
    folded = unicodedata.normalize("NFKC", typed).upper()
    number = "".join(sign for sign in folded if sign.isalnum())
    if not SHORTEST <= len(number) <= LONGEST or not any(sign.isdigit() for sign in number):
        raise ValueError("no number of a register")
    return number
