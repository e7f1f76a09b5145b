"""The words of the demo city, read from the files in `content/`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ideas.comments.models import Stance

CONTENT = Path(__file__).with_name("content")
STANCES = {
    "+": Stance.FOR,
    "-": Stance.AGAINST,
    "?": Stance.QUESTION,
    "=": Stance.NOTE,
    ">": Stance.NOTE,
}


@dataclass(frozen=True)
class Remark:
    """One comment to be: `author` is a key, or empty for whoever comes by; a reply hangs on the one above."""

    stance: Stance
    author: str
    text: str
    is_reply: bool


@dataclass(frozen=True, kw_only=True)
class IdeaWords:
    """One idea to be. `days` is how long ago it was posted, `votes` how many it has where that matters."""

    key: str
    title: str
    by: str
    topic: str
    days: float
    body: str
    said: tuple[Remark, ...]
    district: str = ""
    call: str = "open"
    place: str = ""
    language: str = ""
    votes: int | None = None
    waiting: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Stock:
    """Everything the city is made of, each part as its file has it."""

    city: dict[str, Any]
    map: dict[str, Any]
    people: dict[str, Any]
    case_files: dict[str, Any]
    council: dict[str, Any]
    programs: dict[str, Any]
    desk: dict[str, Any]
    ideas: tuple[IdeaWords, ...] = field(default=())


@cache
def stock() -> Stock:
    """The whole stock; read once."""
    parts = {
        name: _read(CONTENT / f"{name}.toml")
        for name in ("city", "map", "people", "case_files", "council", "programs", "desk")
    }
    return Stock(**parts, ideas=tuple(_ideas()))


def _ideas() -> list[IdeaWords]:
    return [
        _idea(file["topic"], words)
        for file in (_read(path) for path in sorted((CONTENT / "ideas").glob("*.toml")))
        for words in file["idea"]
    ]


def _idea(topic: str, words: dict[str, Any]) -> IdeaWords:
    said = tuple(_remark(line) for line in words["said"])
    return IdeaWords(**{**words, "topic": topic, "body": words["body"].strip(), "said": said})


def _remark(line: str) -> Remark:
    """`+lena Words` is for, by Lena; `> Words` is a reply, by whoever wrote the idea."""
    head, text = line.split(" ", 1)
    return Remark(STANCES[head[0]], head[1:], text.strip(), is_reply=head[0] == ">")


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
