"""A program's sentences, in the reader's language: what its pages show, ready to print."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ideas.accounts.words import name_of
from ideas.core.languages import gettext as _
from ideas.core.languages import money, ngettext, spoken_date
from ideas.core.text import excerpt, markdown
from ideas.programs.models import ProgramStatus, Slip, Source
from ideas.programs.queries import GOING, Card, News, Step, Whole

SHORT_EVIDENCE = 100


class CardWords(NamedTuple):
    """A card of programs/index.html."""

    id: int
    title: str
    path: str
    status: str
    summary: str
    department: str
    district: str
    sources: str
    done: int
    milestones: int
    next: str
    next_is_late: bool


class MilestoneWords(NamedTuple):
    """A step of programs/_milestones.html."""

    id: int
    title: str
    state: str
    note: str
    slips: list[str]
    evidence: str


class NewsWords(NamedTuple):
    """An update of programs/show.html."""

    id: str
    title: str
    meta: str
    body: str


class SourceWords(NamedTuple):
    """An idea that a program comes from."""

    title: str
    path: str
    facts: str
    not_taken: str


class Next(NamedTuple):
    """The milestone that comes now."""

    title: str
    date: str
    slip_words: str


class Say(NamedTuple):
    """What residents say about it."""

    number: str
    words: str


class Stats(NamedTuple):
    """The figures on top of a program's page."""

    done: int
    milestones: int
    next: Next | None
    spent: str
    planned: str
    say: Say


class Year(NamedTuple):
    """One row of the budget."""

    year: int
    planned: str
    spent: str


def card(held: Card, *, today: date) -> CardWords:
    """What a card says."""
    program, step = held.program, held.steps.next
    late = step is not None and step.forecast_on < today
    return CardWords(
        id=program.id,
        title=program.title,
        path=program.path,
        status=program.status,
        summary=excerpt(program.summary, 140),
        department=program.department.name,
        district=program.district.name if program.district else "",
        sources=from_ideas(held.sources),
        done=held.steps.done,
        milestones=held.steps.all,
        next=_next_words(step.title, step.forecast_on, late=late) if step and program.status in GOING else "",
        next_is_late=late and program.status in GOING,
    )


def _next_words(title: str, day: date, *, late: bool) -> str:
    words = _("late: %(title)s, was due %(day)s") if late else _("Next: %(title)s, %(day)s")
    return words % {"title": title, "day": spoken_date(day, "d MMM y")}


def from_ideas(count: int) -> str:
    """Where a program comes from, in a few words."""
    if not count:
        return _("begun by the city")
    return ngettext("from %(num)s resident’s idea", "from %(num)s residents’ ideas", count)


def stats(held: Whole) -> Stats:
    """The figures on top."""
    step, sums = held.next, held.money
    return Stats(
        done=held.done,
        milestones=len(held.steps),
        next=_next(step) if step and held.program.status in GOING else None,
        spent=money(sums.spent),
        planned=money(sums.planned) if sums.planned else "",
        say=_say(held.program.status),
    )


def _next(step: Step) -> Next:
    row = step.milestone
    late = _("this day has passed") if step.state == "overdue" else moved_by(row.planned_on, row.forecast_on)
    return Next(row.title, spoken_date(row.forecast_on, "d MMM y"), late)


def moved_by(planned: date, forecast: date) -> str:
    """“moved 3 weeks”, or nothing where the plan holds."""
    days = (forecast - planned).days
    if days == 0:
        return ""
    if days < 0:
        return ngettext("%(num)d day earlier", "%(num)d days earlier", -days)
    if days < 14:
        return ngettext("moved %(num)d day", "moved %(num)d days", days)
    if days < 61:
        return ngettext("moved %(num)d week", "moved %(num)d weeks", round(days / 7))
    return ngettext("moved %(num)d month", "moved %(num)d months", round(days / 30.4))


def _say(status: ProgramStatus) -> Say:
    if status is ProgramStatus.DELIVERED:
        return Say("—", _("nobody was asked yet"))
    if status is ProgramStatus.STOPPED:
        return Say("—", _("the work was stopped"))
    return Say("—", _("asked when the city says it is done"))


def milestone(step: Step) -> MilestoneWords:
    """A step with its dates; short evidence stands in the line, long one behind a press."""
    row = step.milestone
    inline = len(row.evidence) <= SHORT_EVIDENCE and "\n" not in row.evidence
    note = " · ".join(
        filter(None, [*_dates(step), row.evidence if inline and "://" not in row.evidence else ""])
    )
    is_in_note = bool(row.evidence) and note.endswith(row.evidence)
    earlier = step.slips if row.done_on else step.slips[:-1]
    return MilestoneWords(
        id=row.id,
        title=row.title,
        state=step.state,
        note=note,
        slips=[_slip(slip) for slip in earlier],
        evidence="" if is_in_note or not row.evidence else markdown(row.evidence),
    )


def _dates(step: Step) -> list[str]:
    """“planned 25 Jan → now 15 Feb 2027: gas main found under the kerb”, or planned and done."""
    row = step.milestone
    if row.done_on:
        return [
            _("planned %(day)s", day=_beside(row.planned_on, row.done_on)),
            _("done %(day)s", day=spoken_date(row.done_on, "d MMM y")),
        ]
    passed = [_("this day has passed")] if step.state == "overdue" else []
    if not step.slips:
        return [_("planned %(day)s", day=spoken_date(row.planned_on, "d MMM y")), *passed]
    moved = _(
        "planned %(before)s → now %(after)s: %(reason)s",
        before=_beside(row.planned_on, row.forecast_on),
        after=spoken_date(row.forecast_on, "d MMM y"),
        reason=step.slips[-1].reason,
    )
    return [moved, *passed]


def _slip(slip: Slip) -> str:
    return _(
        "moved from %(before)s to %(after)s: %(reason)s",
        before=_beside(slip.from_on, slip.to_on),
        after=spoken_date(slip.to_on, "d MMM y"),
        reason=slip.reason,
    )


def _beside(day: date, other: date) -> str:
    """A day without its year where the other one beside it says the year."""
    return spoken_date(day, "d MMM" if day.year == other.year else "d MMM y")


def news(entry: News, *, department: str) -> NewsWords:
    """An update, or a change of status as one."""
    titles = {
        ProgramStatus.PLANNED: _("Back to planning"),
        ProgramStatus.IN_DELIVERY: _("In delivery: the work has begun"),
        ProgramStatus.DELIVERED: _("Delivered, says the city"),
        ProgramStatus.STOPPED: _("Stopped"),
    }
    return NewsWords(
        id=str(entry.id) if entry.kind == "update" else f"move-{entry.id}",
        title=titles[entry.status] if entry.status else entry.title,
        meta=f"{spoken_date(entry.at, 'd MMM y')} · {department}",
        body=markdown(entry.body),
    )


def source(row: Source) -> SourceWords:
    """An idea: whose it is, how many support it, what was taken."""
    idea = row.idea
    author = name_of(idea.author, elsewhere=idea.author_name)
    residents = ngettext("%(num)s resident", "%(num)s residents", idea.tally.counted)
    facts = [author, residents, excerpt(row.taken, 160)]
    return SourceWords(idea.title, idea.path, " · ".join(filter(None, facts)), row.not_taken)


def years(held: Whole) -> list[Year]:
    """The budget, year by year."""
    return [Year(row.year, money(row.planned_cents), money(row.spent_cents)) for row in held.years]
