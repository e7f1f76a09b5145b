"""The public leaf of a vote event: canonical JSON, a pseudonym, the week, a salt, and its RFC 6962 hash."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import date
from typing import Any

SALT_SIZE = 16


def leaf(*, kind: str, idea_id: int, pseudonym: str, version: int, level: str, week: str, salt: bytes) -> str:
    """Canonical JSON (RFC 8785: sorted keys, no spaces) of what happened, without who."""
    said = {
        "v": 1,
        "k": kind,
        "i": idea_id,
        "p": pseudonym,
        "n": version,
        "l": level,
        "d": week,
        "s": _letters(salt),
    }
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def read_leaf(text: str) -> dict[str, Any]:
    """The leaf's own words again."""
    said: dict[str, Any] = json.loads(text)
    return said


def leaf_hash(text: str) -> bytes:
    """SHA-256 over 0x00 and the leaf, as RFC 6962 has it, 32 bytes."""
    return hashlib.sha256(b"\x00" + text.encode()).digest()


def pseudonym(key: bytes, *, idea_id: int, ref: bytes) -> str:
    """One resident under one idea; across ideas nobody can link it without the cycle's key."""
    return _letters(hmac.digest(key, f"idea:{idea_id}:".encode() + ref, hashlib.sha256))


def week_of(day: date) -> str:
    """2026-W47, the only time a leaf tells."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


def _letters(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
