"""What the events of one idea add up to: whoever has only the public leaves can do the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ideas.voting.leaf import read_leaf

STATES = {"cast": "cast", "carry": "cast", "retract": "retracted", "uncarry": "retracted"}
CHECKS = {"hold": "held", "release": "clear", "restore": "clear", "void": "void"}

Sums = Counter[tuple[str, str]]


@dataclass
class Voice:
    """One pseudonym under one idea, as its last events leave it."""

    state: str = "retracted"
    checked: str = "clear"
    level: str = ""


def fold(leaves: Iterable[str]) -> Sums:
    """The cast votes by (level, checked), from an idea's leaves in the order they were written."""
    voices: dict[str, Voice] = {}
    for text in leaves:
        said = read_leaf(text)
        voice = voices.setdefault(said["p"], Voice())
        if said["k"] in STATES:
            voice.state, voice.level = STATES[said["k"]], said["l"]
        else:
            voice.checked = CHECKS[said["k"]]
    return Counter((voice.level, voice.checked) for voice in voices.values() if voice.state == "cast")
