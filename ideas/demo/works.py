"""The programs of the demo city: milestones, slips, updates and money, each on its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ideas.accounts.models import Person
from ideas.demo.world import World
from ideas.programs import commands
from ideas.programs.models import Milestone, Program, ProgramStatus

Step = Callable[[Program, Person], None]


def plan_works(world: World) -> None:
    """Begin each program and let it go its way."""
    for words in world.stock.programs["program"]:
        _at(world, words["began"], words, "begins", lambda words=words: _begin(world, words))  # type: ignore[misc]
        for milestone in words["milestones"]:
            _plan_milestone(world, words, milestone)
        for moved in words["moves"]:
            _plan(world, words, moved["day"], moved["to"], _mover(moved))
        for update in words["updates"]:
            _plan(world, words, update["day"], update["title"], _poster(update))
        for joined in words.get("also", ()):
            _at(
                world,
                joined["day"],
                words,
                "joins",
                lambda words=words, joined=joined: _join(world, words, joined),  # type: ignore[misc]
            )
        _at(world, 1, words, "figures", lambda words=words: _figures(world, words))  # type: ignore[misc]


def _at(world: World, day: float, words: dict[str, Any], about: str, act: Callable[[], None]) -> None:
    world.plan(_moment(world, day, words, about), act)


def _moment(world: World, day: float, words: dict[str, Any], about: str) -> datetime:
    """Programs begin in the early morning of their day, before a meeting puts ideas into them."""
    if about == "begins":
        return world.almanac.midnight(day)
    return world.almanac.moment(day, f"{words['key']} {about}")


def _plan(world: World, words: dict[str, Any], day: float, about: str, step: Step) -> None:
    def act() -> None:
        step(world.programs[words["key"]], world.people[words["officer"]])

    _at(world, day, words, about, act)


def _begin(world: World, words: dict[str, Any]) -> None:
    world.programs[words["key"]] = commands.create_program(
        by=world.people[words["officer"]],
        title=words["title"],
        summary=words["summary"],
        department=world.departments[words["department"]],
        district=world.districts.get(words.get("district", "")),
        place=words["place"],
    )


def _plan_milestone(world: World, words: dict[str, Any], milestone: dict[str, Any]) -> None:
    """Set it, move its date as often as it slipped, and say when it was done."""
    almanac, made = world.almanac, list[Milestone]()

    def add(program: Program, by: Person) -> None:
        planned_on = almanac.date(milestone["planned"])
        made.append(commands.add_milestone(program, by=by, title=milestone["title"], planned_on=planned_on))

    def finish(_program: Program, by: Person) -> None:
        done_on = almanac.date(milestone["done"])
        commands.finish_milestone(made[0], by=by, done_on=done_on, evidence=milestone["evidence"])

    _plan(world, words, milestone["added"], "milestones", add)
    for slip in milestone.get("slips", ()):

        def move_date(_program: Program, by: Person, slip: dict[str, Any] = slip) -> None:
            commands.slip_milestone(made[0], by=by, to=almanac.date(slip["to"]), reason=slip["reason"])

        _plan(world, words, slip["day"], f"slip {milestone['title']}", move_date)
    if "done" in milestone:
        _plan(world, words, milestone["done"], f"done {milestone['title']}", finish)


def _mover(moved: dict[str, Any]) -> Step:
    to = ProgramStatus(moved["to"])
    return lambda program, by: commands.move_program(program, by=by, to=to, text=moved["text"])


def _poster(update: dict[str, Any]) -> Step:
    def post(program: Program, by: Person) -> None:
        commands.post_update(program, by=by, title=update["title"], body=update["body"])

    return post


def _join(world: World, words: dict[str, Any], joined: dict[str, Any]) -> None:
    """The clerk writes down that the council adopted it; an idea stands where its program stands."""
    idea, program = world.idea(joined["idea"]), world.programs[words["key"]]
    commands.adopt(idea, by=world.people["olga"], into=program, text=joined["text"])


def _figures(world: World, words: dict[str, Any]) -> None:
    """Money by year and what the program is measured by; years count from this one."""
    program, by = world.programs[words["key"]], world.people[words["officer"]]
    for offset, planned, spent in words["budget"]:
        year = world.almanac.today.year + offset
        cents = {"planned_cents": planned * 100, "spent_cents": spent * 100}
        commands.set_budget_year(program, by=by, year=year, **cents)
    for indicator, baseline, target, value in words["outcomes"]:
        commands.set_outcome(
            program, by=by, indicator=indicator, baseline=baseline, target=target, value=value
        )
