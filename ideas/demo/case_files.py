"""What the departments of the demo city say and do about ideas, through the same commands as the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ideas.accounts.models import Person
from ideas.board.commands import move, withdraw_idea
from ideas.board.models import Idea, Status
from ideas.core.db import db
from ideas.demo.world import World
from ideas.pipeline.commands import ask_sign_off, assess, decline, draft_answer, promote, sign_off
from ideas.pipeline.models import AnswerKind, Feasibility, Reason


def plan_case_files(world: World) -> None:
    """Each step of each case file at its day, and what authors took back."""
    for file in world.stock.case_files["file"]:
        for number, step in enumerate(file["steps"]):
            moment = world.almanac.moment(step["day"], f"{file['idea']} {number}")
            key = file["idea"]
            world.plan(moment, lambda key=key, step=step: take_step(world, key, step))  # type: ignore[misc]
    for entry in world.stock.case_files["withdrawn"]:
        moment = world.almanac.moment(entry["day"], f"{entry['idea']} withdrawn")
        world.plan(moment, lambda entry=entry: _withdraw(world, entry))  # type: ignore[misc]


def take_step(world: World, key: str, step: dict[str, Any]) -> None:
    """Do one step of a case file: promote, answer, assess, decline, or lay it before the council."""
    idea, by = world.idea(key), world.people[step["by"]]
    if step["do"] == "promote":
        department = world.departments.get(step.get("department", ""))
        promote(idea, by=by, text=step["text"], department=department)
    elif step["do"] == "answer":
        _answer(world, idea, by, step)
    elif step["do"] == "assess":
        _assess(idea, by, step)
    elif step["do"] == "decline":
        reason = Reason(step["reason"])
        decline(idea, by=by, reason=reason, text=step["text"], reopen_if=step["reopen_if"])
    else:
        move(idea, to=Status.BEFORE_COUNCIL, by=by, text=step["text"])
    db.session.flush()


def _answer(world: World, idea: Idea, by: Person, step: dict[str, Any]) -> None:
    """Written by one, signed by another: the department's named signer."""
    draft = draft_answer(
        idea,
        by=by,
        kind=AnswerKind(step["kind"]),
        body=step["text"],
        new_due_at=_due(world, step),
        shows_name=step.get("named", False),
    )
    ask_sign_off(draft, by=by)
    sign_off(draft, by=_signer(world, by))


def _due(world: World, step: dict[str, Any]) -> datetime | None:
    return world.almanac.midnight(step["due"]) if "due" in step else None


def _signer(world: World, writer: Person) -> Person:
    department = next(d for d in world.departments.values() if d.id == writer.department_id)
    return next(person for person in world.people.values() if person.id == department.signer_id)


def _assess(idea: Idea, by: Person, step: dict[str, Any]) -> None:
    found = Feasibility(step["feasibility"])
    assess(idea, by=by, cost_cents=step["cost"] * 100, feasibility=found, text=step["text"])


def _withdraw(world: World, entry: dict[str, Any]) -> None:
    idea = world.idea(entry["idea"])
    author = next(person for person in world.people.values() if person.id == idea.author_id)
    withdraw_idea(idea, by=author, text=entry["text"])
