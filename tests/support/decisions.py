"""What the city decided in the house that was lived in: answers, lists, meetings, programs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from ideas.board.models import Idea, Status
from ideas.board.queries import visible_idea
from ideas.calls.models import Call
from ideas.core.transactions import transaction
from ideas.council import commands as meetings
from ideas.council.models import Ending, Meeting, Stand
from ideas.pipeline.commands import ask_sign_off, assess, draft_answer, sign_off
from ideas.pipeline.models import AnswerKind, Feasibility
from ideas.programs import commands as programs
from ideas.programs.models import Program, ProgramStatus
from ideas.shortlists.commands import add_to_shortlist, open_shortlist, send_to_council
from ideas.shortlists.models import Shortlist
from ideas.voting.commands import cast_vote

if TYPE_CHECKING:
    from tests.support.lived_in import LivedIn

NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = NOW.date()
LONG = "Streckenabschnittsgenehmigungsverfahrensordnung"


def case_file(house: LivedIn) -> None:
    """An idea under review: its cost, an answer that holds, and the next one on its way."""
    benches = _reviewed(house, "Benches along the harbour wall", house.town.open_call)
    helena, jonas = house.people["officer"], house.town.officer("Jonas Weber")
    with transaction():
        idea = visible_idea(benches.id, to=helena)
        until = NOW + timedelta(days=45)
        words = "We meet the tram operator **soon**."
        draft = draft_answer(idea, by=helena, kind=AnswerKind.HOLDING, body=words, new_due_at=until)
        ask_sign_off(draft, by=helena)
        sign_off(draft, by=jonas)
        draft_answer(idea, by=helena, kind=AnswerKind.DECIDING, body="We can place twelve.")
    house.show("/ideas/<int:idea_id>/case-file", f"/ideas/{benches.id}/case-file")
    house.show_idea(benches)


def _reviewed(house: LivedIn, title: str, call: Call, *, euros: int = 64_000) -> Idea:
    """An idea under review whose cost is known."""
    helena = house.people["officer"]
    idea = house.town.idea(title, call=call, status=Status.UNDER_REVIEW)
    with transaction():
        found, kind = visible_idea(idea.id, to=helena), Feasibility.WITH_CONDITIONS
        assess(found, by=helena, cost_cents=euros * 100, feasibility=kind, text="Twelve pits.")
        cast_vote(found, by=house.people["resident"])
    return idea


def council(house: LivedIn) -> None:
    """A list that is open, another before the council: one meeting is over, the next one goes on."""
    call, always = house.made["call"], house.town.open_call
    titles = ("Cool stops", "Green school yards", "A roof over the market")
    stops, yards, roof = ideas = [_reviewed(house, title, call, euros=400_000) for title in titles]
    lamps = _reviewed(house, "Lamps at the quay", always)
    with transaction():
        open_list, sent = _list(house, always, lamps), _list(house, call, *ideas)
        send_to_council(sent, by=house.people["clerk"], text="The list is complete.")
        first = _meeting(house, sent, {stops: Stand.SUPPORT, yards: Stand.OPPOSE})
        meetings.close_meeting(first, by=house.people["clerk"])
        _results(house, first, stops, yards)
        second = _meeting(house, sent, {yards: Stand.WITH_CONDITIONS})
        meetings.keep_note(yards, by=house.people["council_member"], text=LONG)
    house.things |= {
        "shortlist_id": sent.id,
        "meeting_id": first.id,
        "council-room/ideas/idea_id": yards.id,
        "desk/meetings/_/ideas/idea_id": roof.id,
    }
    house.show("/desk/shortlists/<int:shortlist_id>", f"/desk/shortlists/{open_list.id}")
    house.show("/shortlists/<call_slug>", f"/shortlists/{always.slug}")
    house.show("/desk/meetings/<int:meeting_id>", f"/desk/meetings/{second.id}")
    house.show("/council-room/ideas/<int:idea_id>", *(f"/council-room/ideas/{one.id}" for one in ideas))
    for idea in (stops, yards, lamps):
        house.show_idea(idea)


def _list(house: LivedIn, call: Call, *ideas: Idea) -> Shortlist:
    clerk = house.people["clerk"]
    shortlist = open_shortlist(call, by=clerk, budget_cents=90_000_000)
    for idea in ideas:
        checked = visible_idea(idea.id, to=clerk)
        add_to_shortlist(checked, by=clerk, to=shortlist, text="Checked, and within the money.")
    return shortlist


def _meeting(house: LivedIn, sent: Shortlist, stands: dict[Idea, Stand]) -> Meeting:
    """Called, opened, and a member said where they stand."""
    clerk, member = house.people["clerk"], house.people["council_member"]
    meeting = meetings.call_meeting(sent, by=clerk, title="Council meeting", held_on=TODAY)
    meetings.open_meeting(meeting, by=clerk)
    for idea, stand in stands.items():
        meetings.take_position(meeting, idea, by=member, stand=stand, conditions="The operator pays.")
    return meeting


def _results(house: LivedIn, meeting: Meeting, adopted: Idea, deferred: Idea) -> None:
    record: dict[str, Any] = {"by": house.people["clerk"]}
    program = house.made["program"] = _program(house, f"Cool stops {LONG}")
    text = "Adopted with 24 votes to 7."
    meetings.record_result(meeting, adopted, ending=Ending.ADOPTED, text=text, into=program, **record)
    later = TODAY + timedelta(days=90)
    text = "The survey comes first."
    meetings.record_result(meeting, deferred, ending=Ending.DEFERRED, text=text, deferred_to=later, **record)


def _program(house: LivedIn, title: str) -> Program:
    town, helena = house.town, house.people["officer"]
    where: dict[str, Any] = {"department": town.streets, "district": town.harbour, "place": "Canal Street"}
    return programs.create_program(by=helena, title=title, summary="Shade at tram stops.", **where)


def works(house: LivedIn) -> None:
    """A program with dates that were met, moved and are to come, money, figures, news; others that ended."""
    program, helena = house.made["program"], house.people["officer"]
    with transaction():
        met, moved, late = (
            programs.add_milestone(program, by=helena, title=title, planned_on=TODAY + timedelta(days=days))
            for title, days in (("Pits dug", -20), (LONG, 40), ("Opening", -3))
        )
        programs.finish_milestone(met, by=helena, done_on=TODAY, evidence="Nine of nine, see the photo.")
        reason = "A gas main lies under the kerb."
        programs.slip_milestone(moved, by=helena, to=TODAY + timedelta(days=80), reason=reason)
        programs.set_budget_year(program, by=helena, year=2027, planned_cents=6_400_000, spent_cents=900_000)
        programs.set_outcome(
            program, by=helena, indicator="Degrees at noon", baseline=41, target=35, value=38
        )
        programs.post_update(program, by=helena, title="Pits are dug", body="Nine *of* twelve.")
        programs.move_program(program, by=helena, to=ProgramStatus.IN_DELIVERY, text="Work has begun.")
        stopped = _program(house, "Planters")
        programs.move_program(stopped, by=helena, to=ProgramStatus.STOPPED, text="The wind is too strong.")
    house.things |= {"program_id": program.id, "programs/_-slug": program.slug, "milestone_id": late.id}
    house.show("/programs/<int:program_id>-<slug>", stopped.path)
    house.show("/desk/programs/<int:program_id>", f"/desk/programs/{stopped.id}")
