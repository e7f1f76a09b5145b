"""What a larger city posts and says: plain ideas put together from pieces, as rows for the tables."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import select

from ideas.accounts.models import Person, Resident, Role, Standing
from ideas.board import heat
from ideas.board.models import Channel, Status, Topic
from ideas.calls.models import Call
from ideas.calls.queries import always_open
from ideas.comments.models import CommentState, Stance
from ideas.core.city import city
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.text import excerpt, folded, slug
from ideas.demo.almanac import Almanac
from ideas.demo.stock import CONTENT
from ideas.places.models import District
from ideas.voting.models import Cycle

COMMENTS_EACH = 5
OLDEST_S = 595 * 86_400
STANCES = {Stance.FOR: "in_favour", Stance.AGAINST: "against", Stance.QUESTION: "questions"}


@cache
def pieces() -> dict[str, list[str]]:
    """Things, places, reasons, wishes and remarks."""
    return tomllib.loads((CONTENT / "more.toml").read_text(encoding="utf-8"))


@dataclass
class Thread:
    """One idea to be, with what is said under it."""

    idea: dict[str, Any]
    comments: list[dict[str, Any]]
    first_words_of_residents: list[datetime]

    def tally(self) -> dict[str, Any]:
        """No votes yet; warm from the posting and from what residents said first."""
        said = heat.total(
            heat.term(at, heat.FIRST_COMMENT_OF_A_RESIDENT) for at in self.first_words_of_residents
        )
        posting = heat.term(self.idea["posted_at"], heat.POSTING)
        return {"idea_id": self.idea["id"], "heat_comments": said, "heat": heat.total((posting, said))}

    def search_entry(self) -> dict[str, Any]:
        """As `index_idea` folds it."""
        return {
            "idea_id": self.idea["id"],
            "title": folded(self.idea["title"]),
            "body": folded(f"{self.idea['body']} {self.idea['place']} "),
        }

    def talk_count(self) -> dict[str, Any]:
        """The figures beside the idea."""
        said = [comment["stance"] for comment in self.comments]
        counted = {name: said.count(stance) for stance, name in STANCES.items()}
        return {"idea_id": self.idea["id"], "comments": len(said), **counted}


@dataclass
class Crowd:
    """Who and what stands already and is needed again and again."""

    dice: random.Random
    almanac: Almanac
    call: Call
    cycles: list[tuple[date, int]]
    topics: list[int]
    districts: list[District]
    people: list[tuple[int, bool]]

    def thread(self, number: int) -> Thread:
        """An idea with this number, posted some time ago, and what five people say about it."""
        posted = self.almanac.now - timedelta(seconds=self.dice.random() * OLDEST_S + 3600)
        idea = self._idea(number, posted)
        said = sorted(self.dice.random() for _ in range(COMMENTS_EACH))
        people = self.dice.sample(self.people, COMMENTS_EACH)
        moments = [posted + (self.almanac.now - posted) * part for part in said]
        comments = [self._comment(number, who, at) for (who, _), at in zip(people, moments, strict=True)]
        firsts = [at for (_, is_resident), at in zip(people, moments, strict=True) if is_resident]
        return Thread(idea, comments, firsts)

    def _idea(self, number: int, posted: datetime) -> dict[str, Any]:
        words = pieces()
        place, thing = self.dice.choice(words["places"]), self.dice.choice(words["things"])
        title = f"{thing} at {place}"
        reasons = " ".join(self.dice.sample(words["reasons"], 2))
        body = f"{reasons}\n\n{self.dice.choice(words['wishes'])}"
        return {
            "id": number,
            "slug": slug(title),
            "title": title,
            "body": body,
            "excerpt": excerpt(body),
            "language": "en",
            "author_id": self.dice.choice(self.people)[0],
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

    def _comment(self, idea_id: int, author_id: int, at: datetime) -> dict[str, Any]:
        return {
            "idea_id": idea_id,
            "author_id": author_id,
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
        select(Person.id, Resident.id.is_not(None))
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
        [(number, bool(is_resident)) for number, is_resident in db.session.execute(able)],
    )
