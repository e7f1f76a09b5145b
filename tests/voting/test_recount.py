"""Shown is stored: tally, votes and the fold of the events agree, and a recount finds what does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text, update

from ideas.accounts.models import Level
from ideas.board.models import BoardCount, Tally
from ideas.core.clock import clock_bound_to, town_now
from ideas.core.db import db
from ideas.core.transactions import reading, transaction
from ideas.voting.models import Checked, Vote
from tests.voting.pressing import presses, recounted, takes_back, tally_of
from tests.voting.test_verifying import verifies

ACTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(("press", "take back")), st.integers(0, 4), st.integers(0, 1)),
        st.tuples(st.just("verify"), st.integers(2, 4), st.just(0)),
    ),
    max_size=25,
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=ACTS)
def test_after_any_sequence_of_presses_every_number_is_the_sum_of_what_happened(town, acts):
    sam = town.front_desk()
    people = [
        town.resident("Ana Ruiz"),
        town.resident("Lea Park"),
        town.resident("Attested Ada", level=Level.ATTESTED),
        town.member("Omar Khalil"),
        town.member("Nour Haddad"),
    ]
    ideas = [town.idea(), town.idea("More benches at the ferry", district=town.eastfield)]

    for act, who, what in acts:
        person = town.reload(people[who])
        if act == "press":
            presses(ideas[what], person)
        elif act == "take back":
            takes_back(ideas[what], person)
        else:
            verifies(person, sam, town, number=f"AB 471{person.id}")

    assert recounted() == []


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.floats(0, 700), min_size=1, max_size=6), gone=st.integers(0, 5))
def test_taking_support_back_is_as_if_one_had_never_voted(town, days, gone):
    ada, bea = town.idea("Shade for the first square"), town.idea("Shade for the second square")
    with transaction():
        heat = db.session.get_one(Tally, ada.id).heat
        db.session.execute(update(Tally).where(Tally.idea_id == bea.id).values(heat=heat))
        db.session.execute(
            text("UPDATE idea SET posted_at = (SELECT posted_at FROM idea WHERE id = :a) WHERE id = :b"),
            {"a": ada.id, "b": bea.id},
        )
    with reading():
        begin, gone = town_now(), gone % len(days)
    people = [town.resident(f"Resident {n}") for n in range(len(days))]

    for n, day in enumerate(days):
        with clock_bound_to(begin + timedelta(days=day)):
            presses(ada, people[n])
            if n != gone:
                presses(bea, people[n])
    with clock_bound_to(begin + timedelta(days=701)):
        takes_back(ada, people[gone])

    assert tally_of(ada).heat == pytest.approx(tally_of(bea).heat, abs=1e-9)
    assert tally_of(ada).heat_votes == (
        None if len(days) == 1 else pytest.approx(tally_of(bea).heat_votes, abs=1e-9)
    )


@pytest.mark.parametrize("column", ["counted", "attested", "held", "kept", "heat", "heat_votes"])
def test_a_number_that_was_changed_by_hand_is_found(town, column):
    trees = town.idea()
    presses(trees, town.resident())
    assert recounted() == []

    with transaction():
        db.session.execute(update(Tally).values({column: getattr(Tally, column) + 1}))

    assert any(f"idea {trees.id}: {column} is" in words for words in recounted())


def test_a_vote_that_was_written_by_hand_is_found(town):
    trees, ana = town.idea(), town.resident()
    with transaction():
        db.session.add(
            Vote(
                idea_id=trees.id,
                resident_id=ana.resident.id,
                state="cast",
                level=Level.VERIFIED,
                cast_at=town_now(),
            )
        )

    found = recounted()

    assert any("counted is 0, and should be 1" in words for words in found)
    assert any("the fold of its events" in words for words in found)


def test_a_vote_that_was_held_without_an_event_is_found(town):
    presses(town.idea(), town.resident())

    with transaction():
        db.session.execute(update(Vote).values(checked=Checked.HELD))

    assert any("the fold of its events" in words for words in recounted())


def test_a_figure_beside_a_filter_that_is_wrong_is_found(town):
    town.idea()

    with transaction():
        db.session.execute(update(BoardCount).values(ideas=7))

    assert any(words.startswith("board_count") for words in recounted())


def test_the_command_says_what_differs_and_ends_with_one(app, town):
    trees = town.idea()
    presses(trees, town.resident())
    runner = app.test_cli_runner()
    assert runner.invoke(args=["recount", "--check"]).exit_code == 0

    with transaction():
        db.session.execute(update(Tally).values(counted=5))
    answer = runner.invoke(args=["recount", "--check"])

    assert answer.exit_code == 1
    assert f"idea {trees.id}: counted is 5, and should be 1" in answer.output


def test_a_recount_without_check_changes_nothing_and_says_so(app, town):
    answer = app.test_cli_runner().invoke(args=["recount"])

    assert answer.exit_code == 2
    assert "--check" in answer.output
