"""A vote is there or it is not: one per resident and idea, whatever is pressed how often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from ideas.accounts.models import Kind, Level, Resident, Standing
from ideas.board.models import Status, Tally
from ideas.board.queries import visible_idea
from ideas.calls.models import Phase
from ideas.core.clock import clock_bound_to, town_now
from ideas.core.db import db
from ideas.core.errors import NotAllowed, TooLate
from ideas.core.events import Event
from ideas.core.transactions import reading, transaction
from ideas.voting.commands import cast_vote
from ideas.voting.models import Checked, KeptVote, Vote, VoteEvent
from ideas.voting.queries import ballot, support
from tests.voting.pressing import fresh, number_of, presses, takes_back, tally_of


def test_a_resident_who_votes_twice_is_counted_once(town):
    trees, ana = town.idea(), town.resident()

    presses(trees, ana)
    done = presses(trees, ana)

    assert done.state == "cast"
    assert done.support.counted == 1
    assert tally_of(trees).counted == 1
    assert number_of(VoteEvent) == 1


def test_support_taken_back_leaves_no_trace_in_the_count(town):
    trees, ana, omar = town.idea(), town.resident(), town.resident("Omar Khalil")
    presses(trees, omar)
    before = tally_of(trees)
    counted, heat, heat_votes = before.counted, before.heat, before.heat_votes

    presses(trees, ana)
    done = takes_back(trees, ana)

    after = tally_of(trees)
    assert done.state == "none"
    assert after.counted == counted
    assert after.heat == pytest.approx(heat, abs=1e-9)
    assert after.heat_votes == pytest.approx(heat_votes, abs=1e-9)


def test_a_vote_cast_again_keeps_its_first_moment(town):
    trees, ana = town.idea(), town.resident()
    presses(trees, ana)
    with reading():
        first = db.session.scalars(select(Vote.cast_at)).one()

    with clock_bound_to(first + timedelta(days=3)):
        takes_back(trees, ana)
        presses(trees, ana)

    with reading():
        moment, version = db.session.execute(select(Vote.cast_at, Vote.version)).one()
    assert moment == first
    assert version == 2


def test_a_member_who_is_no_resident_has_the_press_kept(town):
    trees, omar = town.idea(), town.member()

    presses(trees, omar)
    done = presses(trees, omar)

    assert done.state == "kept"
    assert (tally_of(trees).counted, tally_of(trees).kept) == (0, 1)
    takes_back(trees, omar)
    assert tally_of(trees).kept == 0
    assert number_of(KeptVote) == 0


def test_an_attested_resident_is_shown_apart_where_the_call_counts_verified_ones(town):
    trees, ana = town.idea(), town.resident(level=Level.ATTESTED)

    presses(trees, ana)

    tally = tally_of(trees)
    assert (tally.counted, tally.attested) == (0, 1)
    assert tally.heat_votes is None


def test_an_attested_resident_counts_where_the_call_says_so(town):
    with transaction():
        db.session.merge(town.open_call).counts = Level.ATTESTED
    trees, ana = town.idea(), town.resident(level=Level.ATTESTED)

    presses(trees, ana)

    tally = tally_of(trees)
    assert (tally.counted, tally.attested) == (1, 1)


def test_a_held_vote_that_is_taken_back_and_cast_again_is_still_held(town):
    trees, ana = town.idea(), town.resident()
    with transaction():
        cast_vote(fresh(trees), by=ana)
        db.session.execute(update(Vote).values(checked=Checked.HELD))
        db.session.execute(update(Tally).values(counted=Tally.counted - 1, held=1))

    takes_back(trees, ana)
    assert tally_of(trees).held == 0
    done = presses(trees, ana)

    assert done.state == "held"
    assert (tally_of(trees).counted, tally_of(trees).held) == (0, 1)


def test_support_closes_by_the_clock_and_not_by_a_job(town):
    trees, ana, lea = town.idea(), town.resident(), town.resident("Late Lea")
    with transaction():
        closes = town_now() + timedelta(hours=1)
        db.session.execute(update(Phase).values(closes_at=closes))

    with clock_bound_to(closes - timedelta(seconds=1)):
        presses(trees, ana)

    with clock_bound_to(closes), pytest.raises(TooLate, match="closed"):
        presses(trees, lea)
    with clock_bound_to(closes), pytest.raises(TooLate, match="closed"):
        takes_back(trees, ana)
    assert tally_of(trees).counted == 1


@pytest.mark.parametrize("status", [Status.DECLINED, Status.WITHDRAWN, Status.ADOPTED])
def test_a_decided_idea_takes_no_support(town, status):
    trees, ana = town.idea(status=status), town.resident()

    with pytest.raises(TooLate):
        presses(trees, ana)

    with reading():
        assert ballot(fresh(trees), ana).state == "closed"


def test_organisations_and_suspended_people_have_no_vote(town):
    trees = town.idea()
    shop = town.person("Harbour Bakery", kind=Kind.ORGANISATION)
    sulking = town.resident("Sulking Sue", standing=Standing.SUSPENDED)

    for who in (shop, sulking):
        with pytest.raises(NotAllowed):
            presses(trees, who)

    assert tally_of(trees).counted == 0


def test_who_is_not_eligible_any_more_is_told_how_to_renew(town):
    trees, ana = town.idea(), town.resident()
    with transaction():
        db.session.execute(update(Resident).values(eligible_until=town_now() - timedelta(days=1)))

    with pytest.raises(NotAllowed, match="Renew"):
        presses(trees, town.reload(ana))


def test_authors_may_support_their_own_idea(town):
    ana = town.resident()
    trees = town.idea(by=ana)

    done = presses(trees, ana)

    assert done.support.counted == 1


def test_the_city_owes_an_answer_when_the_count_reaches_the_threshold_and_says_so_once(town):
    trees = town.idea(district=town.harbour)
    people = [town.resident(f"Resident {n}") for n in range(19)]
    for person in people[:17]:
        presses(trees, person)
    assert _crossings() == 0

    presses(trees, people[17])
    takes_back(trees, people[17])
    presses(trees, people[18])

    assert _crossings() == 1


def test_the_share_of_the_ideas_own_district_is_said_only_of_five_and_more(town):
    trees = town.idea(district=town.harbour)
    people = [town.resident(f"Near {n}") for n in range(3)]
    people += [town.resident(f"Far {n}", district=town.eastfield) for n in range(2)]
    for person in people[:4]:
        presses(trees, person)
    with reading():
        assert support(fresh(trees)).from_district is None

    presses(trees, people[4])

    with reading():
        assert support(visible_idea(trees.id, to=people[0])).from_district == pytest.approx(3 / 5)


def _crossings() -> int:
    return number_of(Event, Event.kind == "idea.crossed_threshold")
