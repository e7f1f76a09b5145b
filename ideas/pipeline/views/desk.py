"""What the desk looks at: answers that are due, the pipeline, and one idea with what can be done about it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from ideas.accounts.queries import departments, viewer
from ideas.accounts.rules import pipeline_people
from ideas.board.models import NOT_ON_THE_BOARD, Idea, Status
from ideas.board.queries import topics, visible_idea
from ideas.core.city import city_day
from ideas.core.fragments import render_page
from ideas.core.languages import gettext as _
from ideas.core.security import LARGEST_ROW, requires
from ideas.pipeline import forms, queries
from ideas.pipeline.models import AnswerDraft

bp = Blueprint("pipeline", __name__)


@bp.get("/desk/answers")
@requires(pipeline_people)
def answers() -> Response:
    """Due, due soon and overdue, per department."""
    return render_page("pipeline/answers.html", departments=queries.answers_due(viewer()))


@bp.get("/desk/pipeline")
@requires(pipeline_people)
def index() -> Response:
    """Ideas by status, what moved last first."""
    filters = _filters()
    return render_page(
        "pipeline/index.html",
        page=queries.pipeline_page(filters, request.args.get("after")),
        filters=filters,
        counts=queries.status_counts(),
        statuses=[status for status in Status if status not in NOT_ON_THE_BOARD],
        topics=topics(),
        departments=departments(),
        address=_address,
    )


@bp.get("/desk/ideas/<int:idea_id>")
@requires(pipeline_people)
def show(idea_id: int) -> Response:
    """One idea, its record, and the acts that this person may do."""
    return idea_page(visible_idea(idea_id, to=viewer()))


def idea_page(idea: Idea, *, status: int = 200, **refused: Any) -> Response:
    """The idea on the desk; a form that was refused stands open with what was typed."""
    draft = queries.open_draft(idea)
    return render_page(
        "pipeline/desk.html",
        status=status,
        idea=idea,
        draft=draft,
        acts=queries.acts_on(idea, viewer(), draft=draft),
        steps=queries.stands(idea),
        assessment=queries.newest_assessment(idea.id),
        entries=queries.case_file(idea),
        forms={**_empty_forms(idea, draft), **refused},
        is_open=next(iter(refused), ""),
    )


def _empty_forms(idea: Idea, draft: AnswerDraft | None) -> dict[str, Any]:
    return {
        "review": forms.ReviewForm.offering(departments(), idea),
        "draft": forms.DraftForm.offering(idea, **draft_as_typed(draft)),
        "sign": forms.SignForm(data={"seen_at": draft.updated_at.isoformat() if draft else ""}),
        "return": forms.ReturnForm(),
        "assess": forms.AssessForm(),
        "decline": forms.DeclineForm(),
        "reopen": forms.ReopenForm(),
    }


def draft_as_typed(draft: AnswerDraft | None) -> dict[str, Any]:
    """The stored draft as its form holds it."""
    if draft is None:
        return {}
    day = city_day(draft.new_due_at) if draft.new_due_at else None
    return {
        "kind": draft.kind,
        "body": draft.body,
        "new_due_on": day,
        "shows_name": draft.shows_name,
        "seen_at": draft.updated_at.isoformat(),
    }


def _filters() -> queries.Filters:
    """Nonsense in the address narrows nothing."""
    wanted = request.args.get("status", "")
    return queries.Filters(
        status=Status(wanted) if wanted in set(Status) - NOT_ON_THE_BOARD else None,
        topic_id=request.args.get("topic", type=_number),
        department_id=request.args.get("department", type=_number),
    )


def _number(text: str) -> int:
    value = int(text)
    if not 0 < value <= LARGEST_ROW:
        raise ValueError(_("There is no such number."))
    return value


def _address(**change: Any) -> str:
    """This list with another filter, from its beginning."""
    kept = {key: request.args.get(key) for key in ("status", "topic", "department")}
    return url_for("pipeline.index", **{key: value for key, value in {**kept, **change}.items() if value})
