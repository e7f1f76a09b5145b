"""Passwords: argon2id, which is slow on purpose, and what is too well known to be one.

Nothing here is called while the database is locked: one hash takes a tenth of a second.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 128
FEWEST_SIGNS = 5
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
)
_LEET = str.maketrans("013457@$", "oieastas")

_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """The argon2id hash, with its salt and its parameters."""
    return _hasher.hash(unicodedata.normalize("NFC", password))


def is_right(password: str, held: str | None) -> bool:
    """Whether the password fits; takes as long for somebody who has none."""
    try:
        _hasher.verify(held or _nobodys(), unicodedata.normalize("NFC", password))
    except (VerificationError, InvalidHashError):
        return False
    return held is not None


def why_weak(password: str, *, about: tuple[str, ...] = ()) -> str | None:
    """A sentence on what is wrong with a new password, or None; `about` are the person's own words."""
    if len(password) < SHORTEST:
        return (
            f"Use at least {SHORTEST} characters. Three or four words that do not belong together are good."
        )
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    folded = password.casefold()
    if any(len(word) > 3 and word.casefold() in folded for word in about):
        return "Leave your name and your e-mail address out of it."
    if len(set(folded)) < FEWEST_SIGNS or is_common(password):
        return "Many people use this one or one like it, so it is tried first. Choose another."
    return None


def is_common(password: str) -> bool:
    """Whether it is on the list, is a known word with a tail of numbers, or runs along the keyboard."""
    folded = password.casefold()
    bare = re.sub(r"^[^a-z]+|[^a-z]+$", "", folded).translate(_LEET)
    letters = re.sub(r"[^a-z]", "", folded)
    return bool({folded, letters, bare} & _known()) or _is_repeated(folded) or _is_run(folded)


def _is_repeated(text: str) -> bool:
    """abcabcabcabc: one short piece, again and again."""
    return re.fullmatch(r"(.{1,6}?)\1+.{0,2}", text) is not None


def _is_run(text: str) -> bool:
    """Made of runs of four or more along a row of keys or the alphabet, in either direction."""
    rest = text
    for row in _ROWS:
        for line in (row, row[::-1]):
            for length in range(len(line), 3, -1):
                for start in range(len(line) - length + 1):
                    rest = rest.replace(line[start : start + length], "")
    return len(rest) <= len(text) // 4


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """The list that travels with the house: one folded word a line."""
    path = Path(__file__).with_name("common_passwords.txt")
    return frozenset(path.read_text().split())


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher.hash("the password of somebody who has none")
