"""My notices, how I am told, what I follow; and the one press that stops mails."""

from __future__ import annotations

from flask import Blueprint, Flask, request
from werkzeug.wrappers import Response

from ideas.accounts.queries import viewer
from ideas.accounts.rules import anyone, signed_in
from ideas.board.queries import visible_idea
from ideas.core.fragments import fragment_or_redirect, redirect_saying, render_page
from ideas.core.languages import gettext as _
from ideas.core.paging import decode_cursor
from ideas.core.security import requires, without_token
from ideas.notifications import commands, queries
from ideas.notifications.forms import PaceForm
from ideas.notifications.models import MailPace
from ideas.notifications.rules import may_follow
from ideas.notifications.unsubscribing import read_stop
from ideas.programs.queries import visible_program

bp = Blueprint("notifications", __name__)


@bp.get("/me/notices")
@requires(signed_in)
def index() -> Response:
    """What I was told, the newest first."""
    return _page(PaceForm(pace=queries.pace_of(viewer().id)))


@bp.post("/me/notices/read")
@requires(signed_in)
def read() -> Response:
    """Everything that the page showed was seen."""
    seen = decode_cursor(request.form.get("up_to"), int)
    commands.mark_read(by=viewer(), up_to=seen[0] if seen else 0)
    return redirect_saying("/me/notices", _("All notices are marked as read."))


@bp.post("/me/notices/pace")
@requires(signed_in)
def pace() -> Response:
    """Choose how I am told."""
    form = PaceForm.from_request()
    if not form.validate():
        return _page(form, status=422)
    commands.choose_pace(by=viewer(), pace=MailPace(form.pace.data))
    return redirect_saying("/me/notices", _("Your choice is kept."))


@bp.post("/ideas/<int:idea_id>/follow", defaults={"is_on": True})
@bp.post("/ideas/<int:idea_id>/unfollow", defaults={"is_on": False})
@requires(may_follow)
def follow_idea(idea_id: int, is_on: bool) -> Response:
    """Hear of an idea, or nothing more of it."""
    idea = visible_idea(idea_id, to=viewer())
    act = commands.follow if is_on else commands.unfollow
    act(by=viewer(), idea_id=idea.id)
    return _followed(queries.Following(f"/ideas/{idea.id}", is_on), to=idea.path)


@bp.post("/programs/<int:program_id>/follow", defaults={"is_on": True})
@bp.post("/programs/<int:program_id>/unfollow", defaults={"is_on": False})
@requires(may_follow)
def follow_program(program_id: int, is_on: bool) -> Response:
    """Hear of a program, or nothing more of it."""
    program = visible_program(program_id, to=viewer())
    act = commands.follow if is_on else commands.unfollow
    act(by=viewer(), program_id=program.id)
    return _followed(queries.Following(f"/programs/{program.id}", is_on), to=program.path)


@bp.route("/unsubscribe/<token>", methods=["GET", "POST"])
@requires(anyone)
@without_token
def unsubscribe(token: str) -> Response:
    """Stop mails by the signed address in each of them; mail programs press it themselves (RFC 8058)."""
    stop = read_stop(token)
    only_this = request.form.get("what") == "this"
    if request.method == "POST":
        commands.stop_mails(stop, only_this=only_this)
    response = render_page(
        "notifications/unsubscribe.html",
        title=queries.title_of(stop.idea_id, stop.program_id),
        is_done=request.method == "POST",
        only_this=only_this,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _page(form: PaceForm, *, status: int = 200) -> Response:
    page = queries.notices_of(viewer(), after=request.args.get("after"))
    return render_page(
        "notifications/index.html",
        status=status,
        notices=page.items,
        up_to=queries.cursor_of(page.items),
        older_url=f"/me/notices?after={page.next}" if page.next else "",
        unread=queries.unread_count(viewer()),
        form=form,
    )


def _followed(follow: queries.Following, *, to: str) -> Response:
    words = _("You hear of this from now on.") if follow.is_on else _("You hear nothing more of this.")
    return fragment_or_redirect("notifications/_follow.html", follow=follow, to=to, said=words)


def init_app(app: Flask) -> None:
    """Hang the pages."""
    app.register_blueprint(bp)
