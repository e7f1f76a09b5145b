"""Finding programs: the board by status, the page of one, and what an idea became."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from ideas.accounts.models import Viewer
from ideas.accounts.rules import officers
from ideas.board.models import NOT_ON_THE_BOARD, Idea
from ideas.core.city import city_today
from ideas.core.db import db
from ideas.core.errors import Missing
from ideas.core.paging import decode_cursor, encode_cursor
from ideas.programs.models import (
    BudgetYear,
    Milestone,
    Outcome,
    Program,
    ProgramMove,
    ProgramStatus,
    Slip,
    Source,
    Update,
)

NEWS_PAGE = 10
COLUMNS = (
    ProgramStatus.PLANNED,
    ProgramStatus.IN_DELIVERY,
    ProgramStatus.DELIVERED,
    ProgramStatus.STOPPED,
)
GOING = frozenset({ProgramStatus.PLANNED, ProgramStatus.IN_DELIVERY})


class OfIdea(NamedTuple):
    """A program that an idea feeds."""

    title: str
    path: str
    status: ProgramStatus


class Steps(NamedTuple):
    """A program's milestones in short."""

    done: int = 0
    all: int = 0
    next: Milestone | None = None


class Card(NamedTuple):
    """A program on the board of programs."""

    program: Program
    sources: int
    steps: Steps


class Step(NamedTuple):
    """A milestone with every slip of its date; state is done, now, overdue or to_come."""

    milestone: Milestone
    state: str
    slips: list[Slip]


class News(NamedTuple):
    """An update, or a change of status with its text (`status` says to what)."""

    kind: str
    id: int
    at: datetime
    title: str
    body: str
    status: ProgramStatus | None = None


class Money(NamedTuple):
    """Planned and spent over all years, in cents."""

    planned: int
    spent: int


class Whole(NamedTuple):
    """Everything that a program's page shows."""

    program: Program
    steps: list[Step]
    years: Sequence[BudgetYear]
    outcomes: Sequence[Outcome]
    sources: Sequence[Source]
    news: list[News]
    older: str | None

    @property
    def done(self) -> int:
        """How many milestones are reached."""
        return sum(step.state == "done" for step in self.steps)

    @property
    def next(self) -> Step | None:
        """The step that comes now."""
        return next((step for step in self.steps if step.state in {"now", "overdue"}), None)

    @property
    def money(self) -> Money:
        """The sum of its years."""
        return Money(sum(y.planned_cents for y in self.years), sum(y.spent_cents for y in self.years))


def programs_of(idea_id: int) -> list[OfIdea]:
    """What an idea became, newest first; one statement."""
    rows = db.session.scalars(
        select(Program)
        .join(Source, Source.program_id == Program.id)
        .where(Source.idea_id == idea_id)
        .order_by(Source.added_at.desc(), Program.id.desc())
    )
    return [OfIdea(row.title, row.path, row.status) for row in rows]


def visible_program(program_id: int, *, to: Viewer) -> Program:  # noqa: ARG001 - every program is public today
    """The only door from a number to a program."""
    found = db.session.scalar(_programs().where(Program.id == program_id))
    if found is None:
        raise Missing("There is no program at this address.")
    return found


def milestone_of(milestone_id: int) -> Milestone:
    """A milestone by its number."""
    found = db.session.get(Milestone, milestone_id)
    if found is None:
        raise Missing("There is no milestone at this address.")
    return found


def board() -> list[tuple[ProgramStatus, list[Card]]]:
    """All programs in columns of their status, newest change first; three statements."""
    cards = _cards(_programs().order_by(Program.status_since.desc(), Program.id.desc()))
    return [(status, [card for card in cards if card.program.status is status]) for status in COLUMNS]


def desk_list(viewer: Viewer) -> list[Card]:
    """The programs an officer's department runs, or all of them for everybody else of the desk."""
    rows = _programs().order_by(Program.title, Program.id)
    if officers(viewer):
        rows = rows.where(Program.department_id == viewer.department_id)
    return _cards(rows)


def whole(program: Program, *, before: str | None = None) -> Whole:
    """A program with all that belongs to it; seven statements, whatever its size."""
    news, older = _news(program, before)
    return Whole(
        program=program,
        steps=_steps(program),
        years=_of(BudgetYear, program, BudgetYear.year),
        outcomes=_of(Outcome, program, Outcome.id),
        sources=_sources(program),
        news=news,
        older=older,
    )


def _programs() -> Select[Program]:
    return select(Program).options(joinedload(Program.department), joinedload(Program.district))


def _cards(rows: Select[Program]) -> list[Card]:
    programs = db.session.scalars(rows).all()
    ids = [program.id for program in programs]
    counts: dict[int, int] = dict(
        db.session.execute(
            select(Source.program_id, func.count())
            .where(Source.program_id.in_(ids))
            .group_by(Source.program_id)
        ).all()
    )
    steps = _steps_in_short(ids)
    return [Card(program, counts.get(program.id, 0), steps.get(program.id, Steps())) for program in programs]


def _steps_in_short(program_ids: list[int]) -> dict[int, Steps]:
    held: defaultdict[int, list[Milestone]] = defaultdict(list)
    for row in db.session.scalars(
        select(Milestone)
        .where(Milestone.program_id.in_(program_ids))
        .order_by(Milestone.forecast_on, Milestone.position)
    ):
        held[row.program_id].append(row)
    return {
        key: Steps(
            done=sum(row.done_on is not None for row in rows),
            all=len(rows),
            next=next((row for row in rows if row.done_on is None), None),
        )
        for key, rows in held.items()
    }


def _steps(program: Program) -> list[Step]:
    slips: defaultdict[int, list[Slip]] = defaultdict(list)
    for slip in db.session.scalars(
        select(Slip)
        .join(Milestone, Milestone.id == Slip.milestone_id)
        .where(Milestone.program_id == program.id)
        .order_by(Slip.id)
    ):
        slips[slip.milestone_id].append(slip)
    rows = sorted(_of(Milestone, program, Milestone.position), key=_order)
    coming = next((row.id for row in rows if row.done_on is None), None)
    goes_on = program.status in GOING
    return [Step(row, _state(row, coming if goes_on else None), slips[row.id]) for row in rows]


def _order(row: Milestone) -> tuple[bool, date, int]:
    """What is done by its day, then what comes by its forecast."""
    return (row.done_on is None, row.done_on or row.forecast_on, row.position)


def _state(row: Milestone, coming: int | None) -> str:
    if row.done_on is not None:
        return "done"
    if coming is None:
        return "to_come"
    if row.forecast_on < city_today():
        return "overdue"
    return "now" if row.id == coming else "to_come"


def _sources(program: Program) -> Sequence[Source]:
    """The ideas it comes from; one that was hidden is not told of."""
    idea = joinedload(Source.idea)
    return db.session.scalars(
        select(Source)
        .join(Idea, Idea.id == Source.idea_id)
        .where(Source.program_id == program.id, Idea.status.not_in(NOT_ON_THE_BOARD))
        .options(idea.joinedload(Idea.tally), idea.joinedload(Idea.author))
        .order_by(Source.added_at, Source.idea_id)
    ).all()


def _of(kind: Any, program: Program, *order: Any) -> Sequence[Any]:
    return db.session.scalars(select(kind).where(kind.program_id == program.id).order_by(*order)).all()


def _news(program: Program, before: str | None) -> tuple[list[News], str | None]:
    """Updates and changes of status, newest first, ten at a time."""
    updates = [
        News("update", row.id, row.at, row.title, row.body) for row in _newest(Update, program, before)
    ]
    moves = [
        News("move", row.id, row.at, "", row.text, row.to_status)
        for row in _newest(ProgramMove, program, before)
    ]
    merged = sorted([*updates, *moves], key=lambda news: (news.at, news.kind, news.id), reverse=True)
    page = merged[:NEWS_PAGE]
    return page, encode_cursor(page[-1].at) if len(merged) > NEWS_PAGE else None


def _newest(kind: Any, program: Program, before: str | None) -> Sequence[Any]:
    rows = select(kind).where(kind.program_id == program.id)
    cursor = decode_cursor(before, datetime)
    if cursor is not None:
        rows = rows.where(kind.at < cursor[0])
    return db.session.scalars(rows.order_by(kind.at.desc(), kind.id.desc()).limit(NEWS_PAGE + 1)).all()
