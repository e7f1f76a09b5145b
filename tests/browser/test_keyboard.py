"""Everything a resident does, by keyboard alone, on a narrow screen: found, seen, and never lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ideas.board.queries import visible_idea
from ideas.comments.commands import post_comment
from ideas.comments.models import Stance
from ideas.core.events import relay
from ideas.core.transactions import transaction
from ideas.pipeline.commands import promote
from tests.support.keyboard import Keyboard
from tests.support.letters import code_in_mail
from tests.support.served import opened

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

TITLE = "Shade trees at the Canal Street tram stop"
BODY = "Waiting for line 4 in July means standing on bare concrete at 41 degrees."


@pytest.fixture
def benches(town: Any) -> Any:
    """An idea that somebody else posted and said something about."""
    idea, lena = town.idea("Benches along the harbour wall"), town.member("Lena S.")
    with transaction():
        post_comment(idea, by=lena, stance=Stance.FOR, body="My mother would sit there.")
    return idea


@pytest.fixture
def ana(app: Any, benches: Any, chromium: Any) -> Iterator[Keyboard]:
    """A person with a keyboard, whom nobody knows yet, 320 pixels wide."""
    with opened(app) as url:
        context = chromium.new_context(base_url=url, viewport={"width": 320, "height": 640})
        yield Keyboard(context.new_page())
        context.close()


def test_a_resident_does_everything_by_keyboard(ana, town, benches):
    she_finds_an_idea(ana)
    she_joins(ana)
    she_supports_and_withdraws(ana)
    she_comments(ana)
    she_posts_an_idea(ana)
    she_reads_her_notices(ana, benches, town)


def she_finds_an_idea(ana: Keyboard) -> None:
    ana.goes_to("/ideas").fills("Search ideas, places or people", "benches").page.keyboard.press("Enter")
    ana.waits(lambda: "q=benches" in ana.page.url, "nothing was searched")
    ana.is_still_on("Search ideas, places or people").follows("Benches along the harbour wall")
    ana.reads("My mother would sit there.")


def she_joins(ana: Keyboard) -> None:
    ana.follows("Support").follows("Join with your e-mail address")
    ana.fills("E-mail address", "ana@example.org").fills("Name", "Ana Ruiz")
    ana.presses("I am", role="checkbox", key="Space").presses("E-mail me a code").reads("Type the code")
    ana.fills("Code", code_in_mail("ana@example.org")).presses("Sign in").reads("My mother would sit there.")


def she_supports_and_withdraws(ana: Keyboard) -> None:
    ana.presses("Support").reads("Your support is kept").is_still_on("Withdraw your support")
    ana.page.keyboard.press("Space")
    ana.is_still_on("Support")
    ana.page.keyboard.press("Enter")
    ana.reads("Your support is kept").is_still_on("Withdraw your support")
    ana.presses("Follow this").is_still_on("You follow this")
    ana.page.keyboard.press("Enter")
    ana.is_still_on("Follow this")
    ana.page.keyboard.press("Enter")
    ana.is_still_on("You follow this")


def she_comments(ana: Keyboard) -> None:
    ana.presses("Helpful").is_still_on("Helpful").reads("helpful to 1")
    ana.tabs_to("", role="radio", back=True).arrows_to("Against")
    ana.fills("Your comment", "They would rust.").presses("Post this comment").reads("They would rust.")
    ana.presses("Reply", role="").fills("Your reply", "Wood, then.").presses("Post this reply").reads(
        "Wood, then."
    )


def she_posts_an_idea(ana: Keyboard) -> None:
    ana.goes_to("/").follows("Share an idea")
    ana.presses("Post this idea").reads("things to change")
    assert ana.sees_where_it_is() is not None
    ana.presses("Title", role="link")
    assert ana.stands_on() == ("textbox", "Title")
    ana.types(TITLE).fills("Your idea", BODY)
    ana.chooses("Topic", "Streets & transit").chooses("District", "Old Harbour")
    ana.presses("Post this idea").reads("Waiting for a moderator")


def she_reads_her_notices(ana: Keyboard, benches: Any, town: Any) -> None:
    maria = town.moderator()
    with transaction():
        promote(visible_idea(benches.id, to=maria), by=maria, text="Many people sit on the wall.")
    relay()
    ana.presses("Menu", role="").follows("Notices").reads("Many people sit on the wall.")
    ana.presses("Mark all as read").reads("You have seen them all.")


def test_the_skip_link_leads_to_the_content(ana):
    ana.goes_to("/ideas").page.keyboard.press("Tab")
    assert ana.stands_on() == ("link", "Skip to the content")
    assert ana.sees_where_it_is() is not None
    ana.page.keyboard.press("Enter")
    ana.page.keyboard.press("Tab")

    assert ana.page.evaluate("document.activeElement.closest('main') !== null")


def test_escape_closes_a_menu_and_leaves_the_focus_on_it(ana):
    ana.goes_to("/ideas").presses("Menu", role="").tabs_to("How it works")

    ana.page.keyboard.press("Escape")

    assert ana.page.locator("details.menu[open]").count() == 0
    ana.is_still_on("Menu")


def test_an_order_that_changes_the_list_in_place_keeps_the_focus(ana):
    ana.goes_to("/ideas").follows("Newest")

    ana.is_still_on("Newest")


def test_more_ideas_are_read_on_from_the_first_new_one(ana, town):
    for number in range(22):
        town.idea(f"Bench number {number:02}")

    ana.goes_to("/ideas?order=newest").presses("More ideas", role="link")

    ana.is_still_on("Bench number 01")
