"""Home and the list of ideas."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from flask import Response, request

from ideas.accounts.queries import viewer
from ideas.accounts.rules import anyone
from ideas.board.find import Find, find_in
from ideas.board.models import Status
from ideas.board.queries import Found, found
from ideas.board.views.blueprint import bp
from ideas.board.views.finder import finder, results
from ideas.calls.models import Phase
from ideas.calls.queries import calls, current_phase, phase_steps
from ideas.core.city import city
from ideas.core.clock import town_now
from ideas.core.fragments import render_page
from ideas.core.languages import gettext as _
from ideas.core.languages import ngettext, spoken_closing
from ideas.core.limits import limiter
from ideas.core.security import requires


class Hero(NamedTuple):
    """The figures under the city's question."""

    open: int
    delivered: int
    answer_days: int


class CallCard(NamedTuple):
    """The call that is on, as pages/home.html names it."""

    label: str
    title: str
    path: str
    words: str
    phases: list[object]


@bp.get("/")
@requires(anyone)
def home() -> Response:
    """The city's question, the call that is on, and the board."""
    asked = Find()
    page = found(asked, viewer=viewer())
    return render_page(
        "pages/home.html",
        hero=_hero(page),
        call=_call_card(page, town_now()),
        find=finder(asked, page),
        results=results(asked, page),
    )


@bp.get("/ideas")
@limiter.limit("5 per second", exempt_when=lambda: not request.args.get("q"))
@requires(anyone)
def index() -> Response:
    """The board: every idea, in an order, under filters and a search text."""
    asked = find_in(request.args, is_signed_in=bool(viewer().is_authenticated))
    page = found(asked, viewer=viewer())
    return render_page(
        "board/index.html", fragment="results", find=finder(asked, page), results=results(asked, page)
    )


def _hero(page: Found) -> Hero:
    figures = {choice.value: choice.ideas or 0 for choice in page.options if choice.kind == "status"}
    return Hero(figures.get(Status.OPEN, 0), figures.get(Status.DELIVERED, 0), city().answer_days)


def _call_card(page: Found, now: datetime) -> CallCard | None:
    """The newest call that takes ideas or support now; the always-open one needs no card."""
    on = (call for call in calls() if not call.is_always_open)
    call = next((call for call in on if call.takes_ideas(now) or call.takes_support(now)), None)
    phase = current_phase(call, now) if call else None
    if call is None or phase is None:
        return None
    ideas = next(
        (choice.ideas or 0 for choice in page.options if choice.kind == "call" and choice.id == call.id), 0
    )
    so_far = ngettext("%(num)s idea so far.", "%(num)s ideas so far.", ideas)
    return CallCard(
        label=_call_label(phase, now),
        title=call.title,
        path=call.path,
        words=f"{call.summary} {so_far}".strip() if ideas else call.summary,
        phases=list(phase_steps(call, now)),
    )


def _call_label(phase: Phase, now: datetime) -> str:
    """Call for ideas · closes in 19 days"""
    kind = _("Call for ideas") if phase.accepts_ideas else phase.name
    if phase.closes_at is None:
        return kind
    days = (phase.closes_at - now).days
    if days > 60:
        return _("%(kind)s · until %(day)s", kind=kind, day=spoken_closing(phase.closes_at))
    if days < 1:
        return _("%(kind)s · closes today", kind=kind)
    return ngettext("%(kind)s · closes in %(num)s day", "%(kind)s · closes in %(num)s days", days, kind=kind)
