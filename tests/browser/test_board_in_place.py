"""The board in a real browser: on a phone, and changing in place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ideas.board.commands import post_idea
from ideas.calls.models import Call, Phase
from ideas.core.clock import clock_bound_to, town_now
from ideas.core.db import db
from ideas.core.transactions import transaction
from tests.support.served import opened

LONG_WORD = "Straßenbahnhaltestellenwartehäuschenbegrünungsförderprogramm"
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def board(app: Any, town: Any, chromium: Any) -> Iterator[Page]:
    """25 ideas and a call that is on, on a phone, in front of a guest."""
    _call()
    _ideas(town)
    with opened(app) as origin:
        context = chromium.new_context(base_url=origin, viewport={"width": 390, "height": 844})
        yield context.new_page()
        context.close()


def _call() -> None:
    with transaction():
        now = town_now()
        call = Call(slug="cooler", title="A cooler city by 2028", summary="For shade.", created_at=now)
        db.session.add(call)
        db.session.flush()
        closes = now + timedelta(days=19)
        db.session.add(
            Phase(
                call_id=call.id, position=1, name="Ideas", accepts_ideas=True, opens_at=now, closes_at=closes
            )
        )


def _ideas(town: Any) -> None:
    with transaction():
        now = town_now()
    people = [town.moderator() for _ in range(4)]
    for n in range(25):
        with clock_bound_to(now - timedelta(days=25 - n)), transaction():
            post_idea(
                by=people[n // 8],
                title=f"{'Shade trees along street' if n else LONG_WORD} number {n:02}",
                body="Forty characters are needed, so here are some more of them.",
                topic=town.transit if n % 2 else town.parks,
                district=town.harbour,
                call=town.open_call,
            )


def test_on_a_phone_the_first_idea_begins_within_480_pixels(board):
    board.goto("/")

    box = board.locator("article").first.bounding_box()

    assert box is not None
    assert box["y"] <= 480


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/ideas",
        "/ideas?q=stra%C3%9Fenbahn",
        "/ideas?q=nothing+here",
        "/ideas/1",
        "/ideas/1/case-file",
        "/ideas/new",
    ],
)
def test_nothing_is_wider_than_the_narrowest_phone(board, address):
    board.set_viewport_size({"width": 320, "height": 640})

    board.goto(address)

    assert board.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_filter_changes_list_and_figures_in_place_and_stands_in_the_address(board):
    board.goto("/ideas")
    board.locator(".filters > summary").click()

    board.get_by_label("Parks & nature").check()

    expect(board.locator("article")).to_have_count(13)
    expect(board.locator("#results h2").first).to_have_text("13 ideas")
    expect(board.locator("#filters-on")).to_have_text("(1)")
    expect(board.locator("#count-district-old-harbour")).to_have_text("13")
    assert "topic=parks" in board.url


def test_more_ideas_follow_those_that_are_there(board):
    board.goto("/ideas")

    board.get_by_role("link", name="More ideas").click()

    expect(board.locator("article")).to_have_count(25)
    expect(board.get_by_role("link", name="More ideas")).to_have_count(0)


def test_typing_searches_without_losing_the_place(board):
    board.goto("/ideas")

    board.get_by_label("Search ideas, places or people").press_sequentially("number 07", delay=20)

    expect(board.locator("article")).to_have_count(1)
    assert board.evaluate("document.activeElement.id") == "q"


def test_going_back_shows_the_list_as_it_was(board):
    board.goto("/ideas")
    board.get_by_role("link", name="Newest").click()
    expect(board.locator("article h3").first).to_have_text("Shade trees along street number 24")
    board.locator("article h3 a").nth(2).click()
    board.wait_for_url("**/ideas/23-*")

    board.go_back()

    expect(board.locator("article h3").first).to_have_text("Shade trees along street number 24")
    assert "order=newest" in board.url
