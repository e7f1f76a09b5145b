"""What a department does with a program: each act one form and one POST, refused in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from ideas.accounts.queries import viewer
from ideas.core.city import city_today
from ideas.core.errors import NotAllowed
from ideas.core.forms import DONE
from ideas.core.fragments import redirect_saying, render_page
from ideas.core.languages import gettext as _
from ideas.core.security import requires
from ideas.programs import commands, forms, queries
from ideas.programs.models import Milestone, Program, ProgramStatus
from ideas.programs.rules import may_run, program_people
from ideas.programs.views.desk import run_page

bp = Blueprint("programs_acts", __name__)


@bp.post("/desk/programs/<int:program_id>/milestones")
@requires(program_people)
def milestones(program_id: int) -> Response:
    """Add a step."""
    program, form = _program(program_id), forms.MilestoneForm.from_request()

    def act() -> None:
        commands.add_milestone(program, by=viewer(), title=form.title.data, planned_on=form.planned_on.data)

    return _done(program, "milestones", form, act, _("The milestone is on the program’s page."))


@bp.post("/desk/programs/<int:program_id>/updates")
@requires(program_people)
def updates(program_id: int) -> Response:
    """Post an update."""
    program, form = _program(program_id), forms.UpdateForm.from_request()

    def act() -> None:
        commands.post_update(program, by=viewer(), title=form.title.data, body=form.body.data)

    return _done(program, "updates", form, act, _("The update is public, and everybody who follows is told."))


@bp.post("/desk/programs/<int:program_id>/budget")
@requires(program_people)
def budget(program_id: int) -> Response:
    """Set the money of one year."""
    program, form = _program(program_id), forms.BudgetForm.from_request()

    def act() -> None:
        commands.set_budget_year(
            program,
            by=viewer(),
            year=form.year.data,
            planned_cents=form.planned.data,
            spent_cents=form.spent.data or 0,
        )

    return _done(program, "budget", form, act, _("The budget is changed."))


@bp.post("/desk/programs/<int:program_id>/outcomes")
@requires(program_people)
def outcomes(program_id: int) -> Response:
    """Say what it is measured by, or the newest value."""
    program, form = _program(program_id), forms.OutcomeForm.from_request()

    def act() -> None:
        commands.set_outcome(
            program,
            by=viewer(),
            indicator=form.indicator.data,
            baseline=form.baseline.data,
            target=form.target.data,
            value=form.value.data,
        )

    return _done(program, "outcomes", form, act, _("The figures are changed."))


@bp.post("/desk/programs/<int:program_id>/status")
@requires(program_people)
def status(program_id: int) -> Response:
    """Say how far it is."""
    program = _program(program_id)
    form = forms.StatusForm.offering(program.status, request.form)

    def act() -> None:
        commands.move_program(program, by=viewer(), to=ProgramStatus(form.to.data), text=form.text.data)

    return _done(program, "status", form, act, _("The status is changed, and everybody who follows is told."))


@bp.route("/desk/milestones/<int:milestone_id>/move", methods=["GET", "POST"])
@requires(program_people)
def slip(milestone_id: int) -> Response:
    """Move the date of a step, with the reason."""
    milestone, program = _milestone(milestone_id)
    form = forms.SlipForm.from_request(to=milestone.forecast_on)

    def act() -> None:
        commands.slip_milestone(milestone, by=viewer(), to=form.to.data, reason=form.reason.data)

    return _step(
        "slip", milestone, program, form, act, _("The date is moved; the old one stays on the page.")
    )


@bp.route("/desk/milestones/<int:milestone_id>/done", methods=["GET", "POST"])
@requires(program_people)
def done(milestone_id: int) -> Response:
    """Say that a step is done."""
    milestone, program = _milestone(milestone_id)
    form = forms.DoneForm.from_request(done_on=city_today())

    def act() -> None:
        commands.finish_milestone(
            milestone, by=viewer(), done_on=form.done_on.data, evidence=form.evidence.data
        )

    return _step("done", milestone, program, form, act, _("The milestone is done."))


def _done(program: Program, name: str, form: Any, act: Callable[[], None], said: str) -> Response:
    """Act and say so; or show the page again with this form open and the sentence in it."""
    code = form.carry_out(act)
    if code == DONE:
        return redirect_saying(f"/desk/programs/{program.id}", said)
    return run_page(program, code=code, refused={name: form})


def _step(
    name: str, milestone: Milestone, program: Program, form: Any, act: Callable[[], None], said: str
) -> Response:
    """A form page of its own for one milestone."""
    code = 200
    if request.method == "POST":
        code = form.carry_out(act)
        if code == DONE:
            return redirect_saying(f"/desk/programs/{program.id}", said)
    return render_page(
        "programs/milestone.html", status=code, act_name=name, milestone=milestone, program=program, form=form
    )


def _program(program_id: int) -> Program:
    return queries.visible_program(program_id, to=viewer())


def _milestone(milestone_id: int) -> tuple[Milestone, Program]:
    """A milestone with its program, for who may run it."""
    milestone = queries.milestone_of(milestone_id)
    program = _program(milestone.program_id)
    if not may_run(viewer(), program):
        raise NotAllowed(commands.NOT_YOURS)
    return milestone, program
