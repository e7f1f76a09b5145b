"""A person with a keyboard and nothing else: tabs, types, presses Enter, and always sees where they are."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page

MOST_TABS = 150
PATIENCE_S = 10.0
NAMED = re.compile(r'^- ["\']?(?:/)?(\w+)(?: "((?:[^"\\]|\\.)*)")?')
IN_CHANGE = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"
LOOK = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const label = one.closest("label");
    const ring = style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const box = (label ?? one).getBoundingClientRect();
    return {
        marked: [one, one.nextElementSibling, label].filter(Boolean).map(part => getComputedStyle(part))
            .some(style => ring(style) || style.boxShadow !== "none"),
        inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        what: one.outerHTML.slice(0, 120),
    };
}"""


class Keyboard:
    """One person at one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def goes_to(self, address: str) -> Keyboard:
        """Type an address."""
        self.page.goto(address)
        return self

    def tabs_to(self, name: str, *, role: str = "", back: bool = False) -> Keyboard:
        """Go on until something with this name has the focus, which is seen at each step."""
        passed = []
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            if self.sees_where_it_is() is None:
                continue
            here, called = self.stands_on()
            if called.startswith(name) and role in {"", here}:
                return self
            passed.append(called)
        raise AssertionError(f"no “{name}” within {MOST_TABS} tabs of {self.page.url}: {passed}")

    def stands_on(self) -> tuple[str, str]:
        """Role and accessible name of what has the focus, as a screen reader has them."""
        focus = self.page.locator(":focus")
        found = NAMED.match(focus.aria_snapshot())
        if found is None or found[1] == "text":
            return "", focus.inner_text().strip()
        return found[1], (found[2] or "").replace('\\"', '"')

    def sees_where_it_is(self) -> str | None:
        """What has the focus, with a mark around it and in sight; None at the end of the page."""
        look = self.page.evaluate(LOOK)
        if look is None:
            return None
        assert look["marked"], f"the focus does not show on {look['what']}"
        assert look["inView"], f"the focus is out of sight on {look['what']}"
        what: str = look["what"]
        return what

    def types(self, words: str) -> Keyboard:
        """Type into what has the focus, in the place of what was there."""
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(words)
        return self

    def fills(self, label: str, words: str) -> Keyboard:
        """Tab to a field and type."""
        return self.tabs_to(label).types(words)

    def chooses(self, label: str, option: str) -> Keyboard:
        """Tab to a list and type the beginning of an option."""
        self.tabs_to(label, role="combobox")
        self.page.keyboard.type(option)
        chosen = self.page.evaluate("document.activeElement.selectedOptions[0].text.trim()")
        assert chosen.startswith(option), f"{label}: {chosen}"
        return self

    def arrows_to(self, name: str) -> Keyboard:
        """Go with the arrow keys to one of a group of circles."""
        for _ in range(10):
            if self.stands_on()[1].startswith(name):
                self.page.keyboard.press("Space")
                return self
            self.page.keyboard.press("ArrowRight")
            self.sees_where_it_is()
        raise AssertionError(f"no “{name}” in the group")

    def presses(self, name: str, *, role: str = "button", key: str = "Enter") -> Keyboard:
        """Tab to it, and press it."""
        self.tabs_to(name, role=role)
        self.page.keyboard.press(key)
        return self

    def follows(self, name: str) -> Keyboard:
        """Tab to a link, and follow it."""
        before = self.page.url
        self.presses(name, role="link")
        return self.waits(lambda: self.page.url != before, f"“{name}” led nowhere")

    def reads(self, words: str) -> Keyboard:
        """The words are on the page, or appear soon."""
        return self.waits(lambda: words in self.page.locator("body").inner_text(), f"“{words}” is not there")

    def is_still_on(self, name: str) -> Keyboard:
        """Something changed in place, and the focus is on what stands there now."""
        self.waits(lambda: self._is_on(name), f"the focus is not on “{name}”")
        assert self.sees_where_it_is() is not None
        return self

    def _is_on(self, name: str) -> bool:
        """No hand is as quick as the 20 ms in which htmx settles what it put there."""
        settled = self.page.locator(IN_CHANGE).count() == 0 and self.page.evaluate(LOOK) is not None
        return settled and self.stands_on()[1].startswith(name)

    def waits(self, until: Callable[[], bool], otherwise: str) -> Keyboard:
        """For something that happens soon."""
        deadline = time.monotonic() + PATIENCE_S
        while not until():
            assert time.monotonic() < deadline, otherwise
            self.page.wait_for_timeout(20)
        self.page.wait_for_load_state()
        return self
