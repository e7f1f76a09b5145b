"""One password that everybody in the tests has: hashing it is slow, so it is hashed once."""

from __future__ import annotations

from functools import lru_cache

from ideas.accounts import passwords

PASSWORD = "canal tram bench oak"


@lru_cache(maxsize=1)
def hash_of_the_town() -> str:
    """Its argon2id hash."""
    return passwords.hashed(PASSWORD)
