"""Guessing a topic from words: how often the words of each topic begin a word of the text. Pure."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from ideas.core.text import folded, words_of

TITLE_WEIGHT = 3
WHOLE = 3  # words as short as this must match whole: “bus” is no beginning of “buscar”
# Beginnings of Spanish words by the addresses that topics commonly have; a map of the city's own replaces it.
SPANISH = Path(__file__).with_name("spanish.csv")


class TopicGuess:
    """Words with their topics, and the topic of everything that none of them fits."""

    def __init__(self, beginnings: Mapping[str, int], default: int) -> None:
        self.default = default
        self.by_first: dict[str, list[tuple[str, int]]] = {}
        for word, topic in beginnings.items():
            self.by_first.setdefault(word[:2], []).append((word, topic))

    def of(self, title: str, body: str) -> int:
        """The topic that the most words speak for; those of the title count thrice."""
        found: Counter[int] = Counter()
        for text, weight in ((title, TITLE_WEIGHT), (body, 1)):
            for word, times in Counter(words_of(text)).items():
                for beginning, topic in self.by_first.get(word[:2], ()):
                    if word == beginning or (len(beginning) > WHOLE and word.startswith(beginning)):
                        found[topic] += weight * min(times, 3)
        return max(found, key=lambda topic: (found[topic], -topic)) if found else self.default


def built_in(topics: Mapping[str, int]) -> dict[str, int]:
    """The built-in words of those topics that the city has; `topics` are addresses and numbers.

    “streets” speaks for a topic at that address, and for “streets-transit” too.
    """
    first_words = {slug.split("-")[0]: number for slug, number in topics.items()} | dict(topics)
    rows = (line.split(";") for line in SPANISH.read_text(encoding="utf-8").splitlines()[1:])
    return {word: first_words[slug] for word, slug in rows if slug in first_words}


def from_file(lines: Iterable[str], topics: Mapping[str, int]) -> dict[str, int]:
    """A CSV of `word;topic`; ValueError names the line that does not fit. Topics by address or name."""
    known = {folded(name): number for name, number in topics.items()}
    words: dict[str, int] = {}
    for number, row in enumerate(csv.reader(lines, delimiter=";"), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and [cell.lower() for cell in cells] == ["word", "topic"]):
            continue
        if len(cells) != 2 or len(words_of(cells[0])) != 1:
            raise ValueError(f"Line {number} of the map is not “word;topic” with one word.")
        if folded(cells[1]) not in known:
            raise ValueError(f"Line {number} of the map: this city has no topic “{cells[1]}”.")
        words[folded(cells[0])] = known[folded(cells[1])]
    return words
