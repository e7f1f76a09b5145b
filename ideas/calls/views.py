"""Calls: the public list and page of each, and the desk's forms."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, request, url_for

from ideas.accounts.models import Level
from ideas.accounts.queries import viewer
from ideas.accounts.rules import administrators, anyone
from ideas.calls import commands, queries
from ideas.calls.commands import PhasePlan
from ideas.calls.forms import CallForm, NewCallForm, PhasesForm
from ideas.calls.rules import may_keep_calls
from ideas.core.errors import Invalid
from ideas.core.fragments import form_page, redirect_saying, render_page
from ideas.core.languages import gettext as _
from ideas.core.security import requires

bp = Blueprint("calls", __name__)


def init_app(app: Flask) -> None:
    """Hang the pages."""
    app.register_blueprint(bp)


@bp.get("/calls")
@requires(anyone)
def index() -> Response:
    """Every call: what goes on, what comes, what is over."""
    return render_page("calls/index.html", cards=queries.call_cards())


@bp.get("/calls/<slug>")
@requires(anyone)
def show(slug: str) -> Response:
    """One call: what it asks for, its phases, its money, what counts."""
    call = queries.call_by(slug)
    return render_page(
        "calls/show.html",
        card=queries.call_card(call),
        has_shortlist=queries.has_shortlist(call),
        may_edit=may_keep_calls(viewer()),
    )


@bp.get("/desk/calls")
@requires(administrators)
def desk() -> Response:
    """The calls, with the ways to change them."""
    return render_page("calls/desk.html", cards=queries.call_cards())


@bp.route("/desk/calls/new", methods=["GET", "POST"])
@requires(administrators)
def new() -> Response:
    """A new call with its phases."""
    first = {"name_1": _("Ideas"), "ideas_1": True, "support_1": True}
    form = NewCallForm.from_request(**first, name_2=_("The city checks"), name_3=_("The council decides"))
    if request.method == "POST" and form.validate():
        try:
            call = commands.create_call(by=viewer(), phases=_plans(form), **_words(form))
        except Invalid as refused:
            form.refuse(refused)
        else:
            return redirect_saying(call.path, _("The call is open to see."))
    return form_page("calls/new.html", form=form)


@bp.route("/desk/calls/<slug>/edit", methods=["GET", "POST"])
@requires(administrators)
def edit(slug: str) -> Response:
    """A call's words, money and who counts."""
    call = queries.call_by(slug)
    form = CallForm.from_request(
        title=call.title,
        summary=call.summary,
        body=call.body,
        budget=call.budget_cents,
        counts=call.counts.value,
    )
    if request.method == "POST" and form.validate():
        try:
            commands.edit_call(call, by=viewer(), **_words(form))
        except Invalid as refused:
            form.refuse(refused)
        else:
            return redirect_saying(url_for(".desk"), _("“%(title)s” is saved.", title=call.title))
    return form_page("calls/edit.html", form=form, call=call)


@bp.route("/desk/calls/<slug>/phases", methods=["GET", "POST"])
@requires(administrators)
def phases(slug: str) -> Response:
    """When a call takes ideas and support."""
    call = queries.call_by(slug)
    form = PhasesForm.from_request(**PhasesForm.typed(call.phases))
    if request.method == "POST" and form.validate():
        try:
            commands.set_phases(call, _plans(form), by=viewer())
        except Invalid as refused:
            form.refuse(refused)
        else:
            return redirect_saying(
                url_for(".desk"), _("The phases of “%(title)s” are saved.", title=call.title)
            )
    return form_page("calls/phases.html", form=form, call=call)


def _words(form: Any) -> dict[str, Any]:
    return {
        "title": form.title.data,
        "summary": form.summary.data,
        "body": form.body.data,
        "budget_cents": form.budget.data,
        "counts": Level(form.counts.data),
    }


def _plans(form: Any) -> list[PhasePlan]:
    return [PhasePlan(**plan) for plan in form.plans()]
