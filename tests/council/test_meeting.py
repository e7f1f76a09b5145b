"""A meeting of the council: who may say what when, and what its results do."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from ideas.board.models import Status, StatusEvent
from ideas.core.db import db
from ideas.core.errors import Invalid, NotAllowed, TooLate
from ideas.core.transactions import reading, transaction
from ideas.council.commands import (
    call_meeting,
    close_meeting,
    keep_note,
    open_meeting,
    record_result,
    take_position,
)
from ideas.council.models import Ending, Meeting, Stand
from ideas.council.queries import my_note, results_of, said_on, stands_in
from ideas.pipeline.queries import case_file
from ideas.programs.commands import create_program
from tests.shortlists.keeping import checked, listed, sent
from tests.voting.pressing import fresh

JANUARY = date(2027, 1, 14)


def called(town, shortlist, clerk) -> Meeting:
    with transaction():
        return call_meeting(shortlist, by=clerk, title="Council meeting of January", held_on=JANUARY)


def opened(town, shortlist, clerk) -> Meeting:
    meeting = called(town, shortlist, clerk)
    with transaction():
        open_meeting(meeting, by=clerk)
    return meeting


def closed(town, shortlist, clerk) -> Meeting:
    meeting = opened(town, shortlist, clerk)
    with transaction():
        close_meeting(meeting, by=clerk)
    return meeting


def test_a_meeting_is_called_only_on_a_list_that_was_sent(town):
    clerk = town.clerk()
    shortlist = listed(town, clerk, checked(town, "Shade trees", euros=600), euros=1000)

    with pytest.raises(TooLate, match="Send the shortlist"):
        called(town, shortlist, clerk)


def test_one_meeting_is_over_before_the_next_is_called(town):
    clerk = town.clerk()
    shortlist = sent(town, clerk, checked(town, "Shade trees", euros=600), euros=1000)
    called(town, shortlist, clerk)

    with pytest.raises(TooLate, match="is not over yet"):
        called(town, shortlist, clerk)


def test_positions_are_taken_by_members_alone_and_only_while_the_meeting_is_open(town):
    clerk, member = town.clerk(), town.council_member()
    trees = checked(town, "Shade trees", euros=600)
    shortlist = sent(town, clerk, trees, euros=1000)
    meeting = called(town, shortlist, clerk)

    with pytest.raises(TooLate, match="while the meeting is open"), transaction():
        take_position(meeting, fresh(trees), by=member, stand=Stand.SUPPORT)
    with transaction():
        open_meeting(meeting, by=clerk)
    with pytest.raises(NotAllowed), transaction():
        take_position(meeting, fresh(trees), by=clerk, stand=Stand.SUPPORT)
    with transaction():
        take_position(meeting, fresh(trees), by=member, stand=Stand.SUPPORT)
    with transaction():
        close_meeting(meeting, by=clerk)

    with pytest.raises(TooLate), transaction():
        take_position(meeting, fresh(trees), by=member, stand=Stand.OPPOSE)


def test_conditions_and_an_interest_are_said_in_words(town):
    clerk, member = town.clerk(), town.council_member()
    trees = checked(town, "Shade trees", euros=600)
    meeting = opened(town, sent(town, clerk, trees, euros=1000), clerk)

    for stand in (Stand.WITH_CONDITIONS, Stand.INTEREST):
        with pytest.raises(Invalid), transaction():
            take_position(meeting, fresh(trees), by=member, stand=stand, conditions="  ")


def test_a_member_who_thinks_again_has_one_position(town):
    clerk, member = town.clerk(), town.council_member()
    trees = checked(town, "Shade trees", euros=600)
    meeting = opened(town, sent(town, clerk, trees, euros=1000), clerk)

    with transaction():
        take_position(
            meeting, fresh(trees), by=member, stand=Stand.WITH_CONDITIONS, conditions="Only native trees."
        )
    with transaction():
        take_position(meeting, fresh(trees), by=member, stand=Stand.ABSTAIN)

    with reading():
        assert [(said.stand, said.conditions) for said in said_on(meeting, trees.id)] == [(Stand.ABSTAIN, "")]
        assert stands_in(meeting) == {trees.id: {Stand.ABSTAIN: 1}}


def test_a_note_is_found_by_its_author_alone(town):
    member, colleague, clerk = town.council_member(), town.council_member("Cllr B"), town.clerk()
    trees = checked(town, "Shade trees", euros=600)
    with transaction():
        keep_note(trees, by=member, text="Ask about the water.")

    with reading():
        assert my_note(trees.id, member) == "Ask about the water."
        assert my_note(trees.id, colleague) == my_note(trees.id, clerk) == ""


def test_an_adopted_idea_joins_a_program_and_says_so_in_its_case_file(town):
    clerk = town.clerk()
    trees = checked(town, "Shade trees", euros=600)
    shortlist = sent(town, clerk, trees, euros=1000)
    meeting = closed(town, shortlist, clerk)

    with transaction():
        program = create_program(by=clerk, title="Cool stops", summary="Shade.", department=town.streets)
        record_result(
            meeting,
            fresh(trees),
            by=clerk,
            ending=Ending.ADOPTED,
            text="Adopted with 21 votes.",
            into=program,
        )

    with reading():
        assert fresh(trees).status is Status.ADOPTED
        assert results_of(shortlist.id)[trees.id].text == "Adopted with 21 votes."


def test_a_declined_idea_has_a_reason_and_what_would_reopen_it(town):
    clerk = town.clerk()
    trees = checked(town, "Shade trees", euros=600)
    meeting = closed(town, sent(town, clerk, trees, euros=1000), clerk)

    with transaction():
        record_result(
            meeting,
            fresh(trees),
            by=clerk,
            ending=Ending.DECLINED,
            text="Declined with 12 to 9.",
            reason="too_costly",
            reopen_if="the state pays half.",
        )

    with reading():
        last = db.session.scalars(
            select(StatusEvent).where(StatusEvent.idea_id == trees.id).order_by(StatusEvent.id.desc())
        ).first()
        assert last is not None
        assert (last.to_status, last.rule) == (Status.DECLINED, "reason:too_costly")


def test_a_deferred_idea_stays_before_the_council_with_a_date_in_its_case_file(town, browse):
    clerk = town.clerk()
    trees = checked(town, "Shade trees", euros=600)
    shortlist = sent(town, clerk, trees, euros=1000)
    meeting = closed(town, shortlist, clerk)

    with pytest.raises(Invalid, match="Say until when"), transaction():
        record_result(meeting, fresh(trees), by=clerk, ending=Ending.DEFERRED, text="Deferred.")
    with transaction():
        record_result(
            meeting,
            fresh(trees),
            by=clerk,
            ending=Ending.DEFERRED,
            text="Deferred until the survey is done.",
            deferred_to=date(2027, 3, 1),
        )

    with reading():
        assert fresh(trees).status is Status.BEFORE_COUNCIL
        assert [entry.deferred_to for entry in case_file(fresh(trees)) if entry.kind == "result"] == [
            date(2027, 3, 1)
        ]
    called(town, shortlist, clerk)


def test_a_result_is_recorded_once_and_only_after_the_meeting(town):
    clerk = town.clerk()
    trees, yards = checked(town, "Shade trees", euros=600), checked(town, "School yards", euros=100)
    shortlist = sent(town, clerk, trees, euros=1000)
    meeting = opened(town, shortlist, clerk)
    decision = {"by": clerk, "ending": Ending.DEFERRED, "text": "Deferred.", "deferred_to": date(2027, 3, 1)}

    with pytest.raises(TooLate, match="Close the meeting"), transaction():
        record_result(meeting, fresh(trees), **decision)
    with transaction():
        close_meeting(meeting, by=clerk)
    with transaction():
        record_result(meeting, fresh(trees), **decision)

    with pytest.raises(TooLate, match="recorded already"), transaction():
        record_result(meeting, fresh(trees), **decision)
    with pytest.raises(Invalid, match="not on the shortlist"), transaction():
        record_result(meeting, fresh(yards), **decision)
