"""The queue by keyboard: every key presses something that a mouse can press too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from ideas.comments import commands as comments
from ideas.comments.models import Stance
from ideas.core.transactions import transaction
from ideas.moderation import commands
from tests.support.browsing import Browser as Visitor
from tests.support.served import opened

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def cases(town: Any) -> list[int]:
    """Three reported comments, in the order of the queue."""
    idea, omar, lena = town.idea(), town.member(), town.member("Lena S.")
    numbers = []
    for n in range(3):
        with transaction():
            said = comments.post_comment(idea, by=omar, stance=Stance.NOTE, body=f"Comment number {n}")
        with transaction():
            numbers.append(commands.report(said, by=lena, rule="2").case_id)
    return numbers


@pytest.fixture
def desk(app: Any, town: Any, cases: list[int], chromium: Any) -> Iterator[Page]:
    """The first case of the queue, open in front of a moderator."""
    cookie = Visitor(app, town.moderator()).client.get_cookie("session")
    assert cookie is not None
    with opened(app) as origin:
        context = chromium.new_context(base_url=origin)
        context.add_cookies([{"name": "session", "value": cookie.value, "url": origin}])
        page = context.new_page()
        page.goto("/desk/queue")
        yield page
        context.close()


def test_j_and_k_walk_through_the_cases(desk, cases):
    desk.keyboard.press("j")
    desk.wait_for_url(f"**/desk/queue/{cases[1]}")

    desk.keyboard.press("k")
    desk.wait_for_url(f"**/desk/queue/{cases[0]}")


def test_a_keeps_and_goes_on_to_the_next_case(desk, cases):
    desk.keyboard.press("a")

    desk.wait_for_url(f"**/desk/queue/{cases[1]}")
    assert "Kept as it is." in desk.inner_text("#messages")


def test_h_opens_the_form_and_typing_a_text_decides_nothing(desk, cases):
    desk.keyboard.press("h")
    desk.keyboard.press("Space")
    desk.keyboard.press("Tab")
    desk.keyboard.type("jak, a text with the letters of the keys")

    assert desk.locator("textarea[name=text]").input_value() == "jak, a text with the letters of the keys"
    assert desk.locator(".case-link").count() == 3


def test_the_sheet_of_keys_switches_them_off(desk):
    desk.keyboard.press("?")
    desk.get_by_label("Use these keys in this browser").uncheck()
    desk.get_by_role("button", name="Close").click()

    desk.keyboard.press("h")

    assert desk.locator("#hide").get_attribute("open") is None


def test_the_sheet_of_keys_opens_and_closes_by_keyboard(desk):
    desk.keyboard.press("?")
    assert desk.locator("#all-keys[open]").count() == 1

    desk.keyboard.press("Escape")

    assert desk.locator("#all-keys[open]").count() == 0
