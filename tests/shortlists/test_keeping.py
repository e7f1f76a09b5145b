"""Keeping a shortlist: what comes on it, in which order it stands, and what stays once it is sent."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from ideas.accounts.models import Level
from ideas.board.commands import withdraw_idea
from ideas.board.models import Status, StatusEvent
from ideas.core.db import db
from ideas.core.errors import Invalid, NotAllowed, TooLate
from ideas.core.transactions import reading, transaction
from ideas.pipeline.models import Feasibility
from ideas.shortlists.commands import (
    add_to_shortlist,
    open_shortlist,
    send_to_council,
    set_budget,
    take_off_shortlist,
)
from ideas.shortlists.queries import figures, shortlist_by, standing, turnout
from tests.shortlists.keeping import REASON, check, checked, listed, residents, sent
from tests.voting.pressing import fresh, presses


def test_only_the_clerk_opens_a_shortlist_and_a_call_has_one(town):
    with pytest.raises(NotAllowed), transaction():
        open_shortlist(town.open_call, by=town.administrator(), budget_cents=100)
    clerk = town.clerk()
    listed(town, clerk, euros=1000)

    with pytest.raises(TooLate, match="has a shortlist already"), transaction():
        open_shortlist(town.open_call, by=clerk, budget_cents=100)


def test_an_idea_without_a_checked_cost_does_not_come_on_the_list(town):
    clerk = town.clerk()
    shortlist = listed(town, clerk, euros=1000)
    unchecked, impossible = (
        town.idea(status=Status.UNDER_REVIEW),
        checked(town, "A tunnel to the sea", euros=1, feasibility=Feasibility.NOT_FEASIBLE),
    )

    for idea in (unchecked, impossible):
        with pytest.raises(Invalid, match="no checked cost, or cannot be done"), transaction():
            add_to_shortlist(fresh(idea), by=clerk, to=shortlist, text=REASON)


def test_the_list_stands_in_the_order_of_the_rule_with_its_reasons(town):
    clerk, voters = town.clerk(), residents(town, 6)
    trees = checked(town, "Shade trees", euros=600, voters=voters[:3])
    yards = checked(town, "Open school yards", euros=500, voters=voters, district=town.eastfield)
    lamps = checked(town, "Lamps on the pier", euros=400, voters=voters[:1])
    shortlist = listed(town, clerk, trees, yards, lamps, euros=1000)

    with reading():
        lines = standing(shortlist)

    assert [(line.title, line.votes, line.is_funded) for line in lines] == [
        ("Open school yards", 6, True),
        ("Shade trees", 3, False),
        ("Lamps on the pier", 1, True),
    ]
    assert lines[0].why == "Funded: 6 votes, €500 of the €1,000 left"
    assert lines[1].why == "Not funded: costs more than the €500 left"
    assert lines[0].from_district == 0
    assert lines[1].from_district is None


def test_a_later_check_of_the_cost_changes_an_open_list(town):
    clerk = town.clerk()
    trees = checked(town, "Shade trees", euros=600)
    shortlist = listed(town, clerk, trees, euros=1000)

    check(town, trees, euros=1200)

    with reading():
        assert not standing(shortlist)[0].is_funded


def test_figures_say_who_has_something_funded_and_where(town):
    clerk = town.clerk()
    harbour, eastfield = residents(town, 3), residents(town, 1, district=town.eastfield)
    trees = checked(town, "Shade trees", euros=600, voters=harbour)
    yards = checked(town, "Open school yards", euros=600, voters=eastfield, district=town.eastfield)
    shortlist = listed(town, clerk, trees, yards, euros=1000)

    with reading():
        found = figures(shortlist, standing(shortlist))

    assert (found.voters, found.with_funded, found.share) == (4, 3, 0.75)
    assert (found.districts_reached, found.districts, found.spent_cents) == (1, 2, 600_00)


def test_only_the_level_that_the_call_counts_is_in_the_figures(town):
    attested = residents(town, 2, level=Level.ATTESTED)
    trees = checked(town, "Shade trees", euros=600, voters=attested)
    shortlist = listed(town, town.clerk(), trees, euros=1000)

    with reading():
        lines = standing(shortlist)
        assert (lines[0].votes, figures(shortlist, lines).voters) == (0, 0)


def test_a_district_with_fewer_than_five_voters_is_not_told_apart(town):
    trees = checked(
        town,
        "Shade trees",
        euros=600,
        voters=residents(town, 5) + residents(town, 4, district=town.eastfield),
    )
    shortlist = listed(town, town.clerk(), trees, euros=1000)

    with reading():
        rows = {row.district: row.voters for row in turnout(shortlist)}

    assert rows == {"Old Harbour": 5, "Eastfield": None}


def test_what_was_sent_stays_whatever_happens_afterwards(town):
    clerk, voters = town.clerk(), residents(town, 3)
    trees = checked(town, "Shade trees", euros=600, voters=voters[:2])
    shortlist = sent(town, clerk, trees, euros=1000)

    presses(trees, voters[2])

    with reading():
        line = standing(shortlist_by(shortlist.id))[0]
    assert (line.votes, line.cost_cents, line.is_funded) == (2, 600_00, True)
    with pytest.raises(TooLate, match="stays as it is"), transaction():
        set_budget(shortlist, by=clerk, budget_cents=1)


def test_sending_lays_every_idea_before_the_council_with_a_public_text(town):
    trees = checked(town, "Shade trees", euros=600)
    sent(town, town.clerk(), trees, euros=1000)

    with reading():
        assert fresh(trees).status is Status.BEFORE_COUNCIL
        last = db.session.scalars(
            select(StatusEvent).where(StatusEvent.idea_id == trees.id).order_by(StatusEvent.id.desc())
        ).first()
        assert last is not None
        assert last.to_status is Status.BEFORE_COUNCIL


def test_an_empty_list_is_not_sent(town):
    clerk = town.clerk()
    shortlist = listed(town, clerk, euros=1000)

    with pytest.raises(Invalid, match="no idea on this shortlist"), transaction():
        send_to_council(shortlist, by=clerk, text="The council takes it up.")


def test_an_idea_taken_off_is_under_review_and_owed_an_answer_again(town):
    clerk = town.clerk()
    trees = checked(town, "Shade trees", euros=600)
    shortlist = listed(town, clerk, trees, euros=1000)

    with transaction():
        take_off_shortlist(fresh(trees), by=clerk, off=shortlist, text="The cost is checked once more.")

    with reading():
        assert fresh(trees).status is Status.UNDER_REVIEW
        assert fresh(trees).answer_due_at is not None
        assert standing(shortlist) == []


def test_an_idea_withdrawn_meanwhile_is_named_and_can_be_taken_off(town):
    ana, clerk = town.resident(), town.clerk()
    trees = checked(town, "Shade trees", euros=600)
    shortlist = listed(town, clerk, trees, euros=1000)
    with transaction():
        idea = fresh(trees)
        idea.author_id = ana.id
        withdraw_idea(idea, by=ana, text="Somebody does it already.")

    with pytest.raises(TooLate, match=r"its author withdrew it\. Take it off the list first"), transaction():
        send_to_council(shortlist, by=clerk, text="The council takes it up.")
    with transaction():
        take_off_shortlist(fresh(trees), by=clerk, off=shortlist, text="Its author withdrew it.")

    with reading():
        assert fresh(trees).status is Status.WITHDRAWN
