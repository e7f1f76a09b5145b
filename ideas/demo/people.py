"""The people of the demo city: accounts, who works for the city, and who is known to live there."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import Any

from ideas.accounts.models import AGE_BANDS, Grant, Kind, Level, Person, PersonGrant, Resident, Role, Scope
from ideas.core.clock import clock_bound_to
from ideas.core.db import db
from ideas.core.keys import digest_of_account, digest_of_register
from ideas.demo.world import World

PASSWORD = "heron tide lantern"  # noqa: S105 - printed for everybody who opens the demo
DOMAIN = "alderbay.example"
JOINED = 630
ELIGIBLE = timedelta(days=730)
NOT_A_RESIDENT = "no"


def settle(world: World, password_hash: str) -> None:
    """Make every account. All doors open with one password, so that it is hashed once."""
    groups = world.stock.people
    open_doors = set(world.stock.desk["doors"]["keys"])
    people = [*groups["staff"], *groups["organisations"], *groups["members"], *groups["newcomers"]]
    for words in people:
        held = password_hash if words["key"] in open_doors else None
        world.people[words["key"]] = _account(world, words, held)
    for words in groups["organisations"]:
        world.people[words["key"]].kind = Kind.ORGANISATION
    db.session.add_all(world.people.values())
    db.session.flush()
    for words in people:
        _give_rights(world, words)
    for words in world.stock.city["department"]:
        world.departments[words["slug"]].signer_id = world.people[words["signer"]].id
    db.session.flush()
    for words in [*groups["staff"], *groups["members"]]:
        _house(world, words)
    for key, person in list(world.people.items()):
        world.people[key] = world.reload(person)


def totp_secret(key: str, seed: int) -> str:
    """The same secret for the same seed: in the demo it stands beside the password, on paper."""
    return base64.b32encode(hashlib.sha256(f"totp:{seed}:{key}".encode()).digest()[:20]).decode()


def _account(world: World, words: dict[str, Any], password_hash: str | None) -> Person:
    days = world.dice.randint(610, JOINED) if words.get("resident") != NOT_A_RESIDENT else 9
    person = Person(
        email=f"{words['key']}@{DOMAIN}",
        display_name=words["name"],
        role=Role(words.get("role", "member")),
        password_hash=password_hash,
        joined_at=world.almanac.moment(days, words["key"]),
    )
    if "department" in words:
        person.department_id = world.departments[words["department"]].id
    if "role" in words or "grants" in words:
        person.totp_secret = totp_secret(words["key"], world.seed)
        person.totp_confirmed_at = person.joined_at
    return person


def _give_rights(world: World, words: dict[str, Any]) -> None:
    person = world.people[words["key"]]
    db.session.add_all(
        PersonGrant(person_id=person.id, grant=Grant(grant)) for grant in words.get("grants", ())
    )
    db.session.add_all(
        Scope(person_id=person.id, topic_id=world.topics[topic].id) for topic in words.get("topics", ())
    )


def _house(world: World, words: dict[str, Any]) -> None:
    """Say where somebody lives: verified by letter or at the front desk, or attested by themselves."""
    level = words.get("resident", "verified")
    if level == NOT_A_RESIDENT:
        return
    person = world.people[words["key"]]
    verified = level == Level.VERIFIED
    with clock_bound_to(person.joined_at):
        resident = Resident(
            person_id=person.id,
            ref=digest_of_register(f"AB{person.id:07d}") if verified else digest_of_account(person.id),
            level=Level(level),
            method=world.dice.choice(("letter", "front_desk")) if verified else "attested",
            district_id=world.districts[words["district"]].id,
            age_band=words.get("age", AGE_BANDS[person.id % 3]),
            eligible_until=person.joined_at + ELIGIBLE,
            verified_by=world.people["sam"].id if verified else None,
            verified_at=person.joined_at + timedelta(days=2) if verified else None,
        )
    db.session.add(resident)
