"""The departments, as administrators keep them."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from ideas.accounts.models import Department
from ideas.accounts.queries import department_by, me
from ideas.accounts.rules import administrators
from ideas.core.errors import Invalid
from ideas.core.fields import options
from ideas.core.fragments import form_page, redirect_saying, render_page
from ideas.core.languages import gettext as _
from ideas.core.security import requires
from ideas.desk import commands, queries
from ideas.desk.forms import DepartmentForm, SignedDepartmentForm
from ideas.desk.views.blueprint import bp


@bp.get("/desk/departments")
@requires(administrators)
def departments() -> Response:
    """Every department with its signer, topics and people."""
    return render_page("desk/departments.html", lines=queries.department_lines())


@bp.route("/desk/departments/new", methods=["GET", "POST"])
@requires(administrators)
def new_department() -> Response:
    """One more department."""
    form = DepartmentForm.from_request()
    if request.method == "POST" and form.validate():
        try:
            made = commands.create_department(
                by=me(), name=form.name.data, email=form.address, remit=form.remit.data or ""
            )
        except Invalid as refused:
            form.refuse(refused)
        else:
            return redirect_saying(
                url_for(".departments"), _("%(name)s is a department now.", name=made.name)
            )
    return form_page("desk/department.html", form=form, department=None)


@bp.route("/desk/departments/<slug>/edit", methods=["GET", "POST"])
@requires(administrators)
def edit_department(slug: str) -> Response:
    """A department's words, and who signs its answers off."""
    department = department_by(slug)
    form = _signed_form(department)
    if request.method == "POST" and form.validate():
        signers = {str(officer.id): officer for officer in queries.officers_of(department)}
        words = {"name": form.name.data, "email": form.address, "remit": form.remit.data or ""}
        try:
            commands.edit_department(department, by=me(), signer=signers.get(form.signer.data), **words)
        except Invalid as refused:
            form.refuse(refused)
        else:
            return redirect_saying(url_for(".departments"), _("%(name)s is saved.", name=department.name))
    return form_page("desk/department.html", form=form, department=department)


def _signed_form(department: Department) -> Any:
    form = SignedDepartmentForm.from_request(
        name=department.name,
        email=department.email,
        remit=department.remit,
        signer=str(department.signer_id or ""),
    )
    officers = [(officer.id, officer.display_name) for officer in queries.officers_of(department)]
    form.signer.choices = options([("", _("Nobody yet")), *officers])
    return form
