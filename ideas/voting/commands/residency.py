"""The city says who lives here: verification, what it does to votes, and renewal.

The register's number is digested at once; it is neither stored nor logged nor
part of any sentence.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from ideas.accounts.models import AGE_BANDS, Level, Person, Resident, ResidentState
from ideas.board.models import Idea
from ideas.calls.models import Call
from ideas.core.city import city
from ideas.core.clock import town_now
from ideas.core.db import db, insert_into
from ideas.core.errors import Invalid, TooLate, ensure
from ideas.core.events import record
from ideas.core.keys import digest_of_register
from ideas.places.models import District
from ideas.voting.commands.casting import count, drop_kept, uncount
from ideas.voting.models import KeptVote, Vote, VoteState
from ideas.voting.register import normalised_number
from ideas.voting.rules import may_verify, takes_support

FRONT_DESK_ONLY = "Only people of the front desk verify residents."
TAKEN = (
    "Somebody with this number is verified already, under another account. "
    "Everybody has one voice, so this account cannot be verified with it."
)


class Verified(NamedTuple):
    """Who lives here now, how many kept presses count from now on, and how many came too late."""

    resident: Resident
    counted: int
    too_late: int


def verify_resident(
    person: Person,
    *,
    by: Person,
    registry_id: str,
    district: District,
    age_band: str,
    method: str = "front_desk",
) -> Resident:
    """Record that the person lives here; what they pressed before counts in the same transaction."""
    return verify(
        person, by=by, registry_id=registry_id, district=district, age_band=age_band, method=method
    ).resident


def verify(
    person: Person, *, by: Person, registry_id: str, district: District, age_band: str, method: str
) -> Verified:
    """The same, and what it did to the person's votes. A second verification renews the first."""
    ensure(may_verify(by), FRONT_DESK_ONLY)
    ensure(by.id != person.id, "A colleague verifies you; nobody verifies themselves.")
    if person.is_organisation:
        raise Invalid("An organisation is no resident. Verify a person, under an account of their own.")
    if age_band not in AGE_BANDS:
        raise Invalid("Choose an age band.", field="age_band")
    said = _said(by, district=district, age_band=age_band, method=method)
    resident = _entered(person, _digest(registry_id), said)
    set_committed_value(person, "resident", resident)
    counted, too_late = _count_kept(person, resident)
    record("resident.verified", actor=by, subject=person, about={"method": method, "counted": counted})
    return Verified(resident, counted, too_late)


def renew_eligibility(person: Person, *, by: Person) -> Resident:
    """Somebody still lives here: their support can be counted for another term."""
    ensure(may_verify(by), FRONT_DESK_ONLY)
    ensure(by.id != person.id, "A colleague renews your eligibility; nobody renews their own.")
    resident = db.session.scalar(select(Resident).where(Resident.person_id == person.id).with_for_update())
    if resident is None:
        raise TooLate("This account has no resident to renew. Verify the person first.")
    resident.eligible_until, resident.state = _end_of_term(town_now()), ResidentState.ACTIVE
    record("resident.renewed", actor=by, subject=person)
    return resident


def months_later(moment: datetime, months: int) -> datetime:
    """The same day of a later month, or its last day where it is shorter."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def _digest(registry_id: str) -> bytes:
    try:
        return digest_of_register(normalised_number(registry_id))
    except ValueError:
        raise Invalid("Type the number as it stands on the card or letter.", field="registry_id") from None


def _said(by: Person, *, district: District, age_band: str, method: str) -> dict[str, Any]:
    now = town_now()
    return {
        "level": Level.VERIFIED,
        "method": method,
        "district_id": district.id,
        "age_band": age_band,
        "eligible_until": _end_of_term(now),
        "verified_by": by.id,
        "verified_at": now,
        "state": ResidentState.ACTIVE,
    }


def _end_of_term(now: datetime) -> datetime:
    return months_later(now, city().eligible_months)


def _entered(person: Person, ref: bytes, said: dict[str, Any]) -> Resident:
    """A new resident, or the person's own row changed; the constraint says whether the human is known."""
    fresh = insert_into(Resident).values(person_id=person.id, ref=ref, **said)
    made = db.session.scalar(fresh.on_conflict_do_nothing().returning(Resident.id))
    if made is not None:
        return db.session.get_one(Resident, made)
    known = select(Resident).where(or_(Resident.ref == ref, Resident.person_id == person.id))
    rows = db.session.scalars(
        known.order_by(Resident.id).with_for_update().execution_options(populate_existing=True)
    ).all()
    mine = next((row for row in rows if row.person_id == person.id), None)
    if any(row.ref == ref and row.person_id != person.id for row in rows):
        raise Invalid(TAKEN, field="registry_id", remember=_giving_up(mine))
    assert mine is not None
    return _changed(mine, ref, said)


def _giving_up(mine: Resident | None) -> Any:
    """What a refusal does not undo: support under a mere attestation, by somebody who has a voice already."""
    if mine is None or mine.level is not Level.ATTESTED:
        return None
    resident_id, ref = mine.id, mine.ref

    def retract_all() -> None:
        for idea in _supported(resident_id):
            uncount(idea, resident_id, ref)

    return retract_all


def _changed(mine: Resident, ref: bytes, said: dict[str, Any]) -> Resident:
    """Renew a verification, or raise an attestation to one."""
    if mine.ref != ref and mine.level is Level.VERIFIED:
        raise Invalid("This account is verified already, with another number.", field="registry_id")
    old_ref, moves = mine.ref, mine.ref != ref
    supported = _supported(mine.id) if moves else []
    for idea in supported:
        uncount(idea, mine.id, old_ref)
    mine.ref = ref
    for name, value in said.items():
        setattr(mine, name, value)
    db.session.flush()
    for idea in supported:
        in_time = takes_support(idea, town_now())
        count(idea, mine, level=Level.VERIFIED if in_time else Level.ATTESTED)
    return mine


def _count_kept(person: Person, resident: Resident) -> tuple[int, int]:
    """Turn kept presses into votes, each idea in the order of ids; what has closed stays kept."""
    kept = select(KeptVote.idea_id).where(KeptVote.person_id == person.id)
    ideas = _with_calls(Idea.id.in_(kept))
    open_ones = [idea for idea in ideas if takes_support(idea, town_now())]
    for idea in open_ones:
        drop_kept(idea, person)
        count(idea, resident, spread=True)
    return len(open_ones), len(ideas) - len(open_ones)


def _supported(resident_id: int) -> list[Idea]:
    cast = select(Vote.idea_id).where(Vote.resident_id == resident_id, Vote.state == VoteState.CAST)
    return _with_calls(Idea.id.in_(cast))


def _with_calls(wanted: Any) -> list[Idea]:
    """Ideas in the order of ids, so that two transactions lock their tallies in the same one."""
    found = select(Idea).where(wanted).order_by(Idea.id)
    return list(db.session.scalars(found.options(joinedload(Idea.call).joinedload(Call.phases))).unique())
