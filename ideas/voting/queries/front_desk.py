"""What the front desk looks up: one person, what waits for them, and what was done today."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from ideas.accounts.models import Person, Resident
from ideas.accounts.queries import person_with
from ideas.core.city import city
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.places.models import District
from ideas.voting.models import KeptVote, Vote, VoteState


class AtTheDesk(NamedTuple):
    """Somebody who stands at the desk: the account, where they live, how much is kept and supported."""

    person: Person
    resident: Resident | None
    district: str
    kept: int
    supported: int


class DoneToday(NamedTuple):
    """One verification of today; no number of any register is known any more."""

    name: str
    district: str
    method: str
    by: str
    at: datetime


def at_the_desk(person_id: int) -> AtTheDesk:
    """One person with grants and resident, or Missing."""
    person = person_with(person_id)
    resident = person.resident
    kept = select(func.count()).select_from(KeptVote).where(KeptVote.person_id == person.id)
    supported = 0
    if resident is not None:
        cast = select(func.count()).select_from(Vote).where(Vote.state == VoteState.CAST)
        supported = db.session.scalar(cast.where(Vote.resident_id == resident.id)) or 0
    return AtTheDesk(person, resident, _name_of(resident), db.session.scalar(kept) or 0, supported)


def verified_today() -> list[DoneToday]:
    """Who was verified by a method since midnight in the city's zone, newest first."""
    midnight = town_now().astimezone(city().zoneinfo).replace(hour=0, minute=0, second=0, microsecond=0)
    staff = aliased(Person)
    rows = db.session.execute(
        select(Person.display_name, District.name, Resident.method, staff.display_name, Resident.verified_at)
        .select_from(Resident)
        .join(Person, Person.id == Resident.person_id)
        .join(staff, staff.id == Resident.verified_by)
        .outerjoin(District, District.id == Resident.district_id)
        .where(Resident.verified_at >= midnight)
        .order_by(Resident.verified_at.desc(), Resident.id.desc())
        .limit(100)
    )
    return [
        DoneToday(name, district or "", method, by, at)
        for name, district, method, by, at in rows
        if at is not None
    ]


def _name_of(resident: Resident | None) -> str:
    if resident is None or resident.district_id is None:
        return ""
    return db.session.get_one(District, resident.district_id).name
