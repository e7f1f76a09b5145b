"""Reporting, and the log that everybody can read."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from ideas.accounts import rules as people
from ideas.accounts.queries import viewer
from ideas.board.models import Idea
from ideas.board.queries import visible_idea
from ideas.comments.models import Comment
from ideas.comments.queries import place_of, visible_comment
from ideas.core.city import city
from ideas.core.errors import TooLate, TooMany
from ideas.core.fragments import redirect_saying, render_page
from ideas.core.languages import ngettext
from ideas.core.security import requires
from ideas.moderation import commands, queries
from ideas.moderation.forms import ReportForm

bp = Blueprint("moderation", __name__)


@bp.route("/ideas/<int:idea_id>/report", methods=["GET", "POST"])
@requires(people.members)
def report_idea(idea_id: int) -> Response:
    """Report an idea."""
    idea = visible_idea(idea_id, to=viewer())
    return _report(idea, title=idea.title, back=idea.path)


@bp.route("/comments/<int:comment_id>/report", methods=["GET", "POST"])
@requires(people.members)
def report_comment(comment_id: int) -> Response:
    """Report a comment."""
    comment, idea = visible_comment(comment_id, to=viewer())
    return _report(comment, title=idea.title, back=place_of(comment, idea))


@bp.get("/moderation-log")
@requires(people.anyone)
def log() -> Response:
    """What moderators decided: rule and kind, never the words and never a name."""
    page = queries.decisions(after=request.args.get("after"))
    older = url_for(".log", after=page.next) if page.next else ""
    rules = queries.hidden_by_rule(city().house_rules)
    return render_page("moderation/log.html", lines=page.items, older_url=older, rules=rules)


def _report(subject: Idea | Comment, *, title: str, back: str) -> Response:
    form, status = ReportForm.from_request(), 200
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                commands.report(subject, by=viewer(), rule=form.rule.data, words=form.words.data or "")
            except (TooLate, TooMany) as refused:
                form.refuse(refused)
                status = refused.status
            else:
                return redirect_saying(back, _thanks())
    words = subject.body if isinstance(subject, Comment) else ""
    return render_page(
        "moderation/report.html", form=form, title=title, words=words, back=back, status=status
    )


def _thanks() -> str:
    hours = city().moderation_hours
    return ngettext(
        "Thank you. A moderator looks at it within %(num)d working hour.",
        "Thank you. A moderator looks at it within %(num)d working hours.",
        hours,
    )
