"""The case file's sentences, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ideas.board.models import Idea, Status
from ideas.core.clock import town_now
from ideas.core.languages import ago, spoken_date
from ideas.core.languages import gettext as _
from ideas.core.text import markdown
from ideas.pipeline.models import HOLDING_ANSWERS, Answer, AnswerKind


def short_day(moment: datetime) -> str:
    """12 Dec; with the year where it is not this one."""
    style = "d MMM" if moment.year == town_now().year else "d MMM y"
    return spoken_date(moment, style)


def aside_word(status: Status) -> str:
    """What became of an idea that left the road."""
    return {
        Status.DECLINED: _("Declined"),
        Status.MERGED: _("Merged"),
        Status.WITHDRAWN: _("Withdrawn by its author"),
        Status.HIDDEN: _("Hidden"),
    }[status]


def aside_note(idea: Idea) -> str:
    """When, and where the reason stands."""
    return _("%(day)s · the reason is in the case file", day=short_day(idea.status_since))


def road() -> tuple[str, ...]:
    """The steps of every idea, in order."""
    return (_("Posted"), _("Under review"), _("Shortlist"), _("Council"), _("Delivered"))


def now_note(idea: Idea) -> str:
    """What happens at the step where the idea is."""
    day = short_day(idea.status_since)
    notes: dict[Status, Callable[[], str]] = {
        Status.WAITING: lambda: _("%(day)s · waiting for a moderator", day=day),
        Status.OPEN: lambda: _("%(day)s · gathering support", day=day),
        Status.UNDER_REVIEW: lambda: _review_note(idea),
        Status.SHORTLISTED: lambda: _("on the list since %(day)s", day=day),
        Status.BEFORE_COUNCIL: lambda: _("before the council since %(day)s", day=day),
        Status.ADOPTED: lambda: _("adopted %(day)s · work is planned", day=day),
        Status.IN_DELIVERY: lambda: _("in delivery since %(day)s", day=day),
        Status.DELIVERED: lambda: _("the city said so on %(day)s", day=day),
    }
    return notes[idea.status]()


def _review_note(idea: Idea) -> str:
    owner = idea.answer_owner.name if idea.answer_owner else _("The city")
    due = idea.answer_due_at
    if due is None:
        return _("%(department)s has answered", department=owner)
    if due < town_now():
        return _("The city owed an answer %(ago)s · %(department)s", ago=ago(due), department=owner)
    return _("%(department)s · answer due %(day)s", department=owner, day=short_day(due))


def answer_note(answer: Answer, *, moves: int) -> str:
    """What kind of answer it is and who stands for it."""
    kinds: dict[AnswerKind, Callable[[], str]] = {
        AnswerKind.HOLDING: lambda: _("Holding answer %(n)s of %(most)s", n=moves, most=HOLDING_ANSWERS),
        AnswerKind.DECIDING: lambda: _("Deciding answer"),
        AnswerKind.REPLY: lambda: _("Reply"),
    }
    return _("%(kind)s · signed: %(signature)s", kind=kinds[answer.kind](), signature=answer.signature)


def public_words(text: str | None, *, removed_at: datetime | None, why: str | None) -> str:
    """The words as safe HTML, or the dated line in their place where a law ordered them away."""
    if text is not None:
        return markdown(text)
    return markdown(
        _("These words were removed on %(day)s: %(why)s", day=spoken_date(removed_at), why=why or "")
    )
