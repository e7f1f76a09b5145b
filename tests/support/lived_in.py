"""A house where everything happened once: one of each role and of each thing, to walk through whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from werkzeug.test import TestResponse

from ideas.accounts.models import Grant, Guest, Kind, Standing
from tests.support.browsing import Browser
from tests.support.town import Town

HOLE = re.compile(r"<(?:[^:>]+:)?([^>]+)>")


@dataclass
class LivedIn:
    """People by role, and what stands in an address for each name in a route."""

    town: Town
    people: dict[str, Any]
    things: dict[str, Any] = field(default_factory=dict)

    def address(self, route: str) -> str:
        """The route with something that is there in each hole."""
        return HOLE.sub(lambda hole: str(self.things.get(hole[1], 1)), route)

    def browser(self, browse: Callable[..., Browser], role: str) -> Browser:
        """A new browser of that role."""
        person = self.people[role]
        return browse(person if person.is_authenticated else None)

    def press(self, browse: Callable[..., Browser], role: str, address: str) -> TestResponse:
        """Send an empty form with the right token; the answer as it is, not where it leads."""
        browser = self.browser(browse, role)
        form = {"csrf_token": browser.token()}
        answer: TestResponse = browser.client.post(address, data=form)
        return answer


def lived_in(town: Town) -> LivedIn:
    """Build it."""
    people = _people(town)
    return LivedIn(town, people, _things(town, people))


def _people(town: Town) -> dict[str, Any]:
    in_three_days = datetime.now(UTC) + timedelta(days=3)
    return {
        "guest": Guest(),
        "member": town.member(),
        "resident": town.resident(),
        "organisation": town.member("Repair Circle", kind=Kind.ORGANISATION),
        "suspended": town.member("Bo Lind", standing=Standing.SUSPENDED, suspended_until=in_three_days),
        "moderator": town.moderator(),
        "officer": town.officer(),
        "council_member": town.council_member(),
        "administrator": town.administrator(),
        "front_desk": town.front_desk(),
        "clerk": town.clerk(),
        "second": town.person("Nia Obi", grants=(Grant.SECOND,)),
    }


def _things(town: Town, people: dict[str, Any]) -> dict[str, Any]:
    idea = town.idea(by=people["resident"])
    return {"idea_id": idea.id, "slug": town.open_call.slug, "words": idea.slug}
