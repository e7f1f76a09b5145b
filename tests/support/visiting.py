"""A person at a real browser: goes, reads, fills fields by their labels, presses by accessible names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from tests.support.post_office import PostOffice

expect.set_options(timeout=10_000)


class Visitor:
    """One person with a browser of their own."""

    def __init__(self, page: Page, url: str, office: PostOffice) -> None:
        self.page = page
        self.url = url
        self.office = office
        self.complaints: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)

    @property
    def path(self) -> str:
        """Where the person is now."""
        return self.page.url.removeprefix(self.url).split("?")[0].split("#")[0]

    def goes_to(self, path: str) -> Visitor:
        """Type an address."""
        self.page.goto(self.url + path)
        return self

    def follows(self, name: str) -> Visitor:
        """Press a link; where several have the name, the first that can be seen."""
        self._seen(self.page.get_by_role("link", name=name)).click()
        self.page.wait_for_load_state()
        return self

    def presses(self, name: str, *, within: str = "body") -> Visitor:
        """Press a button."""
        self._seen(self.page.locator(within).get_by_role("button", name=name)).click()
        self.page.wait_for_load_state()
        return self

    def opens(self, name: str) -> Visitor:
        """Unfold what is folded."""
        self._seen(self.page.locator("summary", has_text=name)).click()
        return self

    def fills(self, label: str, words: str, *, within: str = "body") -> Visitor:
        """Type into the field with this label."""
        self._seen(self.page.locator(within).get_by_label(label)).fill(words)
        return self

    def chooses(self, label: str, option: str) -> Visitor:
        """Choose from a list."""
        self._seen(self.page.get_by_label(label)).select_option(label=option)
        return self

    def ticks(self, label: str) -> Visitor:
        """Tick a box or a circle by its words."""
        self._seen(self.page.locator("label", has_text=label)).click()
        return self

    def reads(self, words: str) -> Visitor:
        """The words are on the page, or appear soon."""
        expect(self._main()).to_contain_text(words)
        return self

    def does_not_read(self, words: str) -> Visitor:
        """They are not."""
        expect(self._main()).not_to_contain_text(words)
        return self

    def signs_in(self, email: str, *, to: str = "/me") -> Visitor:
        """With a code from the mail."""
        before = len(self.office.to(email))
        self.goes_to(f"/sign-in?next={to}").fills("E-mail address", email).presses("E-mail me a code")
        return self.enters_the_code(email, after=before)

    def enters_the_code(self, email: str, *, after: int = 0) -> Visitor:
        """Type the code of the newest mail."""
        return self.fills("Code", self.office.code_for(email, after=after)).presses("Sign in", within="main")

    def _main(self) -> Locator:
        return self.page.locator("body")

    @staticmethod
    def _seen(found: Locator) -> Locator:
        return found.locator("visible=true").first


@contextmanager
def visitor(
    chromium: Browser, url: str, office: PostOffice, *, scripts: bool = True, width: int = 1280, **more: Any
) -> Iterator[Visitor]:
    """A new person, whom nobody knows yet; complaints of the browser are faults."""
    context: BrowserContext = chromium.new_context(
        java_script_enabled=scripts, viewport={"width": width, "height": 900}, **more
    )
    try:
        person = Visitor(context.new_page(), url, office)
        yield person
        assert person.complaints == []
    finally:
        context.close()
