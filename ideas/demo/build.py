"""Building Alder Bay: the ground first, then six hundred days of its life in the order of time."""

from __future__ import annotations

import random
from collections.abc import Callable

from sqlalchemy import exists, select

from ideas.accounts.passwords import hashed
from ideas.board.models import Idea
from ideas.core.city import City
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.events import events_marked_as_handled
from ideas.core.transactions import reading, transaction
from ideas.demo.almanac import Almanac
from ideas.demo.case_files import plan_case_files
from ideas.demo.decisions import plan_decisions
from ideas.demo.desk import plan_desk
from ideas.demo.foundation import lay_foundation, open_calls
from ideas.demo.people import PASSWORD, settle
from ideas.demo.stock import stock
from ideas.demo.support import NEIGHBOURS, move_in, plan_votes
from ideas.demo.talk import plan_comments, plan_ideas
from ideas.demo.works import plan_works
from ideas.demo.world import World


def is_empty() -> bool:
    """Whether there is no city in the database yet."""
    with reading():
        return not db.session.scalar(select(exists().where(City.id.is_not(None))))


def has_ideas() -> bool:
    """Whether somebody has posted already."""
    with reading():
        return bool(db.session.scalar(select(exists().where(Idea.id.is_not(None)))))


def build(*, seed: int, tell: Callable[[int, int], None]) -> World:
    """Build the whole city; the same seed gives the same one. `tell(done, all)` hears how far it is."""
    password_hash = hashed(PASSWORD)
    with events_marked_as_handled():
        with transaction():
            world = _empty_world(seed)
            lay_foundation(world)
        with transaction():
            settle(world, password_hash)
            move_in(world.dice, world.almanac, list(world.districts.values()), NEIGHBOURS)
            open_calls(world)
        _plan(world)
        planned, done = len(world.acts), 0

        def count(acts: int) -> None:
            nonlocal done
            done += acts
            tell(done, planned)

        world.run(count)
    return world


def _empty_world(seed: int) -> World:
    words = stock()
    zone = City(**words.city["city"]).zoneinfo
    return World(words, Almanac(town_now(), zone), seed, random.Random(seed))  # noqa: S311 - no secrets


def _plan(world: World) -> None:
    plan_ideas(world)
    plan_comments(world)
    plan_votes(world)
    plan_case_files(world)
    plan_works(world)
    plan_decisions(world)
    plan_desk(world)
