"""What the tests of shortlists and of the council share: checked ideas, votes, lists."""

from __future__ import annotations

from collections.abc import Iterable

from ideas.accounts.models import Level, Person
from ideas.board.models import Idea, Status
from ideas.core.transactions import transaction
from ideas.pipeline.commands import assess
from ideas.pipeline.models import Feasibility
from ideas.places.models import District
from ideas.shortlists.commands import add_to_shortlist, open_shortlist, send_to_council
from ideas.shortlists.models import Shortlist
from tests.support.town import Town
from tests.voting.pressing import fresh, presses

REASON = "It is checked and can be paid for."


def checked(
    town: Town,
    title: str,
    *,
    euros: int,
    voters: Iterable[Person] = (),
    district: District | None = None,
    feasibility: Feasibility = Feasibility.FEASIBLE,
) -> Idea:
    """An idea under review whose cost an officer has checked, and who supports it."""
    idea = town.idea(title, status=Status.UNDER_REVIEW, district=district)
    check(town, idea, euros=euros, feasibility=feasibility)
    for voter in voters:
        presses(idea, voter)
    return idea


def check(town: Town, idea: Idea, *, euros: int, feasibility: Feasibility = Feasibility.FEASIBLE) -> None:
    """An officer of the streets checks what it costs."""
    with transaction():
        assess(
            fresh(idea),
            by=town.officer(),
            cost_cents=euros * 100,
            feasibility=feasibility,
            text="Measured on site.",
        )


def residents(town: Town, number: int, *, district: District | None = None, level: Level = Level.VERIFIED):
    """So many residents of a district."""
    return [town.resident(f"Resident {n}", district=district, level=level) for n in range(number)]


def listed(town: Town, clerk: Person, *ideas: Idea, euros: int) -> Shortlist:
    """A shortlist of the open call with these ideas on it."""
    with transaction():
        shortlist = open_shortlist(town.open_call, by=clerk, budget_cents=euros * 100)
    for idea in ideas:
        with transaction():
            add_to_shortlist(fresh(idea), by=clerk, to=shortlist, text=REASON)
    return shortlist


def sent(town: Town, clerk: Person, *ideas: Idea, euros: int) -> Shortlist:
    """The same, before the council."""
    shortlist = listed(town, clerk, *ideas, euros=euros)
    with transaction():
        send_to_council(shortlist, by=clerk, text="The council takes it up.")
    return shortlist
