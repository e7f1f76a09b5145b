"""The queue with its three panes, the decisions, and the desk's own log."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from ideas.accounts import rules as people
from ideas.accounts.queries import viewer
from ideas.core.errors import Invalid, TooLate
from ideas.core.fragments import form_page, redirect_saying, render_page
from ideas.core.languages import gettext as _
from ideas.core.security import requires
from ideas.moderation import commands, queries
from ideas.moderation.forms import DecideForm, NoteForm, RestoreForm
from ideas.moderation.models import Verdict
from ideas.moderation.queries import Matter

bp = Blueprint("moderation_desk", __name__, url_prefix="/desk")


@bp.get("/queue")
@requires(people.moderators)
def queue() -> Response:
    """The queue, open at its first case."""
    first = queries.first_case_id(viewer())
    matter = queries.visible_case(first, to=viewer()) if first else None
    return _panes(matter)


@bp.get("/queue/<int:case_id>")
@requires(people.moderators)
def case(case_id: int) -> Response:
    """One case among the others."""
    return _panes(queries.visible_case(case_id, to=viewer()))


@bp.post("/queue/<int:case_id>/decide")
@requires(people.moderators)
def decide(case_id: int) -> Response:
    """Decide, and go on to the next case."""
    matter = queries.visible_case(case_id, to=viewer())
    if matter.case.closed_at is not None:
        raise TooLate(commands.DECIDED)
    form = DecideForm.from_request()
    if not form.validate():
        return _panes(matter, decision=form, status=422)
    following = queries.case_after(matter.case, viewer())
    try:
        commands.decide(matter.case, by=viewer(), **form.chosen)
    except Invalid as refused:
        form.refuse(refused)
        return _panes(matter, decision=form, status=refused.status)
    return redirect_saying(_address(following), _done(form.chosen["verdict"]))


@bp.route("/queue/<int:case_id>/restore", methods=["GET", "POST"])
@requires(people.moderators)
def restore(case_id: int) -> Response:
    """Put back what was hidden, with a text."""
    matter = queries.visible_case(case_id, to=viewer())
    form = RestoreForm.from_request()
    if request.method == "POST" and form.validate():
        commands.restore(matter.case, by=viewer(), text=form.text.data or "")
        return redirect_saying(url_for(".log"), _("It is back, and its author is told."))
    page = queries.case_page(matter, viewer())
    return form_page("moderation/restore.html", form=form, case=page)


@bp.post("/queue/<int:case_id>/note")
@requires(people.moderators)
def note(case_id: int) -> Response:
    """Leave words for colleagues."""
    matter = queries.visible_case(case_id, to=viewer())
    form = NoteForm.from_request()
    if not form.validate():
        return _panes(matter, note=form, status=422)
    commands.note_case(matter.case, by=viewer(), note=form.note.data or "")
    return redirect_saying(_address(case_id), _("Your note is kept for your colleagues."))


@bp.get("/log")
@requires(people.moderators)
def log() -> Response:
    """What was decided, with the words, and the way back."""
    page = queries.desk_log(viewer(), after=request.args.get("after"))
    older = url_for(".log", after=page.next) if page.next else ""
    return render_page("moderation/desk_log.html", lines=page.items, older_url=older)


def _panes(matter: Matter | None, *, status: int = 200, **forms: Any) -> Response:
    """The three panes; a form that was refused stands in its place."""
    listed = queries.queue(viewer(), after=request.args.get("after"))
    page = queries.case_page(matter, viewer()) if matter else None
    return render_page(
        "moderation/queue.html",
        queue=listed,
        case=page,
        older_url=url_for(".queue", after=listed.next) if listed.next else "",
        decision=forms.get("decision") or DecideForm(),
        note=forms.get("note") or NoteForm(note=matter.case.note if matter else ""),
        status=status,
    )


def _address(case_id: int | None) -> str:
    return url_for(".case", case_id=case_id) if case_id else url_for(".queue")


def _done(verdict: Verdict) -> str:
    return str(
        {
            Verdict.PUBLISHED: _("Published. Its author is told."),
            Verdict.KEPT: _("Kept as it is."),
            Verdict.HIDDEN: _("Hidden. Its author is told why."),
        }[verdict]
    )
