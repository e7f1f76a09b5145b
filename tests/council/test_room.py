"""The council room in a browser: the list, the sheet, positions, notes, and a meeting from call to result."""

from __future__ import annotations

from datetime import date

from ideas.board.models import Status
from ideas.comments.commands import post_comment
from ideas.comments.models import Stance
from ideas.core.clock import clock_bound_to
from ideas.core.transactions import reading, transaction
from ideas.council.commands import call_meeting, open_meeting
from ideas.council.models import Meeting
from tests.calls.test_calls import COLLECT, MARCH, opened
from tests.shortlists.keeping import checked, listed, residents, sent
from tests.voting.pressing import fresh


def in_session(town, *ideas, euros: int = 1000) -> Meeting:
    clerk = town.clerk()
    shortlist = sent(town, clerk, *ideas, euros=euros)
    with transaction():
        meeting = call_meeting(shortlist, by=clerk, title="Council meeting", held_on=date(2027, 1, 14))
        open_meeting(meeting, by=clerk)
    return meeting


def test_an_empty_room_says_what_will_be_there(town, browse):
    page = browse(town.council_member()).visits("/council-room")

    assert page.says("Nothing lies before the council")


def test_an_open_shortlist_and_an_idea_on_it_are_not_yet_in_the_room(town, browse):
    trees = checked(town, "Shade trees", euros=600)
    shortlist = listed(town, town.clerk(), trees, euros=1000)
    member = browse(town.council_member())

    assert member.visits(f"/council-room/shortlists/{shortlist.id}").status == 404
    assert member.visits(f"/council-room/ideas/{trees.id}").status == 404


def test_a_member_sees_the_rule_its_figures_and_each_reason(town, browse):
    voters = residents(town, 4)
    trees = checked(town, "Shade trees", euros=600, voters=voters[:3])
    yards = checked(town, "School yards", euros=600, voters=voters[3:], district=town.eastfield)
    in_session(town, trees, yards)

    page = browse(town.council_member()).visits("/council-room")

    assert page.says("75%") or page.says("75 %")
    assert page.says("1 of 2 districts")
    assert page.says("costs more than the €400 left")
    assert page.says("Meeting of 14 January is open")


def test_the_room_opens_with_the_list_of_the_meeting_that_goes_on(town, browse):
    in_session(town, checked(town, "Shade trees", euros=600))
    town.open_call = opened(town, COLLECT)
    with clock_bound_to(MARCH):
        sent(town, town.clerk(), checked(town, "School yards", euros=600), euros=1000)

    page = browse(town.council_member()).visits("/council-room")

    assert page.says("Meeting of 14 January is open")
    assert page.says("Shade trees")


def test_a_member_takes_a_position_and_finds_it_among_their_own(town, browse):
    trees = checked(town, "Shade trees", euros=600)
    in_session(town, trees)
    member = browse(town.council_member())

    page = member.visits("/council-room").press(
        "Record my position",
        **{f"on-{trees.id}-stand": "with_conditions", f"on-{trees.id}-conditions": "Only native trees."},
    )
    assert page.says("Your position on “Shade trees” is recorded.")

    mine = member.visits("/council-room/positions")
    assert mine.says("Support with conditions: Only native trees.")
    assert (
        browse(town.council_member("Cllr B"))
        .visits("/council-room/positions")
        .says("You have taken no position")
    )


def test_a_position_without_its_conditions_comes_back_with_a_sentence(town, browse):
    trees = checked(town, "Shade trees", euros=600)
    in_session(town, trees)

    page = browse(town.council_member()).visits(f"/council-room/ideas/{trees.id}")
    page = page.press("Record my position", **{f"on-{trees.id}-stand": "interest"})

    assert page.status == 422
    assert page.says("Say what the interest is.")


def test_a_note_is_read_by_its_author_alone(town, browse):
    trees = checked(town, "Shade trees", euros=600)
    in_session(town, trees)
    member = browse(town.council_member())

    page = member.visits(f"/council-room/ideas/{trees.id}").press(
        "Keep the note", text="Ask about the water."
    )

    assert page.says("Only you can read it.")
    assert page.says("Ask about the water.")
    for other in (town.council_member("Cllr B"), town.clerk("Other clerk")):
        assert not browse(other).visits(f"/council-room/ideas/{trees.id}").says("Ask about the water.")


def test_the_sheet_shows_the_evidence_and_names_nobody_who_voted(town, browse):
    voters = [*residents(town, 5), town.resident("Zebedee Quill", district=town.eastfield)]
    trees = checked(town, "Shade trees", euros=600, voters=voters)
    with transaction():
        post_comment(
            fresh(trees), by=town.resident("Omar"), stance=Stance.FOR, body="Shade keeps people riding."
        )
    in_session(town, trees)

    page = browse(town.council_member()).visits(f"/council-room/ideas/{trees.id}")

    assert page.says("fewer than 5 voters came from Eastfield")
    assert page.says("83%") or page.says("83 %")
    assert page.says("Shade keeps people riding.")
    assert page.says("Measured on site.")
    assert not page.says("Zebedee Quill")
    assert not page.says("Resident 0")


def test_the_room_is_closed_to_everybody_else(town, browse):
    trees = checked(town, "Shade trees", euros=600)
    in_session(town, trees)

    for person in (town.resident(), town.moderator(), town.administrator(), town.officer()):
        assert browse(person).visits("/council-room").status == 403
        assert browse(person).visits(f"/council-room/ideas/{trees.id}").status == 403


def test_a_clerk_leads_a_meeting_from_its_call_to_its_result(town, browse):
    trees = checked(town, "Shade trees", euros=600)
    person = town.clerk()
    shortlist = sent(town, person, trees, euros=1000)
    clerk = browse(person)

    page = clerk.visits(f"/desk/shortlists/{shortlist.id}").follow("Call a meeting")
    page = page.press("Call the meeting", title="Council meeting of January", held_on="2027-01-14")
    assert page.says("The meeting is called.")
    page = page.press("Open the meeting").press("Close the meeting")
    page = page.follow("Record the result")
    page = page.press("Put it on record", ending="adopted", text="Adopted with 21 votes.", title="Cool stops")

    assert page.says("The result on “Shade trees” is on record.")
    with reading():
        assert fresh(trees).status is Status.ADOPTED
    everybody = browse(town.guest).visits("/shortlists/always-open")
    assert everybody.says("Council meeting of January")
    assert everybody.says("Adopted")


def test_a_new_program_needs_a_name(town, browse):
    trees = checked(town, "Shade trees", euros=600)
    person = town.clerk()
    meeting = in_session(town, trees)
    clerk = browse(person)
    clerk.visits(f"/desk/meetings/{meeting.id}").press("Close the meeting")

    page = clerk.visits(f"/desk/meetings/{meeting.id}/ideas/{trees.id}").press(
        "Put it on record", ending="adopted", text="Adopted with 21 votes.", title=" "
    )

    assert page.status == 422
    assert page.says("Give the new program a name.")
    with reading():
        assert fresh(trees).status is Status.BEFORE_COUNCIL


def test_the_sheet_costs_the_same_statements_however_long_the_list_is(town, browse, count_queries):
    ideas = [checked(town, f"Idea number {n}", euros=1, voters=residents(town, 1)) for n in range(5)]
    in_session(town, *ideas)
    member = browse(town.council_member())
    member.visits("/council-room")

    with count_queries() as asked:
        member.visits(f"/council-room/ideas/{ideas[0].id}")

    assert asked.number <= 25, str(asked)


def test_a_note_can_be_emptied(town, browse):
    trees = checked(town, "Shade trees", euros=600)
    in_session(town, trees)
    member = browse(town.council_member())
    member.visits(f"/council-room/ideas/{trees.id}").press("Keep the note", text="Ask about the water.")

    page = member.visits(f"/council-room/ideas/{trees.id}").press("Keep the note", text="")

    assert page.says("Your note is kept.")
    assert member.visits("/council-room/positions").says("You have taken no position")
