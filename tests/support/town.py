"""The builder of small towns: people and what they did, made through the house's own models and commands."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from ideas.accounts.models import Department, Grant, Level, Person, PersonGrant, Resident, Role
from ideas.board.models import Idea, Status, Topic
from ideas.calls.commands import begin_cycle
from ideas.calls.models import Call, Phase
from ideas.core.city import City
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.transactions import transaction
from ideas.places.models import District


class Town:
    """Alder Bay in small: one department, one topic, one district and the always-open call."""

    guest = None

    def __init__(self, app: Flask) -> None:
        self.app = app
        with transaction():
            now = town_now()
            db.session.add(
                City(
                    name="Alder Bay",
                    zone="Europe/Lisbon",
                    currency="EUR",
                    languages=["en"],
                    population=240_000,
                )
            )
            self.streets = Department(
                slug="streets", name="Streets Department", email="streets@alderbay.example", remit=""
            )
            self.harbour = District(slug="old-harbour", name="Old Harbour", population=32_000)
            self.eastfield = District(slug="eastfield", name="Eastfield", population=28_000)
            db.session.add_all([self.streets, self.harbour, self.eastfield])
            db.session.flush()
            self.transit = Topic(slug="streets", name="Streets & transit", department_id=self.streets.id)
            self.parks = Topic(slug="parks", name="Parks & nature", department_id=self.streets.id)
            self.open_call = Call(
                slug="always-open", title="Always open", is_always_open=True, created_at=now
            )
            db.session.add_all([self.transit, self.parks, self.open_call])
            db.session.flush()
            db.session.add(
                Phase(
                    call_id=self.open_call.id,
                    position=1,
                    name="Ideas",
                    accepts_ideas=True,
                    accepts_support=True,
                )
            )
            self._begin_cycle(self.open_call)

    @staticmethod
    def _begin_cycle(call: Call) -> None:
        begin_cycle(call)

    def person(
        self, name: str = "Ana Ruiz", role: Role = Role.MEMBER, *, grants: tuple[Grant, ...] = (), **more: Any
    ) -> Person:
        """An account; its address is unique."""
        with transaction():
            person = Person(
                email=more.pop("email", f"{secrets.token_hex(5)}@example.org"),
                display_name=name,
                role=role,
                joined_at=town_now(),
                **more,
            )
            db.session.add(person)
            db.session.flush()
            db.session.add_all(PersonGrant(person_id=person.id, grant=grant) for grant in grants)
        return self.reload(person)

    def reload(self, person: Person) -> Person:
        """The person as the gate loads them, with grants and resident."""
        from sqlalchemy.orm import joinedload

        loaded = (
            db.session.scalars(
                select(Person)
                .where(Person.id == person.id)
                .options(joinedload(Person.grants), joinedload(Person.resident))
                .execution_options(populate_existing=True)
            )
            .unique()
            .one()
        )
        db.session.commit()
        return loaded

    def member(self, name: str = "Omar Khalil", **more: Any) -> Person:
        """An account that is no resident yet."""
        return self.person(name, **more)

    def resident(
        self,
        name: str = "Ana Ruiz",
        *,
        level: Level = Level.VERIFIED,
        district: District | None = None,
        **more: Any,
    ) -> Person:
        """A member whose residency is known."""
        person = self.person(name, **more)
        with transaction():
            db.session.add(
                Resident(
                    person_id=person.id,
                    ref=secrets.token_bytes(32),
                    level=level,
                    method="front_desk",
                    district_id=(district or self.harbour).id,
                    age_band="25-39",
                    eligible_until=town_now() + timedelta(days=700),
                    verified_at=town_now(),
                )
            )
        return self.reload(person)

    def moderator(self, name: str = "Maria Okafor", **more: Any) -> Person:
        """Somebody at the desk."""
        return self.person(name, Role.MODERATOR, **more)

    def officer(
        self, name: str = "Helena Costa", *, department: Department | None = None, **more: Any
    ) -> Person:
        """Somebody of a department."""
        return self.person(name, Role.OFFICER, department_id=(department or self.streets).id, **more)

    def administrator(self, name: str = "Eva Brandt", **more: Any) -> Person:
        """Who keeps the city's pages."""
        return self.person(name, Role.ADMINISTRATOR, **more)

    def council_member(self, name: str = "Cllr T. Adeyemi", **more: Any) -> Person:
        """A member of the council."""
        return self.person(name, Role.COUNCIL_MEMBER, **more)

    def clerk(self, name: str = "Olga Reyes") -> Person:
        """Who opens shortlists and records meetings."""
        return self.person(name, grants=(Grant.CLERK,))

    def front_desk(self, name: str = "Sam Porter") -> Person:
        """Who verifies residents."""
        return self.person(name, grants=(Grant.FRONT_DESK,))

    def idea(
        self,
        title: str = "Shade trees along Canal Street",
        *,
        by: Person | None = None,
        status: Status = Status.OPEN,
        district: District | None = None,
        topic: Topic | None = None,
        call: Call | None = None,
        body: str = "Waiting for line 4 in July means standing on bare concrete at 41 degrees.",
        text: str = "Moved for a test.",
        due_at: datetime | None = None,
    ) -> Idea:
        """An idea on the board, moved to its status by the legal way."""
        from ideas.board.commands import move, post_idea

        author = by or self.resident()
        with transaction():
            idea = post_idea(
                by=author,
                title=title,
                body=body,
                topic=topic or self.transit,
                district=district or self.harbour,
                call=call or self.open_call,
            )
            for step in way_to(status, idea.status):
                due = (due_at or town_now() + timedelta(days=30)) if step is Status.UNDER_REVIEW else None
                department = self.streets if step is Status.UNDER_REVIEW else None
                move(idea, to=step, by=None, text=text, department=department, due_at=due, rule="test")
        db.session.commit()
        return idea


WAYS = {
    Status.OPEN: (Status.OPEN,),
    Status.UNDER_REVIEW: (Status.OPEN, Status.UNDER_REVIEW),
    Status.SHORTLISTED: (Status.OPEN, Status.UNDER_REVIEW, Status.SHORTLISTED),
    Status.BEFORE_COUNCIL: (Status.OPEN, Status.UNDER_REVIEW, Status.SHORTLISTED, Status.BEFORE_COUNCIL),
    Status.ADOPTED: (
        Status.OPEN,
        Status.UNDER_REVIEW,
        Status.SHORTLISTED,
        Status.BEFORE_COUNCIL,
        Status.ADOPTED,
    ),
    Status.DECLINED: (Status.OPEN, Status.DECLINED),
    Status.HIDDEN: (Status.OPEN, Status.HIDDEN),
    Status.WITHDRAWN: (Status.OPEN, Status.WITHDRAWN),
    Status.WAITING: (),
}


def way_to(status: Status, now: Status) -> tuple[Status, ...]:
    """The moves that lead there from where the idea stands."""
    return tuple(step for step in WAYS[status] if step is not now)
