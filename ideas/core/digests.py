"""What is kept in place of short secrets: digests that are worth nothing without the house's secret."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app


def keyed_digest(purpose: str, *words: str) -> bytes:
    """HMAC-SHA256, 32 bytes, of `words` for one purpose; no list of all codes leads back from it."""
    key: str = current_app.config["SECRET_KEY"]
    return hmac.digest(key.encode(), "\0".join((purpose, *words)).encode(), hashlib.sha256)
