"""Many hands on one button: the database, not the page, holds a resident to one vote."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from sqlalchemy import select

from ideas.board.queries import visible_idea
from ideas.core.db import db
from ideas.core.transactions import reading, transaction
from ideas.voting.commands import cast_vote, retract_vote
from ideas.voting.models import KeptVote, Vote, VoteEvent, VoteState
from tests.support.racing import at_once
from tests.voting.pressing import number_of, recounted, tally_of
from tests.voting.test_pressing_support import with_token

HANDS = 50
ROUNDS = 20
ROUNDS_OF_A_SOAK = 1000


def in_one_piece(act, idea, person) -> Callable[[], object]:
    """The act, in a transaction of its own."""

    def piece():
        with transaction():
            act(visible_idea(idea.id, to=person), by=person)

    return piece


def fifty_hands(app, town, rounds):
    trees = town.idea()
    for n in range(rounds):
        ana = town.resident(f"Resident {n}")
        at_once(app, *[in_one_piece(cast_vote, trees, ana)] * HANDS)
    assert number_of(Vote) == number_of(VoteEvent) == rounds
    assert tally_of(trees).counted == rounds
    assert recounted() == []


def test_fifty_presses_in_one_moment_are_one_vote(app, town):
    fifty_hands(app, town, ROUNDS)


@pytest.mark.soak
def test_fifty_presses_in_one_moment_are_one_vote_a_thousand_times(app, town):
    fifty_hands(app, town, ROUNDS_OF_A_SOAK)


def test_pressing_and_taking_back_in_one_moment_ends_in_one_of_the_two(app, town):
    trees = town.idea()
    people = [town.resident(f"Resident {n}") for n in range(4)]
    for n in range(8):
        acts = [
            in_one_piece(random.Random(n + i).choice([cast_vote, retract_vote]), trees, people[i % 4])
            for i in range(16)
        ]
        at_once(app, *acts)

    with reading():
        states = db.session.scalars(select(Vote.state)).all()
    assert tally_of(trees).counted == states.count(VoteState.CAST)
    assert recounted() == []


def test_two_windows_press_and_take_back_over_the_web(app, town, browse):
    trees, ana = town.idea(), town.resident()
    windows = [browse(ana), browse(ana)]
    sent = [with_token(window) for window in windows]

    def press(n, act):
        answer = windows[n].client.post(
            f"/ideas/{trees.id}/{act}", data=sent[n], headers={"HX-Request": "true"}
        )
        assert answer.status_code == 200

    for _round in range(10):
        at_once(app, lambda: press(0, "vote"), lambda: press(1, "unvote"))

    assert tally_of(trees).counted == number_of(Vote, Vote.state == VoteState.CAST)
    assert recounted() == []


def test_a_member_who_presses_with_many_hands_keeps_one_press(app, town):
    trees, omar = town.idea(), town.member()

    at_once(app, *[in_one_piece(cast_vote, trees, omar)] * 20)

    assert number_of(KeptVote) == 1
    assert tally_of(trees).kept == 1


def test_neighbours_who_press_in_one_moment_are_all_counted(app, town):
    trees = town.idea(district=town.harbour)
    people = [town.resident(f"Resident {n}") for n in range(30)]

    at_once(app, *[in_one_piece(cast_vote, trees, person) for person in people])

    assert tally_of(trees).counted == 30
    assert recounted() == []
