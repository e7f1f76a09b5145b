"""The public record of one idea."""

from __future__ import annotations

from flask import Blueprint, Response

from ideas.accounts.queries import viewer
from ideas.accounts.rules import anyone
from ideas.board.queries import visible_idea
from ideas.core.fragments import render_page
from ideas.core.security import requires
from ideas.pipeline import queries

bp = Blueprint("case_file", __name__)


@bp.get("/ideas/<int:idea_id>/case-file")
@requires(anyone)
def show(idea_id: int) -> Response:
    """Everything the city did and said, oldest first."""
    idea = visible_idea(idea_id, to=viewer())
    return render_page("pipeline/show.html", idea=idea, entries=queries.case_file(idea))
