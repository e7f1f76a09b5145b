"""The words that stand around comments: counts, badges, and what replaces a comment that is gone."""

from __future__ import annotations

from ideas.board.models import Status
from ideas.comments.models import CommentState, Stance
from ideas.core.languages import gettext as _
from ideas.core.languages import ngettext, number
from ideas.moderation.house_rules import rule_title


def stances() -> list[tuple[str, str]]:
    """The stances as a form offers them."""
    return [
        (Stance.FOR, _("For")),
        (Stance.AGAINST, _("Against")),
        (Stance.QUESTION, _("Question")),
        (Stance.NOTE, _("Note")),
    ]


def how_you_stand() -> str:
    """The name of the choice of a stance."""
    return _("How you stand to the idea")


def your_comment() -> str:
    """The name of the field for the words."""
    return _("Your comment")


def orders() -> list[tuple[str, str]]:
    """The orders of a thread by their key in the address."""
    return [("newest", _("Newest")), ("oldest", _("Oldest")), ("helpful", _("Most helpful"))]


def counts(comments: int, in_favour: int, against: int, questions: int) -> str:
    """34 comments · 21 for · 6 against · 7 questions; what there is none of is not said."""
    said = [ngettext("%(num)s comment", "%(num)s comments", comments)]
    if in_favour:
        said.append(_("%(n)s for", n=number(in_favour)))
    if against:
        said.append(_("%(n)s against", n=number(against)))
    if questions:
        said.append(ngettext("%(num)s question", "%(num)s questions", questions))
    return " · ".join(said)


def gone(state: CommentState, rule: str | None) -> str:
    """What stands in the place of a comment that is not to be read; empty for one that is."""
    if state is CommentState.HIDDEN:
        title = rule_title(rule or "").lower()
        return _("Hidden by a moderator: %(title)s (rule %(rule)s)", title=title, rule=rule)
    return _("Removed by its author") if state is CommentState.REMOVED else ""


def closed(status: Status) -> str:
    """Why nobody can comment under the idea now."""
    return {
        Status.WAITING: _("Comments open when a moderator has published this idea."),
        Status.HIDDEN: _("Comments are closed: a moderator took this idea off the board."),
        Status.WITHDRAWN: _("Comments are closed: its author withdrew this idea."),
        Status.MERGED: _("Comments are closed here: this idea was merged into another one."),
    }.get(status, _("Your account cannot comment now."))


def helpful(presses: int) -> str:
    """Helpful to 41; empty before anybody pressed."""
    return _("helpful to %(n)s", n=number(presses)) if presses else ""


def new_point() -> str:
    """What stands beside a point that nobody has found helpful so far."""
    return _("few have judged it yet")


def earlier_replies() -> str:
    """The link back to the beginning of a long thread."""
    return _("Earlier replies")


def more_replies(left: int) -> str:
    """What the link under the first replies says."""
    return ngettext("%(num)s more reply", "%(num)s more replies", left)


def posted(moment: str, *, is_edited: bool) -> str:
    """The day, and whether the words were changed later."""
    return _("%(day)s, edited", day=moment) if is_edited else moment
