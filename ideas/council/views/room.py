"""The council room: shortlists, evidence, positions and notes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from ideas.accounts.queries import viewer
from ideas.accounts.rules import council_members, council_room
from ideas.board.models import Idea
from ideas.board.queries import visible_idea
from ideas.comments.queries import strongest_points
from ideas.core.errors import Invalid, TooLate
from ideas.core.fragments import form_page, redirect_saying, render_page
from ideas.core.languages import gettext as _
from ideas.core.languages import spoken_date
from ideas.core.security import requires
from ideas.council import commands, queries
from ideas.council.forms import NoteForm, PositionForm
from ideas.council.models import Meeting, Stand
from ideas.council.rules import may_take_position
from ideas.pipeline.queries import case_file
from ideas.shortlists import queries as shortlists
from ideas.shortlists.models import Shortlist

bp = Blueprint("council", __name__)


@bp.get("/council-room")
@requires(council_room)
def index() -> Response:
    """The shortlist of the meeting that is open, else the newest one, or a word that there is none."""
    sent = shortlists.shortlists(sent_only=True)
    if not sent:
        return render_page("council/empty.html")
    return _room(shortlists.shortlist_by(queries.list_in_session() or sent[0].id))


@bp.get("/council-room/shortlists/<int:shortlist_id>")
@requires(council_room)
def show(shortlist_id: int) -> Response:
    """One shortlist before the council."""
    return _room(queries.sent_shortlist(shortlist_id))


@bp.get("/council-room/ideas/<int:idea_id>")
@requires(council_room)
def sheet(idea_id: int) -> Response:
    """The evidence sheet on one idea."""
    return _sheet(visible_idea(idea_id, to=viewer()))


@bp.post("/council-room/ideas/<int:idea_id>/position")
@requires(council_members)
def take_position(idea_id: int) -> Response:
    """Say where one stands, then go back to where one said it."""
    idea = visible_idea(idea_id, to=viewer())
    form = _position_form(idea.id)
    if form.validate():
        try:
            commands.take_position(
                queries.meeting_on(idea.id),
                idea,
                by=viewer(),
                stand=Stand(form.stand.data),
                conditions=form.conditions.data or "",
            )
            return redirect_saying(
                _way_back(idea), _("Your position on “%(title)s” is recorded.", title=idea.title)
            )
        except (Invalid, TooLate) as refused:
            form.refuse(refused)
    return _sheet(idea, position=form)


@bp.post("/council-room/ideas/<int:idea_id>/note")
@requires(council_members)
def keep_note(idea_id: int) -> Response:
    """Keep a note for oneself."""
    idea = visible_idea(idea_id, to=viewer())
    form = NoteForm.from_request()
    if not form.validate():
        return _sheet(idea, note=form)
    commands.keep_note(idea, by=viewer(), text=form.text.data or "")
    return redirect_saying(
        f"/council-room/ideas/{idea.id}#note", _("Your note is kept. Only you can read it.")
    )


@bp.get("/council-room/positions")
@requires(council_members)
def positions() -> Response:
    """What one said and noted oneself."""
    return render_page("council/positions.html", mine=queries.my_positions(viewer()))


def _room(shortlist: Shortlist) -> Response:
    lines = shortlists.standing(shortlist)
    meeting = queries.current_meeting(shortlist.id)
    mine = queries.my_stands(meeting, viewer())
    return render_page(
        "council/show.html",
        shortlist=shortlist,
        others=[row for row in shortlists.shortlists(sent_only=True) if row.id != shortlist.id],
        lines=lines,
        figures=shortlists.figures(shortlist, lines),
        turnout=shortlists.turnout(shortlist),
        meeting=meeting,
        meeting_words=_meeting_words(meeting),
        results=queries.results_of(shortlist.id),
        mine=mine,
        form_for=lambda idea_id: _blank(idea_id, mine),
        takes_positions=may_take_position(viewer()),
    )


def _sheet(idea: Idea, *, position: Any = None, note: Any = None) -> Response:
    """The evidence sheet; a form that was refused takes the place of the empty one."""
    shortlist = queries.shortlist_with(idea.id)
    meeting = queries.current_meeting(shortlist.id)
    mine = queries.my_stands(meeting, viewer())
    points_for, points_against = strongest_points(idea)
    return form_page(
        "council/sheet.html",
        idea=idea,
        shortlist=shortlist,
        evidence=queries.evidence(shortlist, idea),
        points_for=points_for,
        points_against=points_against,
        answers=[entry for entry in case_file(idea) if entry.kind == "answer"],
        meeting=meeting,
        meeting_words=_meeting_words(meeting),
        said_on=queries.said_on(meeting, idea.id),
        result=queries.results_of(shortlist.id).get(idea.id),
        mine=mine.get(idea.id),
        position=position or _blank(idea.id, mine),
        note=note or NoteForm(text=queries.my_note(idea.id, viewer())),
        takes_positions=may_take_position(viewer()),
    )


def _position_form(idea_id: int) -> PositionForm:
    form: PositionForm = PositionForm.from_request(prefix=f"on-{idea_id}")
    return form


def _blank(idea_id: int, mine: dict[int, Any]) -> PositionForm:
    """The form with what the member said last; its fields carry the idea's number, many stand on a page."""
    said = mine.get(idea_id)
    return PositionForm(
        prefix=f"on-{idea_id}",
        stand=said.stand if said else None,
        conditions=said.conditions if said else "",
    )


def _way_back(idea: Idea) -> str:
    if request.form.get("back") == "list":
        return f"/council-room/shortlists/{queries.shortlist_with(idea.id).id}#line-{idea.id}"
    return f"/council-room/ideas/{idea.id}#position"


def _meeting_words(meeting: Meeting | None) -> str:
    """What the header says of a meeting that is not over."""
    if meeting is None or meeting.state == "closed":
        return ""
    day = spoken_date(meeting.held_on, "d MMMM")
    if meeting.is_open:
        return _("Meeting of %(day)s is open", day=day)
    return _("Meeting of %(day)s", day=day)
