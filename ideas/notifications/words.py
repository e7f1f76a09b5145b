"""The sentences of notices and mails, in the reader's language. Plain text: whoever shows it escapes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas.core.languages import gettext as _
from ideas.core.languages import ngettext, spoken_date

if TYPE_CHECKING:
    from ideas.notifications.stories import Told


def sentence(told: Told) -> str:
    """What happened; the heading in the list and the subject of the mail."""
    return SENTENCES[told.kind](told)


def more(told: Told) -> str:
    """What belongs to it besides the public words, or nothing."""
    if told.kind != "resident.verified":
        return ""
    if not told.number:
        return _("Your votes count from now on.")
    return ngettext(
        "%(num)s vote that was kept for you counts now.",
        "%(num)s votes that were kept for you count now.",
        told.number,
    )


def because(told: Told) -> str:
    """Why this person is told."""
    about_program = told.kind.startswith(("program.", "milestone."))
    if told.role == "supporter" and about_program:
        return _("You get this because you support an idea that the program takes up.")
    return str(
        {
            "supporter": _("You get this because you support the idea."),
            "follower": _("You get this because you follow it."),
            "author": _("You get this because it is about something that you wrote."),
            "mention": _("You get this because somebody named you."),
            "reply": _("You get this because somebody replied to you."),
        }.get(told.role, _("You get this because it is about your account."))
    )


def _moved(told: Told) -> str:
    if told.to == "hidden":
        return _("An idea that you support or follow was hidden, by house rule %(rule)s", rule=told.rule)
    return f"{_thing(told)} {_became(told.to)}"


def _became(to: str) -> str:
    words = {
        "open": _("gathers support again"),
        "under_review": _("is under review"),
        "shortlisted": _("is on the shortlist"),
        "before_council": _("lies before the council"),
        "adopted": _("was adopted"),
        "in_delivery": _("is in delivery"),
        "delivered": _("is delivered, says the city"),
        "declined": _("was declined"),
        "merged": _("was merged into another idea"),
        "withdrawn": _("was withdrawn by its author"),
        "planned": _("is planned"),
        "stopped": _("was stopped"),
    }
    return str(words.get(to, _("moved on")))


def _thing(told: Told) -> str:
    if not told.title:
        return _("An idea that you support or follow")
    if told.role == "author":
        return _("Your idea “%(title)s”", title=told.title)
    if told.role == "supporter":
        return _("“%(title)s”, which you support,", title=told.title)
    return _("“%(title)s”, which you follow,", title=told.title)


def _answered(told: Told) -> str:
    if told.role == "author":
        return _("The city answered your idea “%(title)s”", title=told.title)
    if told.role == "supporter":
        return _("The city answered “%(title)s”, which you support", title=told.title)
    return _("The city answered “%(title)s”, which you follow", title=told.title)


def _deferred(told: Told) -> str:
    return _(
        "%(thing)s was deferred by the council until %(day)s", thing=_thing(told), day=spoken_date(told.on)
    )


def _commented(told: Told) -> str:
    said = {"who": told.who or _("A former member"), "title": told.title}
    if told.role == "reply":
        return _("%(who)s replied to your comment on “%(title)s”", **said)
    if told.role == "mention":
        return _("%(who)s named you in a comment on “%(title)s”", **said)
    return _("%(who)s commented on your idea “%(title)s”", **said)


def _program_moved(told: Told) -> str:
    return _("The program “%(title)s” %(became)s", title=told.title, became=_became(told.to))


def _updated(told: Told) -> str:
    return _("News of “%(title)s”: %(what)s", title=told.title, what=told.what)


def _slipped(told: Told) -> str:
    day = spoken_date(told.on)
    return _(
        "“%(what)s” of the program “%(title)s” moves to %(day)s", what=told.what, title=told.title, day=day
    )


def _done(told: Told) -> str:
    return _("“%(what)s” of the program “%(title)s” is done", what=told.what, title=told.title)


def _decided(told: Told) -> str:
    if told.to == "hidden" and told.of == "comment":
        return _("A moderator hid your comment, by house rule %(rule)s", rule=told.rule)
    if told.to == "hidden":
        return _("A moderator hid your idea, by house rule %(rule)s", rule=told.rule)
    if told.to == "restored" and told.of == "comment":
        return _("Your comment is back")
    return _("Your idea “%(title)s” is on the board", title=told.title)


def _verified(_told: Told) -> str:
    return _("The city has verified that you live here")


SENTENCES = {
    "idea.moved": _moved,
    "answer.published": _answered,
    "result.recorded": _deferred,
    "comment.posted": _commented,
    "program.moved": _program_moved,
    "program.updated": _updated,
    "milestone.slipped": _slipped,
    "milestone.done": _done,
    "case.decided": _decided,
    "resident.verified": _verified,
}
