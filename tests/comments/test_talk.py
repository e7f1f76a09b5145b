"""What people say under an idea, and how it is read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ideas.accounts.models import Guest, Kind
from ideas.board.models import Status
from ideas.comments import commands, queries
from ideas.comments.models import Comment, CommentState, Stance, TalkCount
from ideas.core.city import city
from ideas.core.clock import clock_bound_to, town_now
from ideas.core.db import db
from ideas.core.errors import Missing, NotAllowed, TooLate
from ideas.core.transactions import transaction


@pytest.fixture(autouse=True)
def _asked_by_somebody(app):
    """Words are chosen in the language of a request."""
    with app.test_request_context("/"):
        yield


def say(idea, by, body="The stop serves the clinic.", stance=Stance.FOR, parent=None, **more):
    with transaction():
        return commands.post_comment(idea, by=by, stance=stance, body=body, parent=parent, **more)


def neighbours(town, many=5):
    """People enough to say many things: nobody says more than ten in ten minutes."""
    return [town.member(f"Neighbour {number}") for number in range(many)]


def talk(idea, viewer=None, **more):
    db.session.expire_all()
    found = queries.talk(town_idea(idea), viewer or Guest(), **more)
    db.session.commit()
    return found


def later(**distance):
    moment = town_now() + timedelta(**distance)
    db.session.commit()
    return moment


def town_idea(idea):
    from ideas.board.queries import visible_idea

    return visible_idea(idea.id, to=Guest())


def test_a_comment_is_there_at_once_and_counted_by_its_stance(town):
    idea, lena = town.idea(), town.member("Lena S.")

    say(idea, lena, stance=Stance.FOR)
    say(idea, lena, "Who waters them?", Stance.QUESTION)

    found = talk(idea)
    assert found.words == "2 comments · 1 for · 1 question"
    assert [comment.stance_word for comment in found.comments] == ["Question", "For"]


def test_an_idea_without_comments_has_an_empty_talk(town):
    found = talk(town.idea())

    assert found.comments == []
    assert found.words == ""


def test_a_reply_to_a_reply_hangs_on_the_first_comment(town):
    idea, lena, omar = town.idea(), town.member("Lena S."), town.member()
    top = say(idea, lena)
    reply = say(idea, omar, "And the school.", Stance.NOTE, parent=top)

    deeper = say(idea, lena, "True.", Stance.NOTE, parent=reply)

    assert deeper.parent_id == top.id
    assert [one.id for one in talk(idea).comments[0].replies] == [reply.id, deeper.id]


def test_three_replies_are_shown_and_the_others_are_one_press_away(town):
    idea, lena = town.idea(), town.member("Lena S.")
    top = say(idea, lena)
    replies = [say(idea, lena, f"Reply {n}", Stance.NOTE, parent=top) for n in range(5)]

    first = talk(idea).comments[0]
    opened = talk(idea, thread=str(top.id)).comments[0]

    assert [one.id for one in first.replies] == [one.id for one in replies[:3]]
    assert first.more_replies_words == "2 more replies"
    assert first.more_replies_url == f"{idea.path}?thread={top.id}#comment-{top.id}"
    assert [one.id for one in opened.replies] == [one.id for one in replies]
    assert opened.more_replies_url == ""


@pytest.mark.parametrize("order", ["newest", "oldest", "helpful"])
def test_paging_shows_each_comment_once_in_every_order(town, order):
    idea, people = town.idea(), neighbours(town)
    said = [say(idea, people[n % 5], f"Comment {n}") for n in range(45)]
    with transaction():
        for n, comment in enumerate(said):
            db.session.get_one(Comment, comment.id).helpful = n % 4

    seen, after = [], None
    for _page in range(3):
        found = talk(idea, order=order, after=after)
        seen += [comment.id for comment in found.comments]
        after = found.older_url.partition("after=")[2].partition("#")[0]

    assert after == ""
    assert sorted(seen) == [comment.id for comment in said]
    if order != "helpful":
        assert seen == sorted(seen, reverse=order == "newest")


@pytest.mark.parametrize(("order", "after", "thread"), [("worst", "x", "y"), ("newest", "WzFd", "9-9-9")])
def test_nonsense_in_the_address_shows_the_beginning(town, order, after, thread):
    idea = town.idea()
    comment = say(idea, town.member())

    found = talk(idea, order=order, after=after, thread=thread)

    assert [one.id for one in found.comments] == [comment.id]


def test_the_talk_costs_three_statements_for_twenty_comments_with_replies_and_presses(town, count_queries):
    idea, people, omar = town.idea(), neighbours(town, many=6), town.member()
    for n in range(22):
        top = say(idea, people[n % 3], f"Comment {n}", Stance.FOR if n % 2 else Stance.AGAINST)
        say(idea, people[3 + n % 3], "Reply", Stance.NOTE, parent=top)
        with transaction():
            commands.press_helpful(top, by=omar, is_helpful=True)
    shown = town_idea(idea)
    city()  # kept by each process from its first page on

    with count_queries() as asked:
        found = queries.talk(shown, omar)

    assert len(found.comments) == 20
    assert asked.number <= 3, str(asked)


def test_staff_council_and_organisations_are_named_in_words(town):
    idea = town.idea()
    say(idea, town.officer())
    say(idea, town.moderator())
    say(idea, town.council_member())
    say(idea, town.member("Harbour Traders", kind=Kind.ORGANISATION))
    say(idea, town.member("Lena S."))

    badges = [comment.badge for comment in talk(idea, order="oldest").comments]

    assert badges == ["Streets Department", "Moderator", "Council member", "Organisation", ""]


def test_the_strongest_points_are_two_by_presses_and_one_that_few_have_judged(town):
    idea, lena = town.idea(), town.member("Lena S.")
    strong, weaker, weak, new = (say(idea, lena, words) for words in ("Clinic", "School", "Shops", "Benches"))
    with transaction():
        for comment, yes, no in ((strong, 41, 1), (weaker, 29, 3), (weak, 10, 20)):
            row = db.session.get_one(Comment, comment.id)
            row.helpful, row.not_helpful = yes, no
    against = say(idea, lena, "Roots near the main", Stance.AGAINST)

    found = talk(idea)

    assert [point.body for point in found.points_for] == ["Clinic", "School", "Benches"]
    assert found.points_for[0].helpful == "helpful to 41"
    assert [point.href for point in found.points_against] == [f"/comments/{against.id}"]
    assert new.id


def test_a_press_counts_once_per_person_is_switched_and_taken_back(town):
    idea, omar = town.idea(), town.member()
    comment = say(idea, town.member("Lena S."))

    def press(is_helpful):
        with transaction():
            commands.press_helpful(comment, by=omar, is_helpful=is_helpful)
        row = db.session.get_one(Comment, comment.id, populate_existing=True)
        db.session.commit()
        return row.helpful, row.not_helpful

    assert press(True) == (1, 0)
    assert press(False) == (0, 1)
    assert press(False) == (0, 0)
    assert press(True) == (1, 0)
    assert talk(idea, omar).comments[0].pressed is True


def test_nobody_presses_under_their_own_comment(town):
    lena = town.member("Lena S.")
    comment = say(town.idea(), lena)

    with pytest.raises(NotAllowed), transaction():
        commands.press_helpful(comment, by=lena, is_helpful=True)


def test_a_young_comment_changes_silently_and_an_older_one_says_so(town):
    idea, lena = town.idea(), town.member("Lena S.")
    comment = say(idea, lena)

    with clock_bound_to(later(minutes=14)), transaction():
        commands.edit_comment(comment, by=lena, stance=Stance.AGAINST, body="On second thought, no.")
    young = talk(idea)
    with clock_bound_to(later(minutes=16)), transaction():
        commands.edit_comment(comment, by=lena, stance=Stance.AGAINST, body="No, and no.")

    assert young.words == "1 comment · 1 against"
    assert "edited" not in young.comments[0].posted
    assert talk(idea).comments[0].posted.endswith("edited")


def test_a_removed_comment_disappears_unless_somebody_replied(town):
    idea, lena, omar = town.idea(), town.member("Lena S."), town.member()
    alone, answered = say(idea, lena, "Alone"), say(idea, lena, "Answered")
    say(idea, omar, "Why?", Stance.NOTE, parent=answered)

    with transaction():
        commands.remove_comment(alone, by=lena)
        commands.remove_comment(answered, by=lena)

    found = talk(idea)
    assert [comment.is_gone for comment in found.comments] == ["Removed by its author"]
    assert found.comments[0].body == ""
    assert found.words == "1 comment"


def test_a_hidden_comment_says_the_rule_in_its_place(town):
    idea = town.idea()
    comment = say(idea, town.member(), "Into the harbour with them.")

    with transaction():
        commands.hide_comment(comment, rule="2")

    found = talk(idea)
    assert found.comments[0].is_gone == "Hidden by a moderator: personal attack (rule 2)"
    assert "harbour" not in found.comments[0].body
    assert db.session.get_one(TalkCount, idea.id, populate_existing=True).comments == 0


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.WAITING])
def test_comments_are_closed_where_the_idea_is_not_open_to_talk(town, status):
    idea = town.idea(by=town.member("Ana Ruiz"), status=status)

    with pytest.raises(TooLate), transaction():
        commands.post_comment(idea, by=town.member(), stance=Stance.NOTE, body="Hello there")


def test_a_reply_belongs_under_its_own_idea(town):
    elsewhere = say(town.idea(), town.member())

    with pytest.raises(Missing):
        say(town.idea("Another idea of the town"), town.member(), parent=elsewhere)


def test_the_first_comment_of_a_resident_warms_the_idea_and_others_do_not(town):
    idea, ana, omar = town.idea(), town.resident("Ana Ruiz"), town.member()

    def warmth():
        from ideas.board.models import Tally

        heat = db.session.get_one(Tally, idea.id, populate_existing=True).heat_comments
        db.session.commit()
        return heat

    say(idea, omar)
    assert warmth() is None
    say(idea, ana)
    first = warmth()
    say(idea, ana, "And one more thing.")

    assert first is not None
    assert warmth() == first


def test_a_permanent_address_leads_to_the_page_that_shows_the_comment(town):
    idea, people = town.idea(), neighbours(town)
    comments = [say(idea, people[n % 5], f"Comment {n}") for n in range(25)]
    replies = [say(idea, people[n], f"Reply {n}", Stance.NOTE, parent=comments[0]) for n in range(4)]

    place = queries.place_of(replies[3], idea)
    thread = place.partition("thread=")[2].partition("#")[0]

    assert place.endswith(f"#comment-{replies[3].id}")
    assert replies[3].id in [one.id for one in talk(idea, thread=thread).comments[0].replies]


def test_a_comment_that_vanished_is_missing(town):
    idea, lena = town.idea(), town.member("Lena S.")
    comment = say(idea, lena)
    with transaction():
        commands.remove_comment(comment, by=lena)

    assert db.session.get_one(Comment, comment.id).state is CommentState.REMOVED
    with pytest.raises(Missing):
        queries.visible_comment(comment.id, to=lena)
