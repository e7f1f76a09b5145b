"""Every act of the law, ready to be sent: by whom, where to, and with words that somebody could type."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask

from ideas.core.db import db
from ideas.core.limits import limiter
from tests.support.browsing import Browser
from tests.support.furnished import address, in_three_days
from tests.support.hostile import Kept, hearing
from tests.support.law import law
from tests.support.lived_in import LivedIn

ROLES = (
    "resident",
    "council_member",
    "clerk",
    "front_desk",
    "officer",
    "moderator",
    "administrator",
)
REMEMBERED = {"sign_in_failure", "sign_in_code", "audit_log"}
SAYS = re.compile(
    r'class="[^"]*\b(?:error|summary|notice-risk)\b[^"]*"[^>]*>(?:<[^>]+>|\s)*[^<\s][^<]{7,}'
    r"|If you write to us about this, name"
)
ALONE = {
    "/me/password": "organisation",
    "/me/sessions/end": "second",
    "/sign-in": "guest",
    "/sign-in/code": "guest",
    "/sign-in/code/new": "guest",
    "/register": "guest",
    "/unsubscribe/<token>": "guest",
}
FORMS = {"take-off": "off-"}
FINAL = {
    "/sign-out",
    "/me/sessions/end",
    "/comments/<int:comment_id>/remove",
    "/desk/meetings/<int:meeting_id>/open",
    "/desk/meetings/<int:meeting_id>/close",
    "/desk/people/<int:person_id>/ban",
    "/desk/people/<int:person_id>/second-factor",
    "/desk/ideas/<int:idea_id>/hand-on",
    "/desk/ideas/<int:idea_id>/take-back",
    "/desk/ideas/<int:idea_id>/sign",
    "/desk/districts/<slug>/remove",
    "/desk/district-file/<digest>",
}
DAY = in_three_days()
PLAUSIBLE = {
    "title": "Shade on the way to school",
    "body": "Children walk along the canal in June, and there is no tree between the bridge and the school.",
    "text": "The department has measured it and will report in spring.",
    "reason": "not_feasible",
    "reopen_if": "the bridge is closed to lorries",
    "why": "The second paragraph names no day.",
    "words": "It names the house of a neighbour.",
    "note": "Seen twice this week.",
    "conditions": "Only with the rail on the quay side.",
    "evidence": "Minutes of the works meeting of May.",
    "summary": "Trees along every way to a school.",
    "remit": "Streets, bridges and all that stands on them.",
    "imprint": "City of Alder Bay, Quay Road 1",
    "sentence": "Walking and cycling and buses.",
    "indicator": "Trees that stand after a year",
    "place": "Between bridge and school",
    "topic": "streets",
    "district": "old-harbour",
    "call": "always-open",
    "stance": "for",
    "rule": "5",
    "verdict": "kept",
    "stand": "support",
    "ending": "declined",
    "kind": "deciding",
    "feasibility": "feasible",
    "cost": "4,000",
    "budget": "1,000",
    "department": "1",
    "department_id": "1",
    "district_id": "0",
    "program": "0",
    "to": DAY,
    "planned_on": DAY,
    "held_on": DAY,
    "until": DAY,
    "deferred_to": DAY,
    "new_due_on": DAY,
    "done_on": "2026-01-02",
    "year": "2027",
    "planned": "100",
    "spent": "50",
    "baseline": "1",
    "target": "3",
    "value": "2",
    "email": "nia@example.org",
    "display_name": "Nia Obi",
    "old_enough": "y",
    "locale": "en",
    "password": "canal tram bench oak",
    "code": "000000",
    "way": "password",
    "role": "member",
    "grants": "clerk",
    "topics": "1",
    "districts": "1",
    "registry_id": "AB 123 456",
    "age_band": "25-39",
    "population": "3000",
    "name": "Northgate",
    "zone": "Europe/Lisbon",
    "currency": "EUR",
    "languages": "en",
    "house_rules": "eu",
    "answer_days": "30",
    "moderation_hours": "8",
    "appeal_days": "180",
    "minimum_age": "14",
    "eligible_months": "24",
    "counts": "verified",
    "name_1": "Ideas",
    "ideas_1": "y",
    "seen": "1",
    "pace": "none",
}


@dataclass
class Act:
    """One act that can be sent: by whom, where to, and the fields its view asks for."""

    route: str
    where: str
    browser: Browser
    plausible: dict[str, str]
    method: str = "POST"
    status: int = 0
    words: str = ""

    def send(self, where: str = "", **more: Any) -> str:
        """Send it and return what is wrong with the answer, or nothing."""
        limiter.reset()
        db.session.remove()
        headers = {"X-CSRF-Token": self.browser.token()}
        with self.browser.app.app_context(), Kept(db.engine) as kept:
            answer = self.browser.client.open(
                where or self.where, method=self.method, headers=headers, **more
            )
        self.status, self.words = answer.status_code, answer.get_data(as_text=True)
        if self.status >= 500:
            return f"{self.status}"
        if self.status >= 400 and not SAYS.search(self.words):
            return f"{self.status} without a sentence"
        if self.status >= 400 and kept.tables - REMEMBERED:
            return f"{self.status}, but it wrote {sorted(kept.tables)}"
        if str(answer.location or "/").startswith(("//", "http", "/sign-in?next")):
            return f"leads to {answer.location}"
        return ""

    def loses(self, wrong: str) -> list[str]:
        """The words that were typed beside the wrong field and that a refusal did not show again."""
        if self.status < 400:
            return []
        shown = entities.unescape(self.words)
        typed = {name: words for name, words in self.plausible.items() if " " in words}
        return [
            name for name, words in typed.items() if name not in {wrong, "password"} and words not in shown
        ]


def every_act(app: Flask, house: LivedIn, browse: Callable[..., Browser]) -> list[Act]:
    """Every unsafe route of the law, with somebody who may come in; those without fields last."""
    routes = [(route, who) for (method, route), who in law().items() if method != "GET"]
    found = [_act(app, house, browse, route, who) for route, who in routes]
    return sorted(found, key=lambda act: not act.plausible)


def _act(app: Flask, house: LivedIn, browse: Callable[..., Browser], route: str, who: frozenset[str]) -> Act:
    role = ALONE.get(route) or next(role for role in ROLES if role in who)
    act = Act(route, address(house, route), house.browser(browse, role), {})
    if route.startswith("/sign-in/code"):
        act.send("/sign-in", data={"email": "nia@example.org"})
    if route not in FINAL:
        with hearing(app) as names:
            act.send()
        form = FORMS.get(route.rpartition("/")[2], route.rpartition("/")[2] + "-")
        own = {name for name in names if name.startswith(form)} or names
        act.plausible = {name: _plausible(house, name) for name in sorted(own)}
    return act


def _plausible(house: LivedIn, name: str) -> str:
    prefix, _, bare = name.rpartition("-")
    if bare == "idea":
        return str(house.things["off the list" if prefix == "add" else "on the list"])
    return PLAUSIBLE.get(bare, "")
