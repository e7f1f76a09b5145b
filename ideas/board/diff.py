"""What changed between two texts, word by word. Pure."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

_PIECE = re.compile(r"\s*\S+|\s+$")
MOST_PIECES = 3000


class Change(NamedTuple):
    """A stretch of text: "same", "new" or "gone"."""

    kind: str
    text: str


def changes(before: str, after: str) -> list[Change]:
    """The way from one text to the other. Very long ones are shown as gone and new in whole."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if max(len(old), len(new)) > MOST_PIECES:
        return _joined([Change("gone", before), Change("new", after)])
    made: list[Change] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            made.append(Change("same", "".join(new[c:d])))
        else:
            made += [Change("gone", "".join(old[a:b])), Change("new", "".join(new[c:d]))]
    return _joined(made)


def _joined(made: list[Change]) -> list[Change]:
    return [change for change in made if change.text]
