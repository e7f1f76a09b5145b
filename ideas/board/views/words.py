"""The words around an idea, in lists and on its page."""

from __future__ import annotations

from datetime import datetime

from ideas.accounts.words import name_of
from ideas.board.find import BEST_MATCH, MOST_SUPPORTED, NEWEST, TRENDING
from ideas.board.models import Idea, Status
from ideas.core.languages import N_, locale_code, ngettext, number, spoken_date
from ideas.core.languages import gettext as _

STATUS_WORDS = {
    Status.WAITING: N_("Waiting for a moderator"),
    Status.OPEN: N_("Gathering support"),
    Status.UNDER_REVIEW: N_("Under review"),
    Status.SHORTLISTED: N_("Shortlisted"),
    Status.BEFORE_COUNCIL: N_("Before the council"),
    Status.ADOPTED: N_("Adopted"),
    Status.IN_DELIVERY: N_("In delivery"),
    Status.DELIVERED: N_("Delivered"),
    Status.DECLINED: N_("Declined"),
    Status.MERGED: N_("Merged"),
    Status.WITHDRAWN: N_("Withdrawn"),
    Status.HIDDEN: N_("Hidden"),
}


def foreign_language(idea: Idea) -> str:
    """The language its words are in, where the page speaks another: a voice that reads aloud must know."""
    return "" if idea.language == locale_code().split("-")[0] else idea.language


def status_word(status: Status) -> str:
    """The status as its pill says it."""
    return _(STATUS_WORDS[status])


def order_word(order: str) -> str:
    """The name of an order."""
    return {
        TRENDING: _("Trending"),
        MOST_SUPPORTED: _("Most supported"),
        NEWEST: _("Newest"),
        BEST_MATCH: _("Best match"),
    }[order]


def order_words(order: str) -> str:
    """What the order does, after its name."""
    return {
        TRENDING: _("puts first what people support, discuss and get answers on now."),
        MOST_SUPPORTED: _("puts the ideas with the most counted supporters first."),
        NEWEST: _("puts the latest ideas first."),
        BEST_MATCH: _("puts ideas with your words in their title first, newer ones before older ones."),
    }[order]


def district_word(idea: Idea) -> str:
    """The part of the city it is about."""
    return idea.district.name if idea.district else _("The whole city")


def author_word(idea: Idea) -> str:
    """Who wrote it, and in a list also what they are."""
    name = name_of(idea.author, elsewhere=idea.author_name)
    is_organisation = idea.author is not None and idea.author.is_organisation
    return _("%(name)s (organisation)", name=name) if is_organisation else name


def comments_word(comments: int) -> str:
    """34 comments; nothing for none."""
    if not comments:
        return ""
    return ngettext("%(num)s comment", "%(num)s comments", comments)


def city_word(idea: Idea, *, is_answered: bool, now: datetime) -> str:
    """What the city said and still owes, in a line."""
    due = idea.answer_due_at
    if due is None:
        return _("City replied") if is_answered else ""
    day = spoken_date(due, "d MMM")
    if due < now:
        return _("Answer overdue since %(day)s", day=day)
    if is_answered:
        return _("City replied · answer due %(day)s", day=day)
    return _("Answer due %(day)s", day=day)


def edits_word(edits: int) -> str:
    """How often the words changed after people had seen them."""
    if not edits:
        return ""
    return _("edited once") if edits == 1 else _("edited %(num)s times", num=number(edits))


def results_words(ideas: int | None, q: str, *, has_all_words: bool, is_narrowed: bool) -> str:
    """How many ideas there are, and of what; nothing for the whole board."""
    if q and ideas and not has_all_words:
        return _("No idea has all of these words. These have some of them:")
    if q:
        return ngettext("%(num)s idea for “%(q)s”", "%(num)s ideas for “%(q)s”", ideas or 0, q=q)
    if ideas is None or not is_narrowed:
        return ""
    return ngettext("%(num)s idea", "%(num)s ideas", ideas)
