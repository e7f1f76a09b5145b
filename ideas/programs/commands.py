"""Running programs: adopt ideas into them, set milestones, keep every slip, say when it is done."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ideas.accounts.models import Department, Person
from ideas.board.commands import move, put_under_review
from ideas.board.models import Idea, Status
from ideas.core.city import city_today
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.errors import Invalid, TooLate, ensure
from ideas.core.events import record
from ideas.core.text import slug
from ideas.places.models import District
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
from ideas.programs.rules import may_adopt, may_create_program, may_run

NOT_YOURS = "Only the program's department and administrators change it."
FOLLOWING = frozenset({Status.UNDER_REVIEW, Status.ADOPTED, Status.IN_DELIVERY, Status.DELIVERED})
IDEA_STATUS = {
    ProgramStatus.PLANNED: Status.ADOPTED,
    ProgramStatus.IN_DELIVERY: Status.IN_DELIVERY,
    ProgramStatus.DELIVERED: Status.DELIVERED,
}
PROGRESS = (ProgramStatus.PLANNED, ProgramStatus.IN_DELIVERY, ProgramStatus.DELIVERED)


def create_program(
    *,
    by: Person,
    title: str,
    summary: str,
    department: Department,
    district: District | None = None,
    place: str = "",
) -> Program:
    """Begin a program, planned and still without ideas."""
    ensure(may_create_program(by, department.id), "Officers begin programs of their own department.")
    now = town_now()
    program = Program(
        slug=slug(title),
        title=title,
        summary=summary,
        department_id=department.id,
        officer_id=by.id if by.department_id == department.id else None,
        district_id=district.id if district else None,
        place=place,
        status_since=now,
        created_at=now,
    )
    db.session.add(program)
    record("program.created", actor=by, subject=program)
    return program


def edit_program(
    program: Program,
    *,
    by: Person,
    title: str,
    summary: str,
    place: str,
    district: District | None = None,
) -> None:
    """Mend the words of a program; its dates and moves are records and stay."""
    ensure(may_run(by, program), NOT_YOURS)
    program.title, program.summary, program.place = title, summary, place
    program.district_id = district.id if district else None
    program.slug = slug(title)
    record("program.edited", actor=by, subject=program)


def adopt(idea: Idea, *, by: Person, into: Program, text: str, not_taken: str = "") -> None:
    """Make the idea a source of the program and say so in its case file."""
    ensure(may_adopt(by), "The clerk records what the council adopted.")
    if not idea.is_before_council:
        raise TooLate(f"“{idea.title}” is not before the council.")
    _hold(into)
    if into.status is ProgramStatus.STOPPED:
        raise TooLate(f"“{into.title}” was stopped. Choose another program, or begin one.")
    source = db.session.get(Source, (into.id, idea.id)) or Source(program_id=into.id, idea_id=idea.id)
    source.taken, source.not_taken, source.added_at = text, not_taken, town_now()
    db.session.add(source)
    move(idea, to=Status.ADOPTED, by=by, text=text)
    record("idea.adopted", actor=by, subject=idea, about={"program_id": into.id})
    _follow(idea, by=by, text=f"The program “{into.title}” is under way already.", rule=_rule_of(into))


def add_milestone(program: Program, *, by: Person, title: str, planned_on: date) -> Milestone:
    """Set a step with its date."""
    ensure(may_run(by, program), NOT_YOURS)
    _hold(program)
    last = db.session.scalar(select(func.max(Milestone.position)).where(Milestone.program_id == program.id))
    milestone = Milestone(
        program_id=program.id,
        position=(last or 0) + 1,
        title=title,
        planned_on=planned_on,
        forecast_on=planned_on,
    )
    db.session.add(milestone)
    record("milestone.added", actor=by, subject=milestone, about={"program_id": program.id})
    return milestone


def slip_milestone(milestone: Milestone, *, by: Person, to: date, reason: str) -> Slip:
    """Move a date with a reason; the earlier date and the reason stay for good."""
    ensure(may_run(by, _program_of(milestone)), NOT_YOURS)
    _check_not_done(milestone)
    if to == milestone.forecast_on:
        raise Invalid("That is the date it has already.", field="to")
    slip = Slip(
        milestone_id=milestone.id,
        from_on=milestone.forecast_on,
        to_on=to,
        reason=reason,
        at=town_now(),
        by_id=by.id,
    )
    db.session.add(slip)
    milestone.forecast_on = to
    about = {"program_id": milestone.program_id, "milestone_id": milestone.id}
    record("milestone.slipped", actor=by, subject=slip, about=about)
    return slip


def finish_milestone(milestone: Milestone, *, by: Person, done_on: date, evidence: str) -> None:
    """Say that a step is done, when, and how anybody can see it."""
    ensure(may_run(by, _program_of(milestone)), NOT_YOURS)
    _check_not_done(milestone)
    if done_on > city_today():
        raise Invalid("That day has not come yet.", field="done_on")
    milestone.done_on, milestone.evidence = done_on, evidence
    record("milestone.done", actor=by, subject=milestone, about={"program_id": milestone.program_id})


def post_update(program: Program, *, by: Person, title: str, body: str) -> Update:
    """Tell everybody how it goes."""
    ensure(may_run(by, program), NOT_YOURS)
    update = Update(program_id=program.id, title=title, body=body, at=town_now(), by_id=by.id)
    db.session.add(update)
    record("program.updated", actor=by, subject=update, about={"program_id": program.id})
    return update


def set_budget_year(program: Program, *, by: Person, year: int, planned_cents: int, spent_cents: int) -> None:
    """Say what one year costs and what was spent."""
    ensure(may_run(by, program), NOT_YOURS)
    _hold(program)
    row = db.session.get(BudgetYear, (program.id, year))
    if row is None:
        row = BudgetYear(program_id=program.id, year=year)
        db.session.add(row)
    row.planned_cents, row.spent_cents = planned_cents, spent_cents
    record("program.budget_set", actor=by, subject=program, about={"year": year})


def set_outcome(
    program: Program, *, by: Person, indicator: str, baseline: float, target: float, value: float | None
) -> Outcome:
    """Say what the program is measured by, or its newest value."""
    ensure(may_run(by, program), NOT_YOURS)
    _hold(program)
    row = db.session.scalar(
        select(Outcome).where(Outcome.program_id == program.id, Outcome.indicator == indicator)
    )
    if row is None:
        row = Outcome(program_id=program.id, indicator=indicator)
        db.session.add(row)
    row.baseline, row.target, row.value = baseline, target, value
    record("program.outcome_set", actor=by, subject=program)
    return row


def move_program(program: Program, *, by: Person, to: ProgramStatus, text: str) -> None:
    """Change the program's status with a public text; its ideas follow their furthest-back program."""
    ensure(may_run(by, program), NOT_YOURS)
    _hold(program)
    if program.status is to:
        raise TooLate(f"“{program.title}” is that already.")
    now = town_now()
    program.status, program.status_since = to, now
    db.session.add(ProgramMove(program_id=program.id, to_status=to, text=text, at=now, by_id=by.id))
    db.session.flush()
    for idea in _ideas_of(program):
        _follow(idea, by=by, text=text, rule=_rule_of(program))
    record("program.moved", actor=by, subject=program, about={"to": to})


def _hold(program: Program) -> None:
    """Read its status as it is now and hold the program: what belongs to it changes one by one."""
    db.session.refresh(program, ["status"], with_for_update=True)


def _ideas_of(program: Program) -> list[Idea]:
    statement = (
        select(Idea)
        .join(Source, Source.idea_id == Idea.id)
        .where(Source.program_id == program.id)
        .options(joinedload(Idea.topic))
        .order_by(Idea.id)
    )
    return list(db.session.scalars(statement))


def _rule_of(program: Program) -> str:
    """Names the program behind a move: its people are told once, by the program's own event."""
    return f"program:{program.id}"


def _follow(idea: Idea, *, by: Person, text: str, rule: str) -> None:
    """An idea stands where its furthest-back program stands; with all of them stopped it is under review.

    An idea that was hidden, withdrawn or declined since then stays where it is.
    """
    to = _where_programs_stand(idea)
    if idea.status not in FOLLOWING or to is idea.status:
        return
    if to is not Status.UNDER_REVIEW:
        move(idea, to=to, by=by, text=text, rule=rule)
        return
    owner = db.session.get_one(Department, idea.topic.department_id)
    put_under_review(idea, by=by, text=text, department=owner, rule=rule)


def _where_programs_stand(idea: Idea) -> Status:
    statuses = db.session.scalars(
        select(Program.status).join(Source, Source.program_id == Program.id).where(Source.idea_id == idea.id)
    ).all()
    going = [status for status in statuses if status is not ProgramStatus.STOPPED]
    return IDEA_STATUS[min(going, key=PROGRESS.index)] if going else Status.UNDER_REVIEW


def _program_of(milestone: Milestone) -> Program:
    return db.session.get_one(Program, milestone.program_id)


def _check_not_done(milestone: Milestone) -> None:
    db.session.refresh(milestone, ["forecast_on", "done_on"], with_for_update=True)
    if milestone.done_on is not None:
        raise TooLate(f"“{milestone.title}” is done already.")
