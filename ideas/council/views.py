"""The council room: shortlists, evidence, positions and notes; and the clerk's pages of a meeting."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, request
from werkzeug.wrappers import Response

from ideas.accounts.queries import department_with, departments, viewer
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
from ideas.council.forms import NEW_PROGRAM, MeetingForm, NoteForm, PositionForm, ResultForm
from ideas.council.models import Ending, Meeting, Stand
from ideas.council.rules import may_record_meeting, may_take_position
from ideas.pipeline.queries import case_file
from ideas.programs.commands import create_program
from ideas.programs.models import Program
from ideas.programs.queries import visible_program
from ideas.shortlists import queries as shortlists
from ideas.shortlists.models import Shortlist

bp = Blueprint("council", __name__)


@bp.get("/council-room")
@requires(council_room)
def index() -> Response:
    """The newest shortlist before the council, or a word that there is none."""
    sent = shortlists.shortlists(sent_only=True)
    if not sent:
        return render_page("council/empty.html")
    return _room(shortlists.shortlist_by(sent[0].id))


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


@bp.route("/desk/shortlists/<int:shortlist_id>/meetings/new", methods=["GET", "POST"])
@requires(may_record_meeting)
def call_meeting(shortlist_id: int) -> Response:
    """Set a date."""
    shortlist, form = queries.sent_shortlist(shortlist_id), MeetingForm.from_request()
    if request.method == "POST" and form.validate():
        try:
            meeting = commands.call_meeting(
                shortlist, by=viewer(), title=form.title.data, held_on=form.held_on.data
            )
            return redirect_saying(_desk_path(meeting), _("The meeting is called."))
        except (Invalid, TooLate) as refused:
            form.refuse(refused)
    return form_page("council/desk/new.html", shortlist=shortlist, form=form)


@bp.get("/desk/meetings/<int:meeting_id>")
@requires(may_record_meeting)
def meeting(meeting_id: int) -> Response:
    """One meeting at the clerk's desk: open it, close it, record what it decided."""
    meeting = queries.meeting_by(meeting_id)
    return render_page(
        "council/desk/show.html",
        meeting=meeting,
        lines=shortlists.standing(meeting.shortlist),
        stands=queries.stands_in(meeting),
        results=queries.results_of(meeting.shortlist_id),
        recorded=queries.recorded_in(meeting.id),
    )


@bp.post("/desk/meetings/<int:meeting_id>/open")
@requires(may_record_meeting)
def open_meeting(meeting_id: int) -> Response:
    """Members take positions from now on."""
    meeting = queries.meeting_by(meeting_id)
    commands.open_meeting(meeting, by=viewer())
    return redirect_saying(_desk_path(meeting), _("The meeting is open. Members can take their positions."))


@bp.post("/desk/meetings/<int:meeting_id>/close")
@requires(may_record_meeting)
def close_meeting(meeting_id: int) -> Response:
    """Positions stay as they are."""
    meeting = queries.meeting_by(meeting_id)
    commands.close_meeting(meeting, by=viewer())
    return redirect_saying(_desk_path(meeting), _("The meeting is closed. Now record what it decided."))


@bp.route("/desk/meetings/<int:meeting_id>/ideas/<int:idea_id>", methods=["GET", "POST"])
@requires(may_record_meeting)
def result(meeting_id: int, idea_id: int) -> Response:
    """Record what the meeting decided on one idea."""
    meeting, idea = queries.meeting_by(meeting_id), visible_idea(idea_id, to=viewer())
    form = ResultForm.from_request(title=idea.title).offer(
        programs=queries.programs_to_join(), departments=[(one.id, one.name) for one in departments()]
    )
    if request.method == "POST" and form.validate():
        try:
            _record(meeting, idea, form)
            return redirect_saying(
                _desk_path(meeting), _("The result on “%(title)s” is on record.", title=idea.title)
            )
        except (Invalid, TooLate) as refused:
            form.refuse(refused)
    said = queries.said_on(meeting, idea.id)
    return form_page("council/desk/result.html", meeting=meeting, idea=idea, said_on=said, form=form)


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


def _record(meeting: Meeting, idea: Idea, form: ResultForm) -> None:
    ending = Ending(form.ending.data)
    commands.record_result(
        meeting,
        idea,
        by=viewer(),
        ending=ending,
        text=form.text.data or "",
        into=_program(idea, form) if ending is Ending.ADOPTED else None,
        deferred_to=form.deferred_to.data,
        reason=form.reason.data,
        reopen_if=form.reopen_if.data or "",
    )


def _program(idea: Idea, form: ResultForm) -> Program:
    """The program that was chosen, or a new one of this name."""
    if form.program.data != NEW_PROGRAM:
        return visible_program(form.program.data, to=viewer())
    if not form.title.data:
        raise Invalid(_("Give the new program a name."), field="title")
    return create_program(
        by=viewer(),
        title=form.title.data,
        summary=idea.excerpt,
        department=department_with(form.department.data),
        district=idea.district,
        place=idea.place,
    )


def _desk_path(meeting: Meeting) -> str:
    return f"/desk/meetings/{meeting.id}"


def init_app(app: Flask) -> None:
    """Hang the pages."""
    app.register_blueprint(bp)
