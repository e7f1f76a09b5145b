"""The words of the desk: what a case is, why it is here, what was decided."""

from __future__ import annotations

from datetime import datetime, timedelta

from babel.dates import format_timedelta

from ideas.accounts.models import Level, Person
from ideas.core.languages import gettext as _
from ideas.core.languages import locale_code, ngettext
from ideas.moderation.house_rules import rule_title
from ideas.moderation.models import CaseKind, Verdict


def age(distance: timedelta) -> str:
    """5 hr, 40 min, 3 days."""
    return format_timedelta(distance, format="short", threshold=1.2, locale=locale_code().replace("-", "_"))


def queue(count: int, oldest: str, promised_hours: int) -> str:
    """14 cases · oldest 5 h · promised within 8 working hours"""
    promise = ngettext(
        "promised within %(num)d working hour", "promised within %(num)d working hours", promised_hours
    )
    if not count:
        return promise
    cases = ngettext("%(num)s case", "%(num)s cases", count)
    return " · ".join((cases, _("oldest %(age)s", age=oldest), promise))


def thing(*, is_comment: bool) -> str:
    """What a decision was about."""
    return _("A comment") if is_comment else _("An idea")


def kind(value: str) -> str:
    """Why something came to the desk, in few words."""
    return {
        CaseKind.FIRST_IDEA: _("the first of its author"),
        CaseKind.REPORTED: _("reported"),
        CaseKind.EDIT_AFTER_VOTES: _("title changed after votes"),
    }[CaseKind(value)]


def kind_line(value: CaseKind, *, is_comment: bool, where: str | None) -> str:
    """Comment · Quay Road"""
    first = {
        CaseKind.FIRST_IDEA: _("Idea · waiting"),
        CaseKind.REPORTED: _("Comment") if is_comment else _("Idea"),
        CaseKind.EDIT_AFTER_VOTES: _("Edit after votes"),
    }[value]
    return f"{first} · {where}" if where else first


def quoted(text: str) -> str:
    """The words between the marks of speech."""
    return _("“%(text)s”", text=text)


def about(reports: int, waiting: str) -> str:
    """2 reports · 40 min"""
    if not reports:
        return waiting
    return f"{ngettext('%(num)d report', '%(num)d reports', reports)} · {waiting}"


def pill(value: CaseKind, reported_rule: str | None) -> tuple[str, str]:
    """The pill of a case in the list: its words, and the status whose colours it takes."""
    if value is CaseKind.REPORTED:
        return rule_title(reported_rule or ""), "waiting"
    if value is CaseKind.FIRST_IDEA:
        return _("Publish it?"), "in_delivery"
    return _("Read the change"), "shortlisted"


def member_since(person: Person | None, now: datetime) -> str:
    """How long somebody has been here."""
    if person is None:
        return ""
    long = format_timedelta(
        now - person.joined_at, threshold=1.2, locale=locale_code().replace("-", "_"), granularity="day"
    )
    return _("member for %(time)s", time=long)


def no_author() -> str:
    """The record of nobody."""
    return _("Nobody with an account here wrote this.")


def record(
    *, comments: int, ideas: int, supporters: int, level: Level | None, hidden: list[tuple[str, int]]
) -> str:
    """12 comments. 2 ideas, 31 supporters. 1 hidden before (off topic). Verified resident."""
    home = _("Not a resident yet.")
    if level is not None:
        home = _("Verified resident.") if level is Level.VERIFIED else _("Attested resident.")
    said = [ngettext("%(num)d comment.", "%(num)d comments.", comments)]
    written = ngettext("%(num)d idea", "%(num)d ideas", ideas)
    backed = ngettext("%(num)s supporter", "%(num)s supporters", supporters)
    said.append(f"{written}, {backed}." if ideas else f"{written}.")
    if hidden:
        total = sum(count for _rule, count in hidden)
        rules = ", ".join(rule_title(rule).lower() for rule, _count in hidden)
        said.append(
            ngettext(
                "%(num)d hidden before (%(rules)s).", "%(num)d hidden before (%(rules)s).", total, rules=rules
            )
        )
    else:
        said.append(_("Nothing hidden before."))
    return " ".join((*said, home))


def your_own() -> str:
    """Why somebody cannot decide a case they can see."""
    return _("You wrote this yourself, so a colleague decides.")


def reported(name: str, rule: str, text: str) -> str:
    """Reported by Lena S.: personal attack. “They want to drown people.”"""
    said = _("Reported by %(name)s: %(rule)s", name=name, rule=rule_title(rule).lower())
    return f"{said}. {quoted(text)}" if text else said


def changed_since() -> str:
    """A warning that the words are not those that were reported."""
    return _("Its author changed the words after the first report.")


def reason(value: CaseKind) -> str:
    """Why something is here that nobody reported."""
    return {
        CaseKind.FIRST_IDEA: _("It is the first idea of its author. It is published when you say so."),
        CaseKind.EDIT_AFTER_VOTES: _("Its title was changed after people had supported it."),
    }.get(value, "")


def posted() -> str:
    """A step of the history."""
    return _("Posted")


def edited() -> str:
    """A step of the history."""
    return _("Changed by its author")


def was_reported() -> str:
    """A step of the history."""
    return _("Reported")


def came_to_the_desk() -> str:
    """A step of the history."""
    return _("Came to the desk")


def waits_for_you() -> str:
    """The step that is now."""
    return _("Waits for a decision")


def when(moment: str, name: str) -> str:
    """The moment, and whose act it was."""
    return f"{moment}, {name}" if name else moment


def verdict(value: Verdict, rule_number: str = "") -> str:
    """Hidden: personal attack (rule 2)"""
    said = {
        Verdict.PUBLISHED: _("Published"),
        Verdict.KEPT: _("Kept"),
        Verdict.HIDDEN: _("Hidden"),
        Verdict.RESTORED: _("Put back"),
    }[value]
    return f"{said}: {rule(rule_number).lower()}" if rule_number else said


def rule(rule_number: str) -> str:
    """Personal attack (rule 2); empty where no rule was named."""
    if not rule_number:
        return ""
    return _("%(title)s (rule %(number)s)", title=rule_title(rule_number), number=rule_number)
