"""The programs of a department: the list, the words of one, and the page it is run from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, request

from ideas.accounts.models import Department, Viewer
from ideas.accounts.queries import department_with, departments, viewer
from ideas.accounts.rules import desk, officers
from ideas.core.city import city_today
from ideas.core.errors import Invalid, NotAllowed, TooLate
from ideas.core.fragments import form_page, redirect_saying, render_page
from ideas.core.languages import gettext as _
from ideas.core.security import requires
from ideas.places.models import District
from ideas.places.queries import districts
from ideas.programs import commands, forms, queries, words
from ideas.programs.models import Program
from ideas.programs.rules import may_run, program_people

bp = Blueprint("programs_desk", __name__)


@bp.get("/desk/programs")
@requires(desk)
def index() -> Response:
    """The department's programs, or all of them."""
    today = city_today()
    cards = [words.card(card, today=today) for card in queries.desk_list(viewer())]
    return render_page("programs/desk_index.html", programs=cards, may_begin=program_people(viewer()))


@bp.route("/desk/programs/new", methods=["GET", "POST"])
@requires(program_people)
def new() -> Response:
    """Begin a program."""
    form = forms.NewProgramForm.of(_may_begin_for(viewer()), districts(), _sent())
    if request.method == "POST" and form.validate():
        try:
            program = commands.create_program(
                by=viewer(), department=department_with(int(form.department_id.data)), **_words(form)
            )
        except (Invalid, TooLate) as refused:
            form.refuse(refused)
        else:
            return redirect_saying(f"/desk/programs/{program.id}", _("The program is planned and public."))
    return _form_page(form, "new", _("A new program"), "/desk/programs")


@bp.get("/desk/programs/<int:program_id>")
@requires(desk)
def show(program_id: int) -> Response:
    """The page a program is run from."""
    return run_page(queries.visible_program(program_id, to=viewer()))


@bp.route("/desk/programs/<int:program_id>/edit", methods=["GET", "POST"])
@requires(program_people)
def edit(program_id: int) -> Response:
    """Mend its words."""
    program = queries.visible_program(program_id, to=viewer())
    if not may_run(viewer(), program):
        raise NotAllowed(commands.NOT_YOURS)
    now = {key: getattr(program, key) for key in ("title", "summary", "place")}
    form = forms.ProgramForm.offering(districts(), _sent(), **now, district_id=str(program.district_id or 0))
    if request.method == "POST" and form.validate():
        commands.edit_program(program, by=viewer(), **_words(form))
        return redirect_saying(f"/desk/programs/{program.id}", _("The words are changed."))
    return _form_page(form, "edit", _("The words of the program"), f"/desk/programs/{program.id}")


def run_page(program: Program, *, code: int = 200, refused: dict[str, Any] | None = None) -> Response:
    """Everything about a program beside what can be done; a refused form stands open with what was typed."""
    held = queries.whole(program)
    return render_page(
        "programs/run.html",
        status=code,
        program=program,
        may_run=may_run(viewer(), program),
        stats=words.stats(held),
        milestones=[words.milestone(step) for step in held.steps],
        years=words.years(held),
        outcomes=held.outcomes,
        sources=[words.source(row) for row in held.sources],
        forms={**_empty_forms(program), **(refused or {})},
        is_open=next(iter(refused or {}), ""),
    )


def _empty_forms(program: Program) -> dict[str, Any]:
    return {
        "milestones": forms.MilestoneForm(),
        "updates": forms.UpdateForm(),
        "budget": forms.BudgetForm(data={"year": city_today().year}),
        "outcomes": forms.OutcomeForm(),
        "status": forms.StatusForm.offering(program.status),
    }


def _may_begin_for(person: Viewer) -> Sequence[Department]:
    if officers(person) and person.department_id is not None:
        return [department_with(person.department_id)]
    return departments()


def _words(form: Any) -> dict[str, Any]:
    return {
        "title": form.title.data,
        "summary": form.summary.data,
        "place": form.place.data or "",
        "district": _district(form.district_id.data),
    }


def _district(number: str) -> District | None:
    return next((row for row in districts() if str(row.id) == number), None)


def _sent() -> Any:
    return request.form if request.method == "POST" else None


def _form_page(form: Any, name: str, heading: str, back: str) -> Response:
    return form_page("programs/edit.html", form=form, is_new=name == "new", heading=heading, back=back)
