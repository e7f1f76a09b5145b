"""A house where everything happened once: one of each role and of each thing, to walk through whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from werkzeug.test import TestResponse

from ideas.accounts.models import Grant, Guest, Kind, Standing
from ideas.board.models import Idea
from tests.support import happenings
from tests.support.browsing import Browser
from tests.support.town import Town

HOLE = re.compile(r"<(?:[^:>]+:)?([^>]+)>")


@dataclass
class LivedIn:
    """People by role, what stands in an address for each name in a route, and more addresses of a route.

    A thing is named as its hole is, or with the words of the route before it
    where that is not enough: `slug` of a call, `desk/topics/slug` of a topic.
    """

    town: Town
    people: dict[str, Any]
    things: dict[str, Any] = field(default_factory=dict)
    more: dict[str, list[str]] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)

    def address(self, route: str) -> str:
        """The route with something that is there in each hole."""
        return HOLE.sub(lambda hole: str(self._thing(hole[1], HOLE.sub("_", route[: hole.start()]))), route)

    def addresses(self, route: str) -> list[str]:
        """The same, and every other address of the route that shows something else."""
        return [self.address(route), *self.more.get(route, [])]

    def show(self, route: str, *addresses: str) -> None:
        """There is more to see at this route."""
        self.more.setdefault(route, []).extend(addresses)

    def show_idea(self, idea: Idea) -> None:
        """An idea that looks different from the others, to everybody and at the desk."""
        self.show("/ideas/<int:idea_id>-<slug>", idea.path)
        self.show("/desk/ideas/<int:idea_id>", f"/desk/ideas/{idea.id}")

    def _thing(self, name: str, before: str) -> Any:
        """What the longest name says that fits here."""
        whole = before.lstrip("/") + name
        fitting = [key for key in self.things if whole == key or whole.endswith(f"/{key}") or key == name]
        assert fitting, f"say in tests/support what stands for {name} in /{whole}"
        return self.things[max(fitting, key=len)]

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
    house = LivedIn(town, everybody(town))
    happenings.happen(house)
    return house


def everybody(town: Town) -> dict[str, Any]:
    """One of each role."""
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
