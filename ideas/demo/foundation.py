"""The ground of the demo city: its row, departments, topics, districts and calls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ideas.accounts.models import Department
from ideas.board.models import Topic
from ideas.calls.commands import begin_cycle
from ideas.calls.models import Call, Phase
from ideas.core.city import City
from ideas.core.clock import clock_bound_to
from ideas.core.db import db
from ideas.demo.geography import boundaries
from ideas.demo.world import World
from ideas.places.models import District

BEGINNING = 640
HALF_YEARS = (1, 7)


def lay_foundation(world: World) -> None:
    """Write what a city has before anybody lives in it. `flask setup` and the desk do the same by hand."""
    db.session.add(City(**world.stock.city["city"]))
    for words in world.stock.city["department"]:
        department = Department(**{name: text for name, text in words.items() if name != "signer"})
        world.departments[words["slug"]] = department
    db.session.add_all(world.departments.values())
    db.session.flush()
    for words in world.stock.city["topic"]:
        owner = world.departments[words["department"]]
        topic = Topic(
            slug=words["slug"], name=words["name"], sentence=words["sentence"], department_id=owner.id
        )
        world.topics[words["slug"]] = topic
    lines = boundaries(world.stock.map)
    for words in world.stock.map["district"]:
        named = {name: words[name] for name in ("slug", "name", "population")}
        world.districts[words["slug"]] = District(**named, boundary=lines[words["slug"]])
    db.session.add_all([*world.topics.values(), *world.districts.values()])
    db.session.flush()


def open_calls(world: World) -> None:
    """The calls with their phases; each begins a cycle, the always-open one again each half-year."""
    for words in world.stock.city["call"]:
        began = world.almanac.midnight(words["began"])
        call = Call(
            slug=words["slug"],
            title=words["title"],
            summary=words["summary"],
            body=words["body"].strip(),
            budget_cents=words["budget"] * 100 if "budget" in words else None,
            is_always_open=words.get("always_open", False),
            created_at=began,
        )
        call.phases = [_phase(world, place, phase) for place, phase in enumerate(words["phases"], 1)]
        db.session.add(call)
        db.session.flush()
        world.calls[words["key"]] = call
        with clock_bound_to(began):
            begin_cycle(call)
    for half_year in _half_years(world):
        world.plan(half_year, lambda: _begin_half_year(world))


def _begin_half_year(world: World) -> None:
    begin_cycle(world.calls["open"])


def _phase(world: World, place: int, words: dict[str, Any]) -> Phase:
    """One phase; `from` and `to` are days before today, without them it has no end on that side."""
    return Phase(
        position=place,
        name=words["name"],
        accepts_ideas=words.get("accepts_ideas", False),
        accepts_support=words.get("accepts_support", False),
        opens_at=world.almanac.midnight(words["from"]) if "from" in words else None,
        closes_at=world.almanac.midnight(words["to"]) if "to" in words else None,
    )


def _half_years(world: World) -> Iterator[datetime]:
    almanac = world.almanac
    for day in range(BEGINNING - 1, 0, -1):
        date = almanac.date(day)
        if date.day == 1 and date.month in HALF_YEARS:
            yield almanac.midnight(day)
