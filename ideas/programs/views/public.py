"""What the city does about ideas, as everybody sees it."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from ideas.accounts.queries import viewer
from ideas.accounts.rules import anyone
from ideas.core.city import city_today
from ideas.core.fragments import render_page
from ideas.core.languages import gettext as _
from ideas.core.security import requires
from ideas.notifications.queries import follows_program
from ideas.programs import queries, words
from ideas.programs.models import Program
from ideas.programs.rules import may_run

bp = Blueprint("programs", __name__)


@bp.get("/programs")
@requires(anyone)
def index() -> Response:
    """All programs, in columns of how far they are."""
    today = city_today()
    board = queries.board()
    columns = [
        {"status": status, "programs": [words.card(card, today=today) for card in cards]}
        for status, cards in board
    ]
    has_any = any(cards for _status, cards in board)
    return render_page("programs/index.html", columns=columns if has_any else [], intro="")


@bp.get("/programs/<int:program_id>")
@bp.get("/programs/<int:program_id>-<slug>")
@requires(anyone)
def show(program_id: int, slug: str = "") -> AnyResponse:
    """One program; the number decides, and a wrong word leads to the right one."""
    program = queries.visible_program(program_id, to=viewer())
    if request.path != program.path:
        return redirect(program.path, 301)
    return program_page(program)


def program_page(program: Program) -> Response:
    """The page of a program, with every date and every slip."""
    held = queries.whole(program, before=request.args.get("before"))
    return render_page(
        "programs/show.html",
        program={
            "title": program.title,
            "summary": program.summary,
            "status": program.status,
            "department": program.department.name,
            "district": program.district.name if program.district else program.place,
            "sources_words": words.from_ideas(len(held.sources)),
        },
        stats=words.stats(held),
        milestones=[words.milestone(step) for step in held.steps],
        years=words.years(held),
        outcomes=held.outcomes,
        updates=[words.news(entry, department=program.department.name) for entry in held.news],
        older_updates_url=f"{program.path}?before={held.older}#updates" if held.older else "",
        sources=[words.source(row) for row in held.sources],
        acts=[(_("Run this program"), f"/desk/programs/{program.id}")] if may_run(viewer(), program) else [],
        help=None,
        follow=follows_program(program.id, viewer()),
    )
