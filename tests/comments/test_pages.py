"""Talking under an idea at a browser."""

from __future__ import annotations

from ideas.comments import commands
from ideas.comments.models import Comment, Stance
from ideas.core.db import db
from ideas.core.transactions import transaction


def say(idea, by, body="The stop serves the clinic.", stance=Stance.FOR, parent=None):
    with transaction():
        return commands.post_comment(idea, by=by, stance=stance, body=body, parent=parent)


def test_a_member_says_something_and_everybody_reads_it(town, browse):
    idea = town.idea()

    page = browse(town.member("Lena S.")).visits(idea)
    page = page.press("Post this comment", stance="against", body="Roots near the water main.")

    assert page.says("Your comment is there for everybody to read.")
    assert browse(town.guest).visits(idea).says("1 comment · 1 against")
    assert browse(town.guest).visits(idea).says("Roots near the water main.")


def test_a_guest_is_led_to_sign_in_and_back(town, browse):
    idea = town.idea()

    page = browse(town.guest).visits(idea)

    assert page.link("Sign in to say what you think") == f"/sign-in?next={idea.path}%23say"


def test_an_empty_comment_is_refused_in_place(town, browse):
    idea = town.idea()

    page = browse(town.member()).visits(idea).press("Post this comment", body="   ")

    assert page.status == 422
    assert page.says("Write what you want to say.")


def test_a_comment_that_is_too_long_keeps_every_word(town, browse):
    idea, long = town.idea(), "Trees. " * 300

    page = browse(town.member()).visits(idea).press("Post this comment", body=long, stance="question")

    assert page.status == 422
    assert page.says("Write at most 1,500 characters.")
    assert page.says(long.strip())
    assert page.press("Post this comment", body="Shorter.").says("Your comment is there")
    assert db.session.query(Comment).one().stance is Stance.QUESTION


def test_htmx_gets_the_form_again_as_a_fragment(town, browse):
    idea = town.idea()
    browser = browse(town.member())
    token = browser.visits(idea).form_of("Post this comment")[0].find("input").get("value")

    answer = browser.posts(
        f"/ideas/{idea.id}/comments", {"csrf_token": token, "body": ""}, **{"HX-Request": "true"}
    )

    assert answer.status == 422
    assert "<html" not in answer.html
    assert answer.says("Write what you want to say.")


def test_the_eleventh_comment_in_ten_minutes_waits_and_keeps_its_words(town, browse):
    idea, lena = town.idea(), town.member("Lena S.")
    for n in range(10):
        say(idea, lena, f"Comment {n}")

    page = browse(lena).visits(idea).press("Post this comment", body="And one more thing.")

    assert page.status == 429
    assert page.response.headers["Retry-After"] == "600"
    assert page.says("You posted 10 comments within ten minutes.")
    assert page.says("And one more thing.")


def test_a_reply_stands_under_its_comment_at_its_own_address(town, browse):
    idea = town.idea()
    top = say(idea, town.member("Lena S."))

    page = browse(town.member()).visits(idea).press("Post this reply", body="And the school.")

    reply = db.session.query(Comment).filter_by(parent_id=top.id).one()
    assert page.says("And the school.")
    found = browse(town.guest).visits(f"/comments/{reply.id}")
    assert found.url == idea.path
    assert f'id="comment-{reply.id}"' in found.html


def test_a_reply_to_what_was_removed_meanwhile_keeps_its_words(town, browse):
    idea, lena = town.idea(), town.member("Lena S.")
    top = say(idea, lena)
    page = browse(town.member()).visits(idea)
    with transaction():
        commands.remove_comment(db.session.get_one(Comment, top.id), by=lena)

    answer = page.press("Post this reply", body="And the school.")

    assert answer.status == 422
    assert answer.says("And the school.")


def test_an_author_changes_and_removes_a_comment(town, browse):
    idea, lena = town.idea(), town.member("Lena S.")
    comment = say(idea, lena)
    browser = browse(lena)

    changed = browser.visits(f"/comments/{comment.id}/edit").press("Save the change", body="It serves two.")
    removed = browser.visits(f"/comments/{comment.id}/remove").press("Remove this comment")

    assert changed.says("It serves two.")
    assert removed.says("Your comment was removed.")
    assert not browse(town.guest).visits(idea).says("It serves two.")


def test_nobody_else_changes_a_comment(town, browse):
    comment = say(town.idea(), town.member("Lena S."))

    for act in ("edit", "remove"):
        assert browse(town.moderator()).visits(f"/comments/{comment.id}/{act}").status == 403


def test_a_press_says_how_many_were_helped(town, browse):
    idea = town.idea()
    say(idea, town.member("Lena S."))

    page = browse(town.member()).visits(idea).press("Helpful")

    assert page.says("Noted: this comment helped you.")
    assert page.says("helpful to 1")
    assert page.press("Helpful").says("Your press was taken back.")


def test_a_press_by_htmx_changes_in_place_and_is_said(town, browse):
    idea = town.idea()
    comment = say(idea, town.member("Lena S."))
    browser = browse(town.member())
    token = browser.visits(idea).form_of("Helpful")[0].find("input").get("value")

    answer = browser.posts(
        f"/comments/{comment.id}/helpful",
        {"csrf_token": token, "is_helpful": "yes"},
        **{"HX-Request": "true"},
    )

    assert answer.says("helpful to 1")
    assert 'data-say="Noted: this comment helped you."' in answer.html


def test_hostile_words_stay_words(town, browse):
    idea = town.idea()
    say(idea, town.member("Lena S."), '<script>alert(1)</script> <img src=x onerror="alert(2)">')

    page = browse(town.guest).visits(idea)

    assert page.says("<script>alert(1)</script>")
    assert "<img src=x" not in page.html


def test_the_comments_of_a_withdrawn_idea_are_read_and_closed(town, browse):
    from ideas.board.models import Status

    author = town.member("Ana Ruiz")
    idea = town.idea(by=author)
    say(idea, town.member("Lena S."))
    with transaction():
        from ideas.board.commands import move
        from ideas.board.models import Idea

        move(db.session.get_one(Idea, idea.id), to=Status.WITHDRAWN, by=author, text="I changed my mind.")

    page = browse(town.member()).visits(idea)

    assert page.says("The stop serves the clinic.")
    assert page.says("Comments are closed: its author withdrew this idea.")
