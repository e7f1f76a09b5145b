"""The front desk says who lives here; one human is one voice, whatever the accounts."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text, update

from ideas.accounts.models import Kind, Level, Resident
from ideas.board.models import Tally
from ideas.calls.models import Phase
from ideas.core.audit import AuditRow
from ideas.core.clock import clock_bound_to, town_now
from ideas.core.db import Base, db
from ideas.core.errors import Invalid, NotAllowed
from ideas.core.events import Event
from ideas.core.transactions import reading, transaction
from ideas.voting.commands import renew_eligibility, verify
from ideas.voting.commands.residency import months_later
from ideas.voting.leaf import read_leaf
from ideas.voting.models import Checked, KeptVote, Vote, VoteEvent
from ideas.voting.register import normalised_number
from tests.voting.pressing import number_of, presses, recounted, tally_of

NUMBER = "AB-4711 0815 X"


def verifies(person, sam, town, *, number=NUMBER, district=None, age_band="25-39"):
    with transaction():
        return verify(
            person,
            by=sam,
            registry_id=number,
            district=district or town.harbour,
            age_band=age_band,
            method="front_desk",
        )


def test_kept_support_counts_in_the_moment_of_verification(town):
    sam, omar = town.front_desk(), town.member()
    ideas = [town.idea(), town.idea("More benches at the ferry")]
    for idea in ideas:
        presses(idea, omar)

    done = verifies(omar, sam, town)

    assert (done.counted, done.too_late) == (2, 0)
    assert [(tally_of(idea).counted, tally_of(idea).kept) for idea in ideas] == [(1, 0), (1, 0)]
    assert number_of(KeptVote) == 0
    assert number_of(Event, Event.kind == "resident.verified") == 1
    assert recounted() == []


def test_kept_votes_enter_the_ledger_spread_over_a_week(town):
    sam, omar = town.front_desk(), town.member()
    for n in range(3):
        presses(town.idea(f"Idea number {n} of the town"), omar)

    with clock_bound_to(datetime(2026, 11, 20, 10, tzinfo=UTC)):
        verifies(omar, sam, town)

    with reading():
        days = db.session.scalars(select(VoteEvent.not_before)).all()
    assert all(date(2026, 11, 20) <= day <= date(2026, 11, 26) for day in days)


def test_what_was_kept_for_an_idea_that_closed_comes_too_late(town):
    sam, omar, trees = town.front_desk(), town.member(), town.idea()
    presses(trees, omar)
    with transaction():
        db.session.execute(update(Phase).values(closes_at=town_now() + timedelta(hours=1)))
        later = town_now() + timedelta(hours=2)

    with clock_bound_to(later):
        done = verifies(omar, sam, town)

    assert (done.counted, done.too_late) == (0, 1)
    assert (tally_of(trees).counted, tally_of(trees).kept) == (0, 1)


def test_the_same_human_under_a_second_account_is_refused_in_a_neutral_sentence(town):
    sam, omar, twin = town.front_desk(), town.member(), town.member("Omar K.")
    verifies(omar, sam, town)

    with pytest.raises(Invalid, match="one voice"):
        verifies(twin, sam, town, number=" ab 4711.0815/x ")

    assert number_of(Resident) == 1


def test_a_second_account_loses_what_it_had_by_attestation(town):
    sam, omar, twin = town.front_desk(), town.member(), town.resident("Omar K.", level=Level.ATTESTED)
    trees = town.idea()
    verifies(omar, sam, town)
    presses(trees, twin)
    assert tally_of(trees).attested == 1

    with pytest.raises(Invalid, match="one voice"):
        verifies(twin, sam, town)

    assert tally_of(trees).attested == 0
    assert recounted() == []


def test_an_attested_resident_becomes_a_verified_one_and_their_support_counts(town):
    sam, ana, trees = town.front_desk(), town.resident(level=Level.ATTESTED), town.idea()
    presses(trees, ana)

    verifies(ana, sam, town)

    assert (tally_of(trees).counted, tally_of(trees).attested) == (1, 0)
    with reading():
        leaves = [
            read_leaf(leaf) for leaf in db.session.scalars(select(VoteEvent.leaf).order_by(VoteEvent.id))
        ]
    assert [(leaf["k"], leaf["l"], leaf["n"]) for leaf in leaves] == [
        ("cast", "attested", 1),
        ("retract", "attested", 1),
        ("cast", "verified", 2),
    ]
    assert leaves[0]["p"] == leaves[1]["p"] != leaves[2]["p"]
    assert recounted() == []


def test_a_held_attested_vote_is_still_held_after_verification(town):
    sam, ana, trees = town.front_desk(), town.resident(level=Level.ATTESTED), town.idea()
    presses(trees, ana)
    with transaction():
        db.session.execute(update(Vote).values(checked=Checked.HELD))
        db.session.execute(update(Tally).values(attested=0, held=1))

    verifies(ana, sam, town)

    assert (tally_of(trees).counted, tally_of(trees).held) == (0, 1)


def test_verifying_again_with_the_same_number_renews_and_another_number_is_refused(town):
    sam, omar = town.front_desk(), town.member()
    verifies(omar, sam, town)

    done = verifies(omar, sam, town, district=town.eastfield)
    with pytest.raises(Invalid, match="another number"):
        verifies(omar, sam, town, number="CD 1234")

    assert done.resident.district_id == town.eastfield.id
    assert number_of(Resident) == 1


def test_nobody_verifies_themselves_and_only_the_front_desk_verifies(town):
    sam, maria, omar = town.front_desk(), town.moderator(), town.member()

    for person, by in ((sam, sam), (omar, maria), (maria, omar)):
        with pytest.raises(NotAllowed):
            verifies(person, by, town)

    assert number_of(Resident) == 0


@pytest.mark.parametrize("number", ["", "   ", "---", "abc", "no digits here", "9" * 41])
def test_what_is_no_number_is_refused_at_its_field(town, number):
    with pytest.raises(Invalid) as refused:
        verifies(town.member(), town.front_desk(), town, number=number)

    assert refused.value.field == "registry_id"


def test_an_organisation_is_no_resident(town):
    with pytest.raises(Invalid, match="organisation"):
        verifies(town.person("Harbour Bakery", kind=Kind.ORGANISATION), town.front_desk(), town)


def test_the_number_is_in_no_table_and_in_no_log(town, caplog):
    with caplog.at_level(logging.DEBUG):
        verifies(town.member(), town.front_desk(), town)

    traces = [normalised_number(NUMBER), NUMBER]
    with reading():
        for table in Base.metadata.sorted_tables:
            for row in db.session.execute(text(f"SELECT * FROM {table.name}")):
                assert not any(trace in str(row) for trace in traces), table.name
    assert not any(trace in caplog.text for trace in traces)


def test_the_audit_log_says_who_verified(town):
    sam = town.front_desk()
    verifies(town.member(), sam, town)

    with reading():
        row = db.session.scalars(select(AuditRow).where(AuditRow.act == "resident.verified")).one()
    assert row.actor == sam.id


def test_eligibility_is_renewed_by_one_press(town):
    sam, omar = town.front_desk(), town.member()
    with clock_bound_to(datetime(2026, 2, 28, 12, tzinfo=UTC)):
        verifies(omar, sam, town)

    with clock_bound_to(datetime(2028, 1, 31, 12, tzinfo=UTC)), transaction():
        resident = renew_eligibility(omar, by=sam)

    assert resident.eligible_until == datetime(2030, 1, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-11-25", 24, "2028-11-25"),
        ("2028-02-29", 12, "2029-02-28"),
    ],
)
def test_a_term_ends_on_the_same_day_or_the_last_of_the_month(day, months, then):
    assert months_later(datetime.fromisoformat(day), months) == datetime.fromisoformat(then)
