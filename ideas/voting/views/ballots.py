"""Pressing Support and taking it back."""

from __future__ import annotations

from flask import Blueprint, Response, request

from ideas.accounts import rules as people
from ideas.accounts.queries import viewer
from ideas.board.models import Idea
from ideas.board.queries import visible_idea
from ideas.core.fragments import fragment_or_redirect
from ideas.core.languages import gettext as _
from ideas.core.languages import ngettext
from ideas.core.limits import limiter
from ideas.core.security import page_it_came_from, requires
from ideas.voting import commands, queries

bp = Blueprint("voting", __name__)
PRESSES = "30 per minute"


@bp.post("/ideas/<int:idea_id>/vote")
@requires(people.signed_in)
@limiter.limit(PRESSES)
def cast(idea_id: int) -> Response:
    """Vote, then show the ballot as it now is."""
    idea = visible_idea(idea_id, to=viewer())
    return _answer(idea, commands.cast_vote(idea, by=viewer()))


@bp.post("/ideas/<int:idea_id>/unvote")
@requires(people.signed_in)
@limiter.limit(PRESSES)
def retract(idea_id: int) -> Response:
    """Take support back, then show the ballot as it now is."""
    idea = visible_idea(idea_id, to=viewer())
    return _answer(idea, commands.retract_vote(idea, by=viewer()))


def _answer(idea: Idea, done: queries.Cast) -> Response:
    """The ballot in the size it was pressed in; without scripts, the page it was pressed on."""
    is_large = request.form.get("size") == "large"
    words = _words_for(done)
    to = idea.path if is_large else page_it_came_from(otherwise=idea.path)
    return fragment_or_redirect(
        "voting/_ballot.html",
        ballot=queries.ballot(idea, viewer(), is_large=is_large, said=words, after=done),
        to=f"{to}#vote-{idea.id}",
        said=words,
    )


def _words_for(done: queries.Cast) -> str:
    """What a screen reader says, and the next page."""
    n = done.support.counted
    counted = ngettext("%(num)s supporter now.", "%(num)s supporters now.", n)
    words: dict[str, str] = {
        "cast": f"{_('You support this.')} {counted}",
        "kept": _("Your support is kept. It starts to count when the city has verified where you live."),
        "held": _("Your support is noted. It counts once it has been checked."),
        "void": _("Your support was not counted after a check."),
        "none": f"{_('You do not support this any more.')} {counted}",
    }
    return words[done.state]
