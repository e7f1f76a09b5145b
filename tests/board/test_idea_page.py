"""The page of one idea."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from ideas.board.commands import move, post_idea
from ideas.board.models import Idea, Status
from ideas.board.queries import visible_idea
from ideas.comments.commands import post_comment
from ideas.comments.models import Stance
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.transactions import transaction
from ideas.pipeline.commands import ask_sign_off, draft_answer, sign_off
from ideas.pipeline.models import AnswerKind
from ideas.programs.commands import adopt, create_program
from ideas.voting.commands import cast_vote


@pytest.fixture
def trees(town):
    return town.idea("Shade trees along Canal Street", by=town.resident("Ana Ruiz"))


def test_the_number_decides_and_the_words_follow(browse, trees):
    for address in (
        f"/ideas/{trees.id}",
        f"/ideas/{trees.id}-other-words",
        f"/ideas/{trees.id}-x?order=oldest",
    ):
        page = browse().visits(address)

        assert page.status == 200
        assert page.url == trees.path


def test_a_title_without_latin_letters_has_an_address_of_its_number(town, browse):
    idea = town.idea("اقتراح لزراعة الأشجار في شارع القناة")

    page = browse().visits(idea.path)

    assert page.status == 200
    assert page.url == f"/ideas/{idea.id}"


@pytest.mark.parametrize("number", ["0", "999", "2147483648", "99999999999999999999999"])
def test_a_number_of_no_idea_leads_nowhere(town, browse, number):
    assert browse().visits(f"/ideas/{number}").status == 404
    assert browse().visits(f"/ideas/{number}-words").status == 404


def test_the_page_says_who_wrote_it_where_and_what_happens(browse, trees):
    page = browse().visits(trees)

    for words in ("Ana Ruiz", "Streets & transit · Old Harbour", "Gathering support", "Where it stands"):
        assert page.says(words)


def test_the_page_says_with_numbers_why_the_idea_is_where_it_is(town, browse, trees):
    town.idea("Another idea of the town")
    for name in ("Lena S.", "Omar K."):
        voter = town.resident(name)
        with transaction():
            cast_vote(visible_idea(trees.id, to=voter), by=voter)

    page = browse().visits(trees)

    assert page.says("Place 1 in Trending. 2 residents supported it in the last 7 days.")
    assert page.says("they weigh as much as 3 supports given now")


def test_who_moves_ideas_finds_the_way_from_the_page_to_the_desk(town, browse, trees):
    assert browse(town.moderator()).visits(trees).says("This idea at the desk")
    assert not browse(town.clerk()).visits(trees).says("This idea at the desk")
    assert not browse(town.resident("Omar K.")).visits(trees).says("This idea at the desk")


def test_each_card_leads_to_the_reason_why_it_is_there(browse, trees):
    board = browse().visits("/ideas")

    page = browse().visits(board.link(f"Why is this here? {trees.title}"))

    assert page.says("Place 1 in Trending. Nobody new supported it in the last 7 days.")


def test_a_waiting_idea_is_for_its_author_and_the_moderators(town, browse):
    omar = town.member("Omar Khalil")
    idea = town.idea("My very first idea", by=omar, status=Status.WAITING)

    assert browse().visits(idea).status == 404
    assert browse(town.member("Somebody Else")).visits(idea).status == 404
    assert browse(omar).visits(idea).says("a moderator reads it before everybody can see it")
    assert browse(omar).visits(idea).says("Support opens when a moderator has published this idea")
    assert browse(town.moderator()).visits(idea).says("it waits for a moderator")


def test_a_hidden_idea_is_gone_and_says_why_to_everybody_but_moderators(town, browse, trees):
    with transaction():
        move(trees, to=Status.HIDDEN, by=None, text="Hidden.", rule="5")

    page = browse().visits(trees)

    assert page.status == 410
    assert page.says("Hidden by a moderator")
    assert page.says("rule 5")
    assert browse(town.moderator("Second Moderator")).visits(trees).status == 200


def test_a_withdrawn_idea_stays_readable(town, browse):
    idea = town.idea("An idea taken back", status=Status.WITHDRAWN)

    assert browse().visits(idea).says("Withdrawn by its author on")


def test_a_merged_idea_leads_to_the_one_that_stands_and_says_so(town, browse, trees):
    other = town.idea("Trees on Canal Street please")
    with transaction():
        move(
            visible_idea(other.id, to=town.moderator()),
            to=Status.MERGED,
            by=None,
            text="The same.",
            rule="test",
        )
        db.session.execute(update(Idea).where(Idea.id == other.id).values(merged_into_id=trees.id))

    page = browse().visits(other)

    assert page.url == trees.path
    assert page.says(f"Idea #{other.id}, “{other.title}”, was merged into this one.")


def test_a_line_about_a_merge_is_only_said_where_there_was_one(town, browse, trees):
    other = town.idea("Trees on Canal Street please")

    for said in (str(other.id), "nonsense", "99999999999999999999", "-1"):
        page = browse().visits(trees, query={"from": said})

        assert page.status == 200
        assert not page.says("was merged into")


def test_an_overdue_answer_is_shown_to_everyone(town, browse):
    with transaction():
        due = town_now() - timedelta(days=1, hours=1)
    idea = town.idea("Shade trees", status=Status.UNDER_REVIEW, due_at=due)

    assert browse().visits(idea).says("The city owed an answer 1 day ago")


def test_hostile_words_are_only_words(town, browse):
    body = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) " + "word " * 9
    idea = town.idea("<script>alert(1)</script> & more", body=body)

    page = browse().visits(idea)

    assert page.says("<script>alert(1)</script> & more")
    assert "<script>alert" not in page.html
    assert "<img src=x" not in page.html
    assert 'href="javascript' not in page.html


@pytest.mark.parametrize("who", ["guest", "member", "supporter"])
def test_the_fullest_page_with_twenty_comments_costs_nine_statements(town, browse, count_queries, who):
    """An answer, a program, comments, and enough support to tell the share of its own district."""
    road = town.idea(status=Status.BEFORE_COUNCIL)
    neighbours = [town.resident(f"Neighbour {n}") for n in range(5)]
    for n in range(20):
        with transaction():
            by = neighbours[n % 5]
            idea = visible_idea(road.id, to=by)
            post_comment(idea, by=by, stance=Stance.FOR, body=f"A comment, number {n}.")
            if n < 5:
                cast_vote(idea, by=by)
    the_city_answers_and_takes_it_up(town, road)
    browser = browse({"guest": None, "member": town.member(), "supporter": neighbours[0]}[who])
    browser.visits(road)

    with count_queries() as asked:
        page = browser.visits(road)

    assert page.says("20 comments")
    assert page.says("Cool stops")
    assert page.says("100% from Old Harbour")
    assert asked.number <= 9, str(asked)


def the_city_answers_and_takes_it_up(town, road) -> None:
    helena, ingrid, olga = town.officer(), town.officer("Ingrid Solheim"), town.clerk()
    with transaction():
        idea = visible_idea(road.id, to=olga)
        program = create_program(by=helena, title="Cool stops", summary="Trees.", department=town.streets)
        adopt(idea, by=olga, into=program, text="Adopted.")
        draft = draft_answer(idea, by=helena, kind=AnswerKind.REPLY, body="It is part of a program now.")
        ask_sign_off(draft, by=helena)
    with transaction():
        sign_off(draft, by=ingrid)


def test_words_in_another_language_say_so_to_a_voice_that_reads_aloud(town, browse, trees):
    with transaction():
        shelter = post_idea(
            by=town.moderator(),
            title="موقف حافلات مظلل في الساحة",
            body="ننتظر الحافلة في الساحة تحت الشمس، ولا يوجد ظل ولا مقعد في الصيف.",
            topic=town.transit,
            call=town.open_call,
            language="ar",
        )

    assert browse().visits(shelter).all("h1")[0].get("lang") == "ar"
    assert browse().visits(trees).all("h1")[0].get("lang") is None
