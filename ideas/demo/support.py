"""Who supports what in the demo city: residents without accounts, its people, and presses that are kept."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import func, insert, select

from ideas.accounts.models import AGE_BANDS, Level, Person, Resident, ResidentState
from ideas.board.models import Idea
from ideas.core.db import db
from ideas.demo.almanac import Almanac
from ideas.demo.people import ELIGIBLE
from ideas.demo.stock import IdeaWords
from ideas.demo.votes import Ballots, Voter, cast_in_bulk, drawn
from ideas.demo.world import World
from ideas.places.models import District
from ideas.voting.commands import cast_vote

VOTES = 6000
NEIGHBOURS = 1500
LONG_AGO = 638
FEWEST, MOST_OF_SMALL = 4, 26
AT_HOME = 9.0
WITH_ACCOUNT = 5.0
KEPT = {
    "omar": ("canal-street-trees", "line-4-night", "shade-playground", "scooters", "car-free-sunday"),
    "wei": ("open-timetable", "lawn-meadow", "trees-count", "canal-street-trees"),
    "yara": ("skate", "canal-street-trees"),
}


def move_in(dice: Random, almanac: Almanac, homes: Sequence[District], many: int) -> None:
    """Residents whom the city knows by letter and who have no account here."""
    people = [home.population for home in homes]
    rows = []
    for number, home in enumerate(dice.choices(homes, people, k=many)):
        day = LONG_AGO if number < many // 2 else dice.randint(60, LONG_AGO)
        since = almanac.moment(day, f"neighbour {number}")
        rows.append(
            {
                "ref": secrets.token_bytes(32),
                "level": Level.VERIFIED,
                "method": "letter",
                "district_id": home.id,
                "age_band": dice.choice(AGE_BANDS),
                "eligible_until": since + ELIGIBLE,
                "verified_at": since,
                "state": ResidentState.ACTIVE,
            }
        )
    db.session.execute(insert(Resident), rows)


def plan_votes(world: World) -> None:
    """Each call's votes are in before its list is closed; those of open calls are counted up to now."""
    many = how_many(world)
    ends = {words["key"]: _end_of_support(world, words["key"]) for words in world.stock.city["call"]}
    for call, end in ends.items():
        listed = [words for words in world.stock.ideas if words.call == call and not words.waiting]
        world.plan(end, lambda listed=listed: _cast(world, listed, many))  # type: ignore[misc]
    for person, keys in KEPT.items():
        for day, key in enumerate(keys, 1):
            moment = world.almanac.moment(day, f"{person} keeps {key}")
            world.plan(moment, lambda person=person, key=key: _keep(world, person, key))  # type: ignore[misc]


def how_many(world: World) -> dict[str, int]:
    """Votes by idea: the stock's figures in proportion, a few for all others, six thousand together."""
    listed = [words for words in world.stock.ideas if not words.waiting]
    small = {w.key: world.dice.randint(FEWEST, MOST_OF_SMALL) for w in listed if w.votes is None}
    wanted = {w.key: w.votes for w in listed if w.votes is not None}
    share = (VOTES - sum(small.values())) / sum(wanted.values())
    many = small | {key: round(votes * share) for key, votes in wanted.items()}
    first = max(wanted, key=lambda key: wanted[key])
    many[first] += VOTES - sum(many.values())
    return many


def voters() -> list[Voter]:
    """Every resident who can vote."""
    since = func.coalesce(Resident.verified_at, Person.joined_at)
    found = select(Resident.id, Resident.ref, Resident.level, Resident.district_id, since)
    found = found.outerjoin(Person, Person.id == Resident.person_id).order_by(Resident.id)
    return [
        Voter(number, ref, level, home or 0, moved_in)
        for number, ref, level, home, moved_in in db.session.execute(found)
    ]


def _cast(world: World, listed: list[IdeaWords], many: dict[str, int]) -> None:
    everybody = voters()
    known = {person.resident.id for person in world.people.values() if person.resident is not None}
    ballots = []
    for words in listed:
        idea = world.idea(words.key)
        until = _closed(world, words)
        able = [voter for voter in everybody if voter.since < idea.posted_at]

        def weight(voter: Voter, home: int | None = idea.district_id) -> float:
            near = AT_HOME if voter.district_id == home else 1.0
            return near * (WITH_ACCOUNT if voter.id in known else 1.0)

        chosen = drawn(world.dice, able, many[words.key], weight=weight)
        cast = [(voter, _when(world, idea.posted_at, until)) for voter in chosen]
        ballots.append(_ballots(idea, cast))
    cast_in_bulk(ballots, world.almanac.zone)


def _ballots(idea: Idea, cast: list[tuple[Voter, datetime]]) -> Ballots:
    assert idea.revision_id is not None
    return Ballots(idea.id, idea.cycle_id, idea.revision_id, idea.call.counts, cast)


def _when(world: World, posted: datetime, until: datetime) -> datetime:
    """Most support comes early, some of it late."""
    span = max((until - posted).total_seconds() - 120, 60)
    return posted + timedelta(seconds=60 + span * world.dice.random() ** 1.4)


def _end_of_support(world: World, call: str) -> datetime:
    words = next(words for words in world.stock.city["call"] if words["key"] == call)
    ends = [phase.get("to", 0) for phase in words["phases"] if phase.get("accepts_support")]
    return min(world.almanac.midnight(min(ends)) - timedelta(hours=1), world.almanac.now)


def _closed(world: World, words: IdeaWords) -> datetime:
    """When an idea stopped taking support: with its call, or with its own fate."""
    files = world.stock.case_files
    days = [entry["day"] for entry in files["withdrawn"] if entry["idea"] == words.key]
    for file in files["file"]:
        if file["idea"] == words.key:
            days += [step["day"] for step in file["steps"] if step["do"] in {"decline", "council"}]
    if words.hidden:
        days.append(world.stock.desk["hidden"]["decided"]["day"])
    end = _end_of_support(world, words.call)
    return min([end, *(world.almanac.midnight(day) for day in days)])


def _keep(world: World, person: str, key: str) -> None:
    cast_vote(world.idea(key), by=world.people[person])
