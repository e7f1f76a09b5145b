"""Talking under an idea."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from ideas.accounts import rules as people
from ideas.accounts.queries import viewer
from ideas.board.models import Idea
from ideas.board.queries import visible_idea
from ideas.comments import commands, queries
from ideas.comments.forms import CommentForm, EditForm
from ideas.comments.rules import may_change
from ideas.core.errors import Missing, Refused, TooLate, TooMany, ensure
from ideas.core.fragments import form_page, fragment_or_redirect, redirect_saying, render_page
from ideas.core.languages import gettext as _
from ideas.core.security import requires

bp = Blueprint("comments", __name__)


@bp.post("/ideas/<int:idea_id>/comments")
@requires(people.members)
def post(idea_id: int) -> Response:
    """Say something; what is refused is shown again with every word that was typed."""
    idea = visible_idea(idea_id, to=viewer())
    form = CommentForm.from_request()
    if not form.validate():
        return _again(idea, form)
    try:
        parent = queries.visible_comment(form.parent_id, to=viewer())[0] if form.parent_id else None
        comment = commands.post_comment(
            idea, by=viewer(), stance=form.chosen_stance, body=form.words, parent=parent
        )
    except (Missing, TooLate, TooMany) as refused:
        form.refuse(refused)
        return _again(idea, form, refused)
    return redirect_saying(queries.place_of(comment, idea), _("Your comment is there for everybody to read."))


@bp.get("/comments/<int:comment_id>")
@requires(people.anyone)
def show(comment_id: int) -> AnyResponse:
    """The lasting address of a comment leads to its place under the idea."""
    return redirect(queries.place_of(*queries.visible_comment(comment_id, to=viewer())), 302)


@bp.route("/comments/<int:comment_id>/edit", methods=["GET", "POST"])
@requires(people.members)
def edit(comment_id: int) -> Response:
    """Change one's own words."""
    comment, idea = queries.visible_comment(comment_id, to=viewer())
    ensure(may_change(viewer(), comment), _("Only its author may change a comment."))
    form = EditForm.of(comment)
    if request.method == "POST" and form.validate():
        commands.edit_comment(comment, by=viewer(), stance=form.chosen_stance, body=form.words)
        return redirect_saying(queries.place_of(comment, idea), _("Your comment was changed."))
    return form_page("comments/edit.html", form=form, comment=comment, idea=idea)


@bp.route("/comments/<int:comment_id>/remove", methods=["GET", "POST"])
@requires(people.members)
def remove(comment_id: int) -> Response:
    """Ask once, then take the comment back."""
    comment, idea = queries.visible_comment(comment_id, to=viewer())
    ensure(may_change(viewer(), comment), _("Only its author may remove a comment."))
    if request.method == "POST":
        commands.remove_comment(comment, by=viewer())
        return redirect_saying(f"{idea.path}#talk", _("Your comment was removed."))
    return render_page("comments/remove.html", comment=comment, idea=idea)


@bp.post("/comments/<int:comment_id>/helpful")
@requires(people.members)
def press(comment_id: int) -> Response:
    """Say whether a comment helped; the same press again takes it back."""
    comment, idea = queries.visible_comment(comment_id, to=viewer())
    is_helpful = request.form.get("is_helpful") != "no"
    now = commands.press_helpful(comment, by=viewer(), is_helpful=is_helpful)
    said = {
        True: _("Noted: this comment helped you."),
        False: _("Noted: this comment did not help you."),
        None: _("Your press was taken back."),
    }[now]
    presses = queries.presses(comment, now)
    to = queries.place_of(comment, idea)
    return fragment_or_redirect("comments/_presses.html", comment=presses, say=said, to=to, said=said)


def _again(idea: Idea, form: CommentForm, refused: Refused | None = None) -> Response:
    """The form with what was typed; 422, or 429 and when to come again."""
    talk = queries.blank_talk(idea, viewer(), form)
    answer = render_page("comments/new.html", fragment="content", idea=idea, talk=talk, form=form, status=422)
    if isinstance(refused, TooMany):
        answer.status_code = refused.status
        answer.headers["Retry-After"] = str(refused.more["retry_after"])
    return answer


def init_app(app: Flask) -> None:
    """Hang the pages."""
    app.register_blueprint(bp)
