"""Who can sign in to the demo city: for the console, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ideas.demo.people import DOMAIN, NOT_A_RESIDENT, PASSWORD, totp_secret
from ideas.demo.stock import stock

ON_THE_CONSOLE = ("ana", "omar", "repair", "maria", "helena", "yusuf", "adeyemi", "olga", "sam", "eva")


class Door(NamedTuple):
    """One account that one can sign in to; `totp_secret` is empty for those without a second factor."""

    key: str
    role: str
    name: str
    email: str
    password: str
    totp_secret: str


def doors(seed: int) -> list[Door]:
    """Everybody the demo lends out, in the order of the stock."""
    roles = dict(_roles())
    return [_door(key, *roles[key], seed) for key in stock().desk["doors"]["keys"]]


def write(path: Path, seed: int) -> None:
    """A JSON list of objects: role, name, email, password, totp_secret (null where there is none)."""
    listed = [
        {
            "role": door.role,
            "name": door.name,
            "email": door.email,
            "password": door.password,
            "totp_secret": door.totp_secret or None,
        }
        for door in doors(seed)
    ]
    path.write_text(json.dumps(listed, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    path.chmod(0o600)


def table(seed: int) -> str:
    """A few lines for the console."""
    chosen = [door for door in doors(seed) if door.key in ON_THE_CONSOLE]
    chosen.sort(key=lambda door: ON_THE_CONSOLE.index(door.key))
    lines = [f"  {door.role:<15} {door.email:<28} {door.name}" for door in chosen]
    return "\n".join([f"  Sign in with the password “{PASSWORD}” as", *lines])


def _door(key: str, role: str, name: str, is_staff: bool, seed: int) -> Door:
    secret = totp_secret(key, seed) if is_staff else ""
    return Door(key, role, name, f"{key}@{DOMAIN}", PASSWORD, secret)


def _roles() -> Iterator[tuple[str, tuple[str, str, bool]]]:
    """key -> (role in the words of the town, name, whether there is a second factor)."""
    groups = stock().people
    for words in groups["staff"]:
        yield words["key"], (words.get("role") or words["grants"][0], words["name"], True)
    for words in groups["organisations"]:
        yield words["key"], ("organisation", words["name"], False)
    for words in groups["members"]:
        role = "member" if words.get("resident") == NOT_A_RESIDENT else "resident"
        yield words["key"], (role, words["name"], False)
