"""The house's keys. They live in a file outside the database, and have another backup than it.

`ref` digests the numbers of the register, `wrap` encrypts the key of each
cycle, `network` digests address prefixes, `ledger` signs the heads of the tree.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from flask import current_app

from ideas.config import BadSetting, Settings

SIZE = 32
NONCE = 12


class WrongKeys(Exception):
    """The file and the database belong to two houses: a fault of the act, found when it needs a key."""


@dataclass(frozen=True)
class Keys:
    """Four keys of 32 bytes each, and the name under which the ledger signs."""

    ref: bytes
    wrap: bytes
    network: bytes
    ledger: Ed25519PrivateKey
    origin: str


def keys() -> Keys:
    """The keys of this house; outside production they are made at the first need."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.keys_file.exists() and not settings.is_production:
        make(settings.keys_file, origin=urlsplit(settings.site_url).netloc)
    return read(settings.keys_file)


@lru_cache(maxsize=4)
def read(path: Path) -> Keys:
    """The keys in a file; BadSetting with a sentence when they are not there or not whole."""
    try:
        held = json.loads(path.read_text())
        ref, wrap, network, ledger = (
            base64.b64decode(held[name], validate=True) for name in ("ref", "wrap", "network", "ledger")
        )
        if {len(ref), len(wrap), len(network), len(ledger)} != {SIZE}:
            raise ValueError("a key of another size")
        return Keys(ref, wrap, network, Ed25519PrivateKey.from_private_bytes(ledger), str(held["origin"]))
    except FileNotFoundError:
        raise BadSetting(f"KEYS_FILE {path} is not there. Make it with: flask --app wsgi keys make") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise BadSetting(f"KEYS_FILE {path} cannot be read as the keys of a house.") from None


def make(path: Path, *, origin: str) -> None:
    """Write new keys, readable by their owner alone; FileExistsError rather than replace any."""
    names = ("ref", "wrap", "network", "ledger")
    held = {name: base64.b64encode(secrets.token_bytes(SIZE)).decode() for name in names}
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(held | {"origin": origin}, file, indent=2)
    try:
        path.hardlink_to(passing)
    finally:
        passing.unlink()
    read.cache_clear()


def digest_of_register(number: str) -> bytes:
    """HMAC-SHA256 of a register's number, 32 bytes; what is kept instead of the number."""
    return hmac.digest(keys().ref, b"register:" + number.encode(), hashlib.sha256)


def digest_of_account(person_id: int) -> bytes:
    """HMAC-SHA256 of an account, 32 bytes: who an attested resident is until the city verifies them."""
    return hmac.digest(keys().ref, f"account:{person_id}".encode(), hashlib.sha256)


def new_wrapped_key() -> bytes:
    """A new key of a cycle, encrypted with the house's key."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + ChaCha20Poly1305(keys().wrap).encrypt(nonce, secrets.token_bytes(SIZE), b"cycle")


def unwrap(wrapped: bytes) -> bytes:
    """The key of a cycle, 32 bytes; WrongKeys when another house wrapped it."""
    return _unwrapped(keys().wrap, wrapped)


@lru_cache(maxsize=512)
def _unwrapped(wrap: bytes, wrapped: bytes) -> bytes:
    try:
        return ChaCha20Poly1305(wrap).decrypt(wrapped[:NONCE], wrapped[NONCE:], b"cycle")
    except InvalidTag:
        raise WrongKeys("KEYS_FILE holds the keys of another house than this database.") from None
