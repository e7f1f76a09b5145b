"""What the desk does with one idea: each act one form and one POST, refused in place with nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from ideas.accounts.queries import department_with, departments, viewer
from ideas.accounts.rules import moderators, officers, pipeline_people
from ideas.board.models import Idea
from ideas.board.queries import visible_idea
from ideas.core.errors import Missing
from ideas.core.forms import DONE
from ideas.core.fragments import redirect_saying
from ideas.core.languages import gettext as _
from ideas.core.security import requires
from ideas.pipeline import commands, forms, queries
from ideas.pipeline.models import AnswerDraft, AnswerKind, Feasibility, Reason
from ideas.pipeline.views.desk import idea_page

bp = Blueprint("acts", __name__, url_prefix="/desk/ideas/<int:idea_id>")


@bp.post("/review")
@requires(moderators)
def review(idea_id: int) -> Response:
    """Take the idea under review."""
    idea = _idea(idea_id)
    form = forms.ReviewForm.offering(departments(), idea, request.form)

    def act() -> None:
        owner = department_with(int(form.department_id.data))
        commands.promote(idea, by=viewer(), text=form.text.data, department=owner)

    return _done(idea, "review", form, act, _("The idea is under review, and an answer is owed."))


@bp.post("/draft")
@requires(officers)
def draft(idea_id: int) -> Response:
    """Save the answer as far as it is."""
    idea = _idea(idea_id)
    form = forms.DraftForm.offering(idea, request.form)

    def act() -> None:
        commands.draft_answer(
            idea,
            by=viewer(),
            kind=AnswerKind(form.kind.data),
            body=form.body.data,
            new_due_at=form.new_due_at,
            shows_name=form.shows_name.data,
            seen_at=form.seen,
        )
        if request.form.get("then") == "hand_on":
            commands.ask_sign_off(_draft(idea), by=viewer())

    handed_on = request.form.get("then") == "hand_on"
    said = (
        _("The answer waits for sign-off.")
        if handed_on
        else _("The answer is saved. Nobody outside sees it.")
    )
    return _done(idea, "draft", form, act, said)


@bp.post("/hand-on")
@requires(officers)
def hand_on(idea_id: int) -> Response:
    """Hand the answer to who signs."""
    idea = _idea(idea_id)
    commands.ask_sign_off(_draft(idea), by=viewer())
    return redirect_saying(_page_of(idea), _("The answer waits for sign-off."))


@bp.post("/take-back")
@requires(officers)
def take_back(idea_id: int) -> Response:
    """Go on writing."""
    idea = _idea(idea_id)
    commands.take_back(_draft(idea), by=viewer())
    return redirect_saying(_page_of(idea), _("The answer is yours again."))


@bp.post("/sign")
@requires(pipeline_people)
def sign(idea_id: int) -> Response:
    """Publish the answer."""
    idea = _idea(idea_id)
    form = forms.SignForm.from_request()

    def act() -> None:
        commands.sign_off(_draft(idea), by=viewer(), seen_at=form.seen)

    return _done(idea, "sign", form, act, _("The answer is public and signed."))


@bp.post("/return")
@requires(pipeline_people)
def give_back(idea_id: int) -> Response:
    """Return the answer with a reason."""
    idea = _idea(idea_id)
    form = forms.ReturnForm.from_request()

    def act() -> None:
        commands.return_draft(_draft(idea), by=viewer(), why=form.why.data)

    return _done(idea, "return", form, act, _("The answer went back to who wrote it."))


@bp.post("/assess")
@requires(officers)
def assess(idea_id: int) -> Response:
    """Record cost and feasibility."""
    idea = _idea(idea_id)
    form = forms.AssessForm.from_request()

    def act() -> None:
        found = Feasibility(form.feasibility.data)
        commands.assess(idea, by=viewer(), cost_cents=form.cost.data, feasibility=found, text=form.text.data)

    return _done(idea, "assess", form, act, _("Cost and feasibility are on record."))


@bp.post("/decline")
@requires(pipeline_people)
def decline(idea_id: int) -> Response:
    """Say no, with the reason and what would change it."""
    idea = _idea(idea_id)
    form = forms.DeclineForm.from_request()

    def act() -> None:
        reason = Reason(form.reason.data)
        commands.decline(idea, by=viewer(), reason=reason, text=form.text.data, reopen_if=form.reopen_if.data)

    return _done(idea, "decline", form, act, _("The idea is declined, with the reason in its case file."))


@bp.post("/reopen")
@requires(moderators)
def reopen(idea_id: int) -> Response:
    """Open a declined idea again."""
    idea = _idea(idea_id)
    form = forms.ReopenForm.from_request()

    def act() -> None:
        commands.reopen(idea, by=viewer(), text=form.text.data)

    return _done(idea, "reopen", form, act, _("The idea gathers support again."))


def _done(idea: Idea, name: str, form: Any, act: Callable[[], None], said: str) -> Response:
    """Act and say so; or show the idea's page with this form open and the sentence in it."""
    status = form.carry_out(act)
    if status == DONE:
        return redirect_saying(_page_of(idea), said)
    _read_again(form, idea)
    return idea_page(idea, status=status, **{name: form})


def _read_again(form: Any, idea: Idea) -> None:
    """Show what a colleague saved since the page was read; the next press goes on from there."""
    held = queries.open_draft(idea)
    if hasattr(form, "seen_at") and held is not None:
        form.colleagues_text = held.body if held.updated_at > form.seen else ""
        form.seen_at.data = held.updated_at.isoformat()


def _idea(idea_id: int) -> Idea:
    return visible_idea(idea_id, to=viewer())


def _draft(idea: Idea) -> AnswerDraft:
    held = queries.open_draft(idea)
    if held is None:
        raise Missing("There is no answer on its way for this idea.")
    return held


def _page_of(idea: Idea) -> str:
    return f"/desk/ideas/{idea.id}"
