"""The clerk's pages of a meeting: call it, open and close it, record what it decided."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from ideas.accounts.queries import department_with, departments, viewer
from ideas.board.models import Idea
from ideas.board.queries import visible_idea
from ideas.core.errors import Invalid, TooLate
from ideas.core.fragments import form_page, redirect_saying, render_page
from ideas.core.languages import gettext as _
from ideas.core.security import requires
from ideas.council import commands, queries
from ideas.council.forms import NEW_PROGRAM, MeetingForm, ResultForm
from ideas.council.models import Ending, Meeting
from ideas.council.rules import may_record_meeting
from ideas.programs.commands import create_program
from ideas.programs.models import Program
from ideas.programs.queries import visible_program
from ideas.shortlists import queries as shortlists

bp = Blueprint("council_desk", __name__)


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
