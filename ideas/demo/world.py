"""The city while it is being built: who and what stands in it by key, and the acts that are still to come."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideas.accounts.models import Department, Person
from ideas.board.models import Idea, Topic
from ideas.board.queries import visible_idea
from ideas.calls.models import Call
from ideas.core.clock import clock_bound_to
from ideas.core.db import db
from ideas.core.transactions import transaction
from ideas.council.models import Meeting
from ideas.demo.almanac import Almanac
from ideas.demo.stock import Stock
from ideas.places.models import District
from ideas.programs.models import Program
from ideas.shortlists.models import Shortlist

CHUNK = 250
Act = Callable[[], None]


@dataclass
class World:
    """What is there by key. `plan` an act for a moment; `run` does them all in the order of time."""

    stock: Stock
    almanac: Almanac
    seed: int
    dice: random.Random
    departments: dict[str, Department] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    districts: dict[str, District] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    idea_ids: dict[str, int] = field(default_factory=dict)
    programs: dict[str, Program] = field(default_factory=dict)
    shortlists: dict[str, Shortlist] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    acts: list[tuple[datetime, int, Act]] = field(default_factory=list)

    def plan(self, moment: datetime, act: Act) -> None:
        """Do this at that moment; acts of one moment follow each other as they were planned."""
        if moment > self.almanac.now:
            raise ValueError(f"the demo's past reaches into the future: {moment.isoformat()}")
        self.acts.append((moment, len(self.acts), act))

    def run(self, tell: Callable[[int], None]) -> None:
        """Live through everything planned, in chunks that are kept whole."""
        self.acts.sort(key=lambda planned: planned[:2])
        for start in range(0, len(self.acts), CHUNK):
            chunk = self.acts[start : start + CHUNK]
            with transaction():
                for moment, _, act in chunk:
                    with clock_bound_to(moment):
                        act()
            tell(len(chunk))
        self.acts.clear()

    def idea(self, key: str) -> Idea:
        """The idea with all that commands want to know of it."""
        return visible_idea(self.idea_ids[key], to=self.people["maria"])

    def reload(self, person: Person) -> Person:
        """The person as the door loads them, with grants and resident."""
        whole = select(Person).where(Person.id == person.id)
        whole = whole.options(joinedload(Person.grants), joinedload(Person.resident))
        return db.session.scalars(whole.execution_options(populate_existing=True)).unique().one()

    def humans(self) -> list[str]:
        """Keys of the members who are people, in the order of the file."""
        return [words["key"] for words in self.stock.people["members"]]
