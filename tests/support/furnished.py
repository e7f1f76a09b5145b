"""A house with one thing for each act of the law, ready for it: what can be opened is closed, and so on."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app

from ideas.accounts.models import Person
from ideas.board.models import Idea, Status
from ideas.calls.commands import PhasePlan, create_call
from ideas.calls.models import Call
from ideas.comments.commands import post_comment
from ideas.comments.models import Comment, Stance
from ideas.core.transactions import transaction
from ideas.council.commands import call_meeting, close_meeting, open_meeting
from ideas.council.models import Meeting
from ideas.moderation.commands import decide, open_case, report
from ideas.moderation.models import Case, CaseKind, Verdict
from ideas.notifications.unsubscribing import Stop, unsubscribe_url
from ideas.pipeline.commands import ask_sign_off, draft_answer
from ideas.pipeline.models import AnswerKind
from ideas.places.held_files import hold
from ideas.programs.commands import add_milestone, create_program
from ideas.programs.models import Milestone
from ideas.shortlists.commands import add_to_shortlist, open_shortlist, send_to_council
from ideas.shortlists.models import Shortlist
from tests.shortlists.keeping import check
from tests.support.lived_in import LivedIn, everybody
from tests.support.town import Town
from tests.voting.pressing import fresh

SQUARE = {
    "type": "Feature",
    "properties": {"name": "Northgate", "people": 1200},
    "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]]},
}


def furnished(town: Town) -> LivedIn:
    """Build it. `things` may hold an address of its own for a route, under the route's words."""
    people = everybody(town)
    house = LivedIn(town, people)
    own = town.idea(by=people["resident"]).id
    house.things |= _on_the_board(town, people)
    house.things |= _at_the_desk(town, people)
    house.things |= _before_the_council(town, people)
    house.things |= _by_name()
    for verb in ("edit", "withdraw"):
        house.things[f"/ideas/<int:idea_id>/{verb}"] = f"/ideas/{own}/{verb}"
    return house


def address(house: LivedIn, route: str) -> str:
    """Where an act of this route finds what it asks for."""
    return str(house.things[route]) if route in house.things else house.address(route)


def _on_the_board(town: Town, people: dict[str, Any]) -> dict[str, Any]:
    idea = town.idea("A bench at every tram stop", by=people["organisation"])
    said = _comment(idea, people["organisation"])
    own = _comment(idea, people["resident"])
    hidden = town.idea("Cheap watches for everybody", by=people["organisation"])
    reported, decided = _case(idea, people), _case(hidden, people)
    with transaction():
        decide(decided, by=people["moderator"], verdict=Verdict.HIDDEN, rule="5", text="It sells something.")
    return {
        "idea_id": idea.id,
        "comment_id": said.id,
        "/comments/<int:comment_id>/edit": f"/comments/{own.id}/edit",
        "/comments/<int:comment_id>/remove": f"/comments/{own.id}/remove",
        "case_id": reported.id,
        "/desk/queue/<int:case_id>/restore": f"/desk/queue/{decided.id}/restore",
        "person_id": people["member"].id,
        "/desk/people/<int:person_id>/scopes": f"/desk/people/{town.moderator().id}/scopes",
    }


def _comment(idea: Idea, by: Person) -> Comment:
    with transaction():
        return post_comment(fresh(idea), by=by, stance=Stance.FOR, body="The stop at the canal has none.")


def _case(idea: Idea, people: dict[str, Any]) -> Case:
    with transaction():
        report(fresh(idea), by=people["member"], rule="5", words="It looks like an advertisement.")
    with transaction():
        return open_case(CaseKind.REPORTED, idea=idea)


def _at_the_desk(town: Town, people: dict[str, Any]) -> dict[str, Any]:
    written, to_sign, declined = (
        town.idea("Trees for the school yard", status=Status.UNDER_REVIEW),
        town.idea("A ramp at the town hall", status=Status.UNDER_REVIEW),
        town.idea("A cable car to the harbour", status=Status.DECLINED),
    )
    _draft(town, written, by=people["officer"])
    _draft(town, to_sign, by=town.officer("João Pires"), hand_on=True)
    desk = "/desk/ideas/<int:idea_id>"
    states = dict.fromkeys(("draft", "hand-on", "assess", "decline"), written.id)
    states |= dict.fromkeys(("sign", "return", "take-back"), to_sign.id) | {"reopen": declined.id}
    milestone = _milestone(town, people["officer"])
    return {f"{desk}/{act}": f"/desk/ideas/{number}/{act}" for act, number in states.items()} | {
        "program_id": milestone.program_id,
        "milestone_id": milestone.id,
    }


def _draft(town: Town, idea: Idea, *, by: Person, hand_on: bool = False) -> None:
    with transaction():
        draft = draft_answer(idea, by=by, kind=AnswerKind.DECIDING, body="We plant twelve trees.")
        if hand_on:
            ask_sign_off(draft, by=by)


def _milestone(town: Town, officer: Person) -> Milestone:
    with transaction():
        program = create_program(by=officer, title="Shade", summary="Trees.", department=town.streets)
    with transaction():
        return add_milestone(program, by=officer, title="The first twelve", planned_on=date(2027, 3, 1))


def _before_the_council(town: Town, people: dict[str, Any]) -> dict[str, Any]:
    clerk = people["clerk"]
    first, second = _checked(town, "A bike lane on Quay Road"), _checked(town, "A night bus on Saturdays")
    sent = _shortlist(town.open_call, clerk, first, second)
    with transaction():
        send_to_council(sent, by=clerk, text="The council takes it up.")
    over = _meeting(sent, clerk)
    with transaction():
        close_meeting(over, by=clerk)
    now = _meeting(sent, clerk)
    greener = _call(people["administrator"])
    on, off = (_checked(town, title, call=greener) for title in ("Roof gardens", "A pond in the park"))
    still_open = _shortlist(greener, clerk, on)
    room = "/council-room/ideas/<int:idea_id>"
    acts = {f"{room}/{act}": f"/council-room/ideas/{first.id}/{act}" for act in ("position", "note")}
    return acts | {
        room: f"/council-room/ideas/{first.id}",
        "meeting_id": now.id,
        "/desk/meetings/<int:meeting_id>/ideas/<int:idea_id>": f"/desk/meetings/{over.id}/ideas/{second.id}",
        "shortlist_id": still_open.id,
        "/desk/shortlists/<int:shortlist_id>/meetings/new": f"/desk/shortlists/{sent.id}/meetings/new",
        "/council-room/shortlists/<int:shortlist_id>": f"/council-room/shortlists/{sent.id}",
        "call_slug": town.open_call.slug,
        "on the list": on.id,
        "off the list": off.id,
    }


def _checked(town: Town, title: str, *, call: Call | None = None) -> Idea:
    idea = town.idea(title, status=Status.UNDER_REVIEW, call=call)
    check(town, idea, euros=400)
    return idea


def _call(eva: Person) -> Call:
    with transaction():
        return create_call(
            by=eva,
            title="A greener city",
            summary="",
            body="",
            budget_cents=None,
            counts="verified",  # type: ignore[arg-type]
            phases=[PhasePlan("Ideas", accepts_ideas=True, accepts_support=True)],
        )


def _shortlist(call: Call, clerk: Person, *ideas: Idea) -> Shortlist:
    with transaction():
        shortlist = open_shortlist(call, by=clerk, budget_cents=100_000)
    for idea in ideas:
        with transaction():
            add_to_shortlist(fresh(idea), by=clerk, to=shortlist, text="It is checked.")
    return shortlist


def _meeting(shortlist: Shortlist, clerk: Person) -> Meeting:
    with transaction():
        meeting = call_meeting(shortlist, by=clerk, title="Council meeting", held_on=date(2027, 1, 14))
    with transaction():
        open_meeting(meeting, by=clerk)
    return meeting


def _by_name() -> dict[str, Any]:
    folder: Path = current_app.config["SETTINGS"].data_dir / "district-files"
    digest = hold(folder, json.dumps(SQUARE))
    return {
        "/desk/departments/<slug>/edit": "/desk/departments/streets/edit",
        "/desk/topics/<slug>/edit": "/desk/topics/streets/edit",
        "/desk/districts/<slug>/edit": "/desk/districts/old-harbour/edit",
        "/desk/districts/<slug>/remove": "/desk/districts/old-harbour/remove",
        "digest": digest,
        "slug": "always-open",
        "words": "words",
        "token": unsubscribe_url(Stop(1)).rpartition("/")[2],
    }


def in_three_days() -> str:
    """A day ahead, as a form types it."""
    return (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
