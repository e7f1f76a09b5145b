"""axe reads a page in a real browser as people with other senses do, and says in sentences what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]
PHONE_PX = 320
ASK = """([where, runOnly]) => axe.run(where, {
    runOnly, resultTypes: ["violations"], preload: false, iframes: false, elementRef: false
}).then(found => found.violations.map(fault => ({
    rule: fault.id, help: fault.help,
    where: fault.nodes.map(node => node.target.join(" ") + ": " +
        [...node.any, ...node.all, ...node.none].map(check => check.message).join("; ")).slice(0, 3),
})))"""
UNFOLD = "which => document.querySelectorAll(which).forEach(one => one.open = true)"
WIDTH = "document.documentElement.scrollWidth"
TOO_WIDE = """most => [...document.querySelectorAll("body *")].filter(one =>
    one.getBoundingClientRect().right > most + 0.5 || one.getBoundingClientRect().left < -0.5
).slice(-3).map(one => one.tagName.toLowerCase() + "." + one.className)"""


def faults(page: Page) -> list[str]:
    """What axe, a phone and the dark say about the page that is open; it is wide and light again after."""
    page.evaluate(SOURCE)
    page.evaluate(UNFOLD, "details:not(.menu)")
    found = _named("light", _asked(page, "tag", TAGS))
    page.emulate_media(color_scheme="dark")
    found += _named("dark", _asked(page, "rule", COLOURS))
    page.emulate_media(color_scheme="light")
    return found + _on_a_phone(page)


def _on_a_phone(page: Page) -> list[str]:
    """The same at 320 px, where menus stand open too and nothing may reach beyond the edge."""
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": PHONE_PX, "height": 640})
    found = _named("320 px", _asked(page, "tag", TAGS))
    page.evaluate(UNFOLD, "details.menu-phone")
    found += _named("320 px, menu", _asked(page, "tag", TAGS, where="header.header"))
    width = page.evaluate(WIDTH)
    if width > PHONE_PX:
        found.append(f"{width} px wide on a phone: {page.evaluate(TOO_WIDE, PHONE_PX)}")
    page.set_viewport_size(size)
    return found


def _asked(page: Page, kind: str, values: list[str], *, where: str = "html") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(ASK, [where, {"type": kind, "values": values}])
    return found


def _named(how: str, found: list[dict[str, Any]]) -> list[str]:
    return [f"{how}: {fault['rule']} ({fault['help']}) at {fault['where']}" for fault in found]
