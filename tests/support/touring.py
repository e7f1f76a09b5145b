"""A tour of the house in a real browser: where a role sees something of its own, and what is wrong there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.support import axe
from tests.support.browsing import Browser
from tests.support.law import ROLES, law
from tests.support.lived_in import LivedIn

KNOWN_FROM = ("guest", "resident", "moderator")
NOT_YOURS = 403
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
PART = re.compile(r"<([a-z0-9]+)([^>]*)>")
KIND = re.compile(r'\b(class|type|role|data-status)="([^"]*)"')
SEND_EMPTY = """() => {
    const form = document.querySelector("main form[method=post]:has(.field)");
    form.querySelectorAll("input:not([type=hidden]), textarea").forEach(field => field.value = "");
    form.submit();
}"""
Parts = set[Any]


class Tour:
    """Every page of the house, each seen once by those to whom it looks different.

    What guests, residents or moderators see in the same way is looked at with
    them; so are the pages of those who went before on the same tour.
    """

    def __init__(self, house: LivedIn, browse: Callable[..., Browser]) -> None:
        self.house = house
        self.browsers = {role: house.browser(browse, role) for role in ROLES}
        self.seen: dict[str, Parts] = {}
        self.known: list[str] = []

    def faults(self, chromium: Chromium, url: str, role: str) -> list[str]:
        """What is wrong on the pages that this role sees in its own way."""
        for other in KNOWN_FROM[: KNOWN_FROM.index(role)] if role in KNOWN_FROM else KNOWN_FROM:
            self.new_pages(other)
        pages = self.new_pages(role)
        with walking(chromium, url, self.browsers[role]) as walk:
            return [f"{role} at {page}: {fault}" for page in pages for fault in walk.faults_at(page)]

    def new_pages(self, role: str) -> list[str]:
        """Pages that open for this role and are made of a part that no page of their route had before."""
        if role in self.known:
            return []
        self.known.append(role)
        routes = [route for (method, route), who in law().items() if method == "GET" and role in who]
        return [at for route in routes for at in self.house.addresses(route) if self._is_new(role, route, at)]

    def _is_new(self, role: str, route: str, address: str) -> bool:
        seen = self.seen.setdefault(route, set())
        parts = parts_of(self.browsers[role], address) - seen
        seen |= parts
        return bool(parts)


def parts_of(browser: Browser, address: str) -> Parts:
    """Every kind of element in the page's contents; none for what leads elsewhere or is no page for them."""
    page = browser.visits(address)
    if page.url != address or page.response.mimetype != "text/html" or page.status == NOT_YOURS:
        return set()
    main = MAIN.search(page.html)
    assert main is not None, f"{address} has no main part"
    return {(tag, *KIND.findall(rest)) for tag, rest in PART.findall(main.group())}


class Walk:
    """One person who goes from page to page, and everything the browser complains of on the way."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.complaints: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._check_host)

    def faults_at(self, address: str) -> list[str]:
        """What is wrong on one page."""
        self.page.goto(self.url + address)
        found = axe.faults(self.page) + self.complaints
        self.complaints = []
        return found

    def faults_when_refused(self, address: str) -> list[str]:
        """The same after the page's form was sent with nothing in it; the focus is on what to change."""
        self.page.goto(self.url + address)
        with self.page.expect_navigation():
            self.page.evaluate(SEND_EMPTY)
        found = axe.faults(self.page) + self.complaints
        self.complaints = []
        if self.page.evaluate("document.activeElement.id") != "error-summary":
            found.append("the focus is not on what to change")
        return found

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "status of 4" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _check_host(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:")):
            self.complaints.append(f"a request to another host: {request.url}")


@contextmanager
def walking(chromium: Chromium, url: str, browser: Browser) -> Iterator[Walk]:
    """The person of this browser without scripts, at a real one."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    cookie = browser.client.get_cookie("session")
    if cookie is not None:
        context.add_cookies([{"name": "session", "value": cookie.value, "url": url}])
    try:
        yield Walk(context.new_page(), url)
    finally:
        context.close()
