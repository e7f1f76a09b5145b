"""What its author does with an idea: post, edit, withdraw."""

from __future__ import annotations

from flask import Response, request

from ideas.accounts import rules as people
from ideas.accounts.queries import me, viewer
from ideas.board import commands, queries
from ideas.board.forms import EditForm, IdeaForm, WithdrawForm
from ideas.board.models import Idea, Status
from ideas.board.queries import topic_by, topics, visible_idea
from ideas.board.rules import may_edit, may_post, may_withdraw
from ideas.board.views.blueprint import bp
from ideas.calls.queries import call_by, calls_taking_ideas
from ideas.core.errors import Invalid, TooLate, ensure
from ideas.core.fragments import form_page, redirect_saying
from ideas.core.languages import gettext as _
from ideas.core.security import requires
from ideas.places.queries import district_by, districts


@bp.route("/ideas/new", methods=["GET", "POST"])
@requires(people.anyone)
def new() -> Response:
    """Share an idea. Who is not signed in any more gets back every word that was typed."""
    form = _new_form()
    if request.method == "POST" and form.validate() and may_post(viewer()):
        try:
            idea = _post(form)
        except (Invalid, TooLate) as refused:
            form.refuse(refused)
        else:
            return redirect_saying(idea.path, _posted_words(idea))
    return form_page("board/new.html", form=form, may_post=may_post(viewer()))


@bp.route("/ideas/<int:idea_id>/edit", methods=["GET", "POST"])
@requires(people.members)
def edit(idea_id: int) -> Response:
    """Change the words of one's own idea."""
    idea = visible_idea(idea_id, to=viewer())
    ensure(
        may_edit(viewer(), idea), _("Only its author changes an idea, and only before it is on a shortlist.")
    )
    form = EditForm.from_request(title=idea.title, body=idea.body, seen=queries.newest_revision(idea))
    if request.method == "POST" and form.validate():
        try:
            _edit(idea, form)
        except (Invalid, TooLate) as refused:
            form.refuse(refused)
        else:
            return redirect_saying(idea.path, _("The new words are on the page."))
    return form_page("board/edit.html", form=form, idea=idea)


@bp.route("/ideas/<int:idea_id>/withdraw", methods=["GET", "POST"])
@requires(people.members)
def withdraw(idea_id: int) -> Response:
    """Take one's own idea back, with a reason."""
    idea = visible_idea(idea_id, to=viewer())
    ensure(
        may_withdraw(viewer(), idea),
        _("Only its author withdraws an idea, and only before it is with the council."),
    )
    form = WithdrawForm.from_request()
    if request.method == "POST" and form.validate():
        commands.withdraw_idea(idea, by=me(), text=form.reason.data)
        return redirect_saying(idea.path, _("You withdrew this idea. It stays readable."))
    return form_page("board/withdraw.html", form=form, idea=idea)


def _new_form() -> IdeaForm:
    """An empty form; a link from a call or a topic has chosen that already."""
    home = viewer().resident
    open_calls, all_districts = calls_taking_ideas(), districts()
    mine = next((each.slug for each in all_districts if home and each.id == home.district_id), "")
    form: IdeaForm = IdeaForm.from_request(
        topic=request.args.get("topic", ""),
        call=request.args.get("call", ""),
        district=request.args.get("district", mine),
    )
    form.offer(topics(), all_districts, open_calls)
    return form


def _post(form: IdeaForm) -> Idea:
    return commands.post_idea(
        by=me(),
        title=form.title.data or "",
        body=form.body.data or "",
        topic=topic_by(form.topic.data),
        district=district_by(form.district.data) if form.district.data else None,
        call=call_by(form.call.data),
        place=form.place.data or "",
    )


def _posted_words(idea: Idea) -> str:
    if idea.status is Status.WAITING:
        return _("Your idea is kept. It appears on the board as soon as a moderator has read it.")
    return _("Your idea is on the board.")


def _edit(idea: Idea, form: EditForm) -> None:
    seen = str(form.seen.data or "")
    commands.edit_idea(
        idea,
        by=me(),
        title=form.title.data or "",
        body=form.body.data or "",
        seen_revision=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0,
    )
