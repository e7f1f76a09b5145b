"""Money and numbers from typed words: read strictly, refused with a sentence, never guessed."""

from __future__ import annotations

import re

MOST = 1_000_000_000_000
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,\s’'][0-9]{3})+|[0-9]+")
_SIGNS = re.compile(r"^[€$£¥]\s*|\s*[€$£¥]$")


def cents_of(text: str) -> int:
    """“180,000” or “180000.50” as cents; ValueError with a sentence for everything else.

    A point followed by three digits, or a comma by two, is thousands in one
    country and cents in another: it is asked back, not read.
    """
    return round(_read(_SIGNS.sub("", text.strip()), decimals=2, example="180,000 or 180000.50") * 100)


def number_of(text: str) -> float:
    """“1,250” or “-3.5” as a number, with at most three decimals; ValueError with a sentence."""
    text = text.strip().replace("−", "-")
    sign, rest = (-1, text[1:]) if text.startswith("-") else (1, text)
    return sign * _read(rest, decimals=3, example="1,250 or 3.5")


def _read(text: str, *, decimals: int, example: str) -> float:
    whole, point, part = text.partition(".")
    if not _GROUPED.fullmatch(whole) or (point and not re.fullmatch(rf"[0-9]{{1,{decimals}}}", part)):
        raise ValueError(f"Write it as {example}.")
    value = float("".join(re.findall(r"[0-9]", whole)) + (point + part if point else ""))
    if value > MOST:
        raise ValueError("That is more than this page can hold.")
    return value
