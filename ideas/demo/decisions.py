"""Shortlists of the demo city, its meetings, and what became of each idea there."""

from __future__ import annotations

from typing import Any

from ideas.council.commands import call_meeting, close_meeting, open_meeting, record_result, take_position
from ideas.council.models import Ending, Stand
from ideas.demo.case_files import take_step
from ideas.demo.world import World
from ideas.shortlists.commands import add_to_shortlist, open_shortlist, send_to_council

CHECKED_TEXT = "Checked by the department and put on the shortlist of the call."
PROMOTED_TEXT = "Support has closed; the department now checks cost and feasibility."
LONGER_TEXT = (
    "We are checking this with everybody it touches, which takes longer than thirty days. "
    "The answer comes by the new date."
)
CLERK = "olga"


def plan_decisions(world: World) -> None:
    """Check, list, send, meet, decide."""
    for words in world.stock.council["shortlist"]:
        _plan_shortlist(world, words)
    for words in world.stock.council["meeting"]:
        _plan_meeting(world, words)


def _plan_shortlist(world: World, words: dict[str, Any]) -> None:
    opened = world.almanac.moment(words["opened"], f"{words['call']} list")
    world.plan(opened, lambda: _open(world, words["call"]))
    for place, entry in enumerate(words["idea"], 1):
        if "finding" in entry:
            _plan_check(world, entry)
        key = entry["key"]
        day = entry.get("added", words["opened"])
        added = world.almanac.moment(day, f"{words['call']} list", minute=place)
        world.plan(added, lambda key=key: _add(world, words["call"], key))  # type: ignore[misc]
    if "sent" in words:
        sent = world.almanac.moment(words["sent"], f"{words['call']} sent")
        world.plan(sent, lambda: _send(world, words))


def _plan_check(world: World, entry: dict[str, Any]) -> None:
    """Under review, cost and feasibility, and a deciding answer, as a list asks for."""
    steps: list[dict[str, Any]] = [
        {"day": entry["promoted"], "do": "promote", "by": "maria", "text": PROMOTED_TEXT},
        {
            "day": entry["assessed"],
            "do": "assess",
            "by": entry["check"],
            "cost": entry["cost"],
            "feasibility": entry["feasibility"],
            "text": entry["finding"],
        },
        {
            "day": entry["assessed"] - 1,
            "do": "answer",
            "by": entry["check"],
            "kind": "deciding",
            "text": entry["answer"],
        },
    ]
    due = entry["promoted"] - 30
    if entry["assessed"] - 1 < due:
        steps.insert(1, _holding(entry, due))
    for step in steps:
        moment = world.almanac.moment(step["day"], f"{entry['key']} {step['do']} {step.get('kind', '')}")
        world.plan(moment, lambda step=step: take_step(world, entry["key"], step))  # type: ignore[misc]


def _holding(entry: dict[str, Any], due: int) -> dict[str, Any]:
    """A check that takes longer than thirty days says so in time."""
    return {
        "day": due + 2,
        "do": "answer",
        "by": entry["check"],
        "kind": "holding",
        "due": entry["assessed"] - 2,
        "text": LONGER_TEXT,
    }


def _open(world: World, call: str) -> None:
    budget = world.calls[call].budget_cents or 0
    world.shortlists[call] = open_shortlist(world.calls[call], by=world.people[CLERK], budget_cents=budget)


def _add(world: World, call: str, key: str) -> None:
    add_to_shortlist(world.idea(key), by=world.people[CLERK], to=world.shortlists[call], text=CHECKED_TEXT)


def _send(world: World, words: dict[str, Any]) -> None:
    send_to_council(world.shortlists[words["call"]], by=world.people[CLERK], text=words["text"])


def _plan_meeting(world: World, words: dict[str, Any]) -> None:
    called = world.almanac.moment(words["called"], words["title"])
    world.plan(called, lambda: _call(world, words))
    held = words["held"] or 0.1
    about = f"{words['title']} held"
    world.plan(world.almanac.moment(held, about), lambda: _begin(world, words["call"]))
    for place, said in enumerate(words["positions"], 1):
        moment = world.almanac.moment(held, about, minute=2 * place)
        world.plan(moment, lambda said=said: _say(world, words["call"], said))  # type: ignore[misc]
    if words["is_over"]:
        world.plan(world.almanac.moment(held, about, minute=80), lambda: _end(world, words))


def _call(world: World, words: dict[str, Any]) -> None:
    world.meetings[words["call"]] = call_meeting(
        world.shortlists[words["call"]],
        by=world.people[CLERK],
        title=words["title"],
        held_on=world.almanac.date(words["held"]),
    )


def _begin(world: World, call: str) -> None:
    open_meeting(world.meetings[call], by=world.people[CLERK])


def _say(world: World, call: str, said: dict[str, Any]) -> None:
    take_position(
        world.meetings[call],
        world.idea(said["idea"]),
        by=world.people[said["by"]],
        stand=Stand(said["stand"]),
        conditions=said.get("words", ""),
    )


def _end(world: World, words: dict[str, Any]) -> None:
    meeting, clerk = world.meetings[words["call"]], world.people[CLERK]
    close_meeting(meeting, by=clerk)
    for result in words["result"]:
        record_result(
            meeting,
            world.idea(result["idea"]),
            by=clerk,
            ending=Ending(result["ending"]),
            text=result["text"],
            into=world.programs.get(result.get("program", "")),
            deferred_to=world.almanac.date(result["until"]) if "until" in result else None,
        )
