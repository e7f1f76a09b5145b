"""Nobody writes a text twice because the thing it was about is gone, or somebody else was quicker."""

from __future__ import annotations

from ideas.board.commands import withdraw_idea
from ideas.board.models import Status
from ideas.core.transactions import transaction
from tests.support.browsing import Browser
from tests.voting.pressing import fresh

WORDS = "The stop at the canal has no bench, and people of eighty wait there."


def comments(browser: Browser, idea, words: str = WORDS):
    return browser.posts(
        f"/ideas/{idea.id}/comments", {"body": words, "stance": "for", "csrf_token": browser.token()}
    )


def test_a_comment_on_an_idea_that_was_hidden_meanwhile_can_still_be_copied(town, browse):
    trees = town.idea(status=Status.HIDDEN)

    page = comments(browse(town.member()), trees)

    assert page.status == 410
    assert page.says("Nothing that you typed is lost.")
    assert page.says(WORDS)
    assert [area.get("readonly") for area in page.all("textarea")] == [""]


def test_words_without_spaces_are_words_too(town, browse):
    trees = town.idea(status=Status.HIDDEN)

    page = comments(browse(town.member()), trees, "運河沿いの停留所にはベンチがありません")

    assert page.says("運河沿いの停留所にはベンチがありません")


def test_a_reason_that_came_too_late_is_shown_with_the_sentence(town, browse):
    ana = town.resident()
    trees = town.idea(by=ana)
    browser = browse(ana)
    browser.visits(f"/ideas/{trees.id}/withdraw")
    with transaction():
        withdraw_idea(fresh(trees), by=ana, text="In another window.")

    page = browser.posts(f"/ideas/{trees.id}/withdraw", {"reason": WORDS, "csrf_token": browser.token()})

    assert page.status == 403
    assert page.says(WORDS)


def test_another_websites_words_are_not_shown_on_ours(town, browse):
    trees = town.idea()

    page = browse(town.member()).posts(
        f"/ideas/{trees.id}/comments", {"body": WORDS}, **{"Sec-Fetch-Site": "cross-site"}
    )

    assert page.status == 403
    assert not page.says(WORDS)


def test_a_password_is_never_shown_again(town, browse):
    browser = browse()

    page = browser.posts(
        "/sign-in", {"email": "nia@example.org", "password": "a b c d e f g h", "way": "password"}
    )

    assert page.status == 400
    assert page.says("nia@example.org")
    assert "a b c d e f g h" not in page.html
