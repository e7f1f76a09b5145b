"""What a larger city posts and says: plain ideas put together from pieces, as rows for the tables."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import select

from ideas.accounts.models import Person, Resident, Role, Standing
from ideas.board.models import Channel, Status, Topic
from ideas.calls.models import Call
from ideas.calls.queries import always_open
from ideas.comments.commands import COUNTED_STANCES
from ideas.comments.models import CommentState, Stance
from ideas.core.city import city
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.text import excerpt, slug
from ideas.demo.almanac import Almanac
from ideas.demo.stock import CONTENT
from ideas.places.models import District
from ideas.voting.models import Cycle

COMMENTS_EACH = 5
OLDEST_S = 595 * 86_400


@cache
def pieces() -> dict[str, list[str]]:
    """Things, places, reasons, wishes and remarks."""
    return tomllib.loads((CONTENT / "more.toml").read_text(encoding="utf-8"))


@dataclass
class Thread:
    """One idea to be, with what is said under it and when residents first spoke."""

    idea: dict[str, Any]
    author: str
    comments: list[dict[str, Any]]
    first_words: list[datetime]

    def talk_count(self) -> dict[str, int]:
        """The figures beside the idea."""
        said = [comment["stance"] for comment in self.comments]
        return {
            "comments": len(said),
            **{name: said.count(stance) for stance, name in COUNTED_STANCES.items()},
        }


class Neighbour(NamedTuple):
    """An account that posts and comments."""

    id: int
    name: str
    is_resident: bool


@dataclass
class Crowd:
    """Who and what stands already and is needed again and again."""

    dice: random.Random
    almanac: Almanac
    call: Call
    cycles: list[tuple[date, int]]
    topics: list[int]
    districts: list[District]
    people: list[Neighbour]

    def thread(self) -> Thread:
        """An idea, posted some time ago, and what five people say about it."""
        posted = self.almanac.now - timedelta(seconds=self.dice.random() * OLDEST_S + 3600)
        author = self.dice.choice(self.people)
        said = sorted(self.dice.random() for _ in range(COMMENTS_EACH))
        moments = [posted + (self.almanac.now - posted) * part for part in said]
        people = self.dice.sample(self.people, COMMENTS_EACH)
        talk = list(zip(people, moments, strict=True))
        return Thread(
            idea=self._idea(author, posted),
            author=author.name,
            comments=[self._comment(who, at) for who, at in talk],
            first_words=[at for who, at in talk if who.is_resident],
        )

    def _idea(self, author: Neighbour, posted: datetime) -> dict[str, Any]:
        words = pieces()
        place, thing = self.dice.choice(words["places"]), self.dice.choice(words["things"])
        title = f"{thing} at {place}"
        reasons = " ".join(self.dice.sample(words["reasons"], 2))
        body = f"{reasons}\n\n{self.dice.choice(words['wishes'])}"
        return {
            "slug": slug(title),
            "title": title,
            "body": body,
            "excerpt": excerpt(body),
            "language": "en",
            "author_id": author.id,
            "author_name": "",
            "topic_id": self.dice.choice(self.topics),
            "district_id": self.dice.choice(self.districts).id,
            "call_id": self.call.id,
            "cycle_id": self._cycle(posted),
            "channel": Channel.WEB,
            "place": place,
            "status": Status.OPEN,
            "status_since": posted,
            "posted_at": posted,
            "answer_moves": 0,
            "support_before": 0,
        }

    def _comment(self, who: Neighbour, at: datetime) -> dict[str, Any]:
        return {
            "author_id": who.id,
            "stance": self.dice.choice((Stance.FOR, Stance.FOR, *Stance)),
            "body": self.dice.choice(pieces()["remarks"]),
            "channel": Channel.WEB,
            "posted_at": at,
            "state": CommentState.VISIBLE,
            "helpful": 0,
            "not_helpful": 0,
        }

    def _cycle(self, posted: datetime) -> int:
        """The cycle that was running then."""
        day = posted.astimezone(self.almanac.zone).date()
        running = [number for began, number in self.cycles if began <= day]
        return running[-1] if running else self.cycles[0][1]


def gather(dice: random.Random) -> Crowd:
    """Read the ground from the database."""
    call = always_open()
    cycles = select(Cycle.begins_on, Cycle.id).where(Cycle.call_id == call.id, Cycle.destroyed_at.is_(None))
    able = (
        select(Person.id, Person.display_name, Resident.id.is_not(None))
        .outerjoin(Resident, Resident.person_id == Person.id)
        .where(Person.role == Role.MEMBER, Person.standing == Standing.ACTIVE)
        .order_by(Person.id)
    )
    return Crowd(
        dice,
        Almanac(town_now(), city().zoneinfo),
        call,
        [(began, number) for began, number in db.session.execute(cycles.order_by(Cycle.begins_on, Cycle.id))],
        list(db.session.scalars(select(Topic.id).order_by(Topic.id))),
        list(db.session.scalars(select(District).order_by(District.id))),
        [Neighbour(number, name, bool(lives)) for number, name, lives in db.session.execute(able)],
    )
