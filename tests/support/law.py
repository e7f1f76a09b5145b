"""The law of the house as data: which role may come in by which route and method."""

from __future__ import annotations

import tomllib
from pathlib import Path

from flask import Flask

FOLDER = Path(__file__).resolve().parents[1] / "house" / "permissions"
DESK = ("moderator", "officer", "administrator", "front_desk", "clerk", "second")
IN_GOOD_STANDING = ("member", "resident", "organisation", *DESK, "council_member")
ROLES = ("guest", "suspended", *IN_GOOD_STANDING)
WORDS = {
    "anyone": ROLES,
    "signed_in": ("suspended", *IN_GOOD_STANDING),
    "members": IN_GOOD_STANDING,
    "desk": DESK,
    "council_room": ("council_member", "clerk"),
}

INTRODUCTION = """# Who may do what

Each line is a method and a route; ● means that the role may come in. What a person may then do with one
particular idea, answer or program is asked again by the command itself. `python -m tests.support.law` makes
this page from `tests/house/permissions/`, and a test compares the two.

"""

Act = tuple[str, str]


def law() -> dict[Act, frozenset[str]]:
    """(method, route) -> the roles that may come in, from the files of all features."""
    table: dict[Act, frozenset[str]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for act, who in tomllib.loads(path.read_text()).items():
            method, _, route = act.partition(" ")
            assert (method, route) not in table, f"{act} stands in two files"
            table[method, route] = frozenset(roles_of(who))
    return table


def roles_of(who: str | list[str]) -> list[str]:
    """A word for many, or a list of roles and words."""
    words = [who] if isinstance(who, str) else who
    roles = [role for word in words for role in WORDS.get(word, (word,))]
    assert set(roles) <= set(ROLES), f"{set(roles) - set(ROLES)} is no role of the house"
    return roles


def acts_of(app: Flask) -> dict[Act, str]:
    """(method, route) -> endpoint, for every route that the app has."""
    return {
        (method, str(rule)): rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def rendered() -> str:
    """The table for people to read: a line for each act, a mark for each role that may."""
    lines = []
    for path in sorted(FOLDER.glob("*.toml")):
        roles = " | ".join(role.replace("_", " ") for role in ROLES)
        lines += [f"## {path.stem.replace('_', ' ')}", "", f"| act | {roles} |"]
        lines.append("|---|" + ":-:|" * len(ROLES))
        for act, who in tomllib.loads(path.read_text()).items():
            marks = ["●" if role in roles_of(who) else "" for role in ROLES]
            lines.append(f"| `{act}` | {' | '.join(marks)} |")
        lines.append("")
    return INTRODUCTION + "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    (FOLDER.parents[2] / "docs" / "permissions.md").write_text(rendered())
