"""The board in its orders and under its filters, page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ideas.accounts.models import Kind
from ideas.board.commands import post_idea
from ideas.board.models import Idea, Status, Tally
from ideas.core.clock import clock_bound_to, town_now
from ideas.core.db import db
from ideas.core.transactions import transaction
from ideas.pipeline.models import Answer, AnswerKind
from ideas.voting.commands import cast_vote


def titles_on(page):
    return ["".join(h.itertext()) for h in page.all("h3")]


def many(town, number):
    """Ideas posted a day apart, by staff of the desk, whose first idea does not wait either."""
    desk = town.moderator()
    with transaction():
        now = town_now()
    for n in range(number):
        desk = town.moderator() if n % 8 == 0 else desk
        with clock_bound_to(now - timedelta(days=number - n)), transaction():
            post_idea(
                by=desk,
                title=f"Idea number {n:03}",
                body="Forty characters are needed, so here are some more.",
                topic=town.transit if n % 2 else town.parks,
                district=town.harbour if n % 3 else None,
                call=town.open_call,
            )


def test_trending_is_the_order_that_nobody_chose(town, browse):
    quiet, loud = town.idea("A quiet idea here"), town.idea("A loud idea here")
    with transaction():
        for n in range(3):
            voter = town.resident(f"Neighbour {n}")
            cast_vote(_again(loud), by=voter)
    late = town.idea("A later idea here")

    page = browse().visits("/ideas")

    assert titles_on(page) == [loud.title, late.title, quiet.title]
    assert page.says("Trending puts first what people support, discuss and get answers on now.")


def test_newest_and_most_supported_are_one_press_away(town, browse):
    loud = town.idea("A loud idea here")
    with transaction():
        cast_vote(_again(loud), by=town.resident("Neighbour"))
    late = town.idea("A later idea here")
    page = browse().visits("/ideas")

    assert titles_on(page.follow("Newest"))[0] == late.title
    assert titles_on(page.follow("Most supported"))[0] == loud.title


@pytest.mark.parametrize("order", ["trending", "newest", "most-supported"])
def test_paging_shows_each_idea_exactly_once(town, browse, order):
    many(town, 45)

    page, seen = browse().visits("/ideas", query={"order": order}), []
    while True:
        seen += titles_on(page)
        if not page.says("More ideas"):
            break
        page = page.follow("More ideas")

    assert len(seen) == 45
    assert len(set(seen)) == 45


def test_a_search_is_paged_as_well(town, browse):
    many(town, 45)

    first = browse().visits("/ideas", query={"q": "idea number"})
    second = first.follow("More ideas")

    assert len(set(titles_on(first) + titles_on(second))) == 40


def test_filters_stand_in_the_address_and_add_up(town, browse):
    town.idea("Trees for the harbour", topic=town.parks, district=town.harbour)
    town.idea("Trees for the field", topic=town.parks, district=town.eastfield)
    town.idea("Trams for the field", topic=town.transit, district=town.eastfield)

    page = browse().visits("/ideas?topic=parks&district=eastfield&district=old-harbour")

    assert set(titles_on(page)) == {"Trees for the harbour", "Trees for the field"}
    assert page.says("2 ideas")
    assert titles_on(browse().visits("/ideas?topic=parks&district=eastfield")) == ["Trees for the field"]


def test_each_choice_says_how_many_ideas_stand_behind_it(town, browse):
    town.idea("Trees for the harbour", topic=town.parks, district=town.harbour)
    town.idea("Trees for the field", topic=town.parks, district=town.eastfield)
    town.idea("Trams for the field", topic=town.transit, district=town.eastfield)

    page = browse().visits("/ideas?topic=parks")

    figures = {e.get("id"): e.text for e in page.all("span") if (e.get("id") or "").startswith("count-")}
    assert figures["count-topic-parks"] == "2"
    assert figures["count-topic-streets"] == "1"
    assert figures["count-district-eastfield"] == "1"
    assert figures["count-status-open"] == "2"


def test_the_whole_city_is_a_place_to_filter_by(town, browse):
    many(town, 3)

    page = browse().visits("/ideas?district=whole-city")

    assert titles_on(page) == ["Idea number 000"]


def test_merged_and_withdrawn_ideas_are_shown_to_those_who_ask(town, browse):
    town.idea("An idea taken back", status=Status.WITHDRAWN)
    town.idea("An idea that stands")

    assert titles_on(browse().visits("/ideas")) == ["An idea that stands"]
    assert titles_on(browse().visits("/ideas?status=withdrawn")) == ["An idea taken back"]


def test_waiting_and_hidden_ideas_are_in_no_list(town, browse):
    town.idea("An idea that waits", by=town.member(), status=Status.WAITING)
    town.idea("An idea that was hidden", status=Status.HIDDEN)

    for address in ("/", "/ideas", "/ideas?status=hidden", "/ideas?status=waiting", "/ideas?mine=yes"):
        assert titles_on(browse().visits(address)) == []


def test_my_ideas_and_what_i_support_are_mine_alone(town, browse):
    ana, omar = town.resident("Ana Ruiz"), town.member("Omar Khalil")
    mine = town.idea("The idea of Ana", by=ana)
    other = town.idea("The idea of somebody")
    waits = town.idea("The idea of Omar", by=omar, status=Status.WAITING)
    with transaction():
        cast_vote(_again(other), by=ana)
        cast_vote(_again(mine), by=omar)

    assert titles_on(browse(ana).visits("/ideas?mine=yes")) == [mine.title]
    assert titles_on(browse(ana).visits("/ideas?supported=yes")) == [other.title]
    assert titles_on(browse(omar).visits("/ideas?supported=yes")) == [mine.title]
    assert titles_on(browse(omar).visits("/ideas?mine=yes")) == [waits.title]
    assert len(titles_on(browse().visits("/ideas?mine=yes&supported=yes"))) == 2


def test_ideas_with_an_answer_are_found_and_say_what_the_city_owes(town, browse):
    now = _now()
    idea = town.idea("Shade trees, please", status=Status.UNDER_REVIEW, due_at=now + timedelta(days=12))
    town.idea("Nobody answered this")
    answer(town, idea)

    page = browse().visits("/ideas?answered=yes")

    assert titles_on(page) == [idea.title]
    assert page.says("City replied · answer due")


def test_an_overdue_answer_is_said_on_the_card(town, browse):
    town.idea("Shade trees, please", status=Status.UNDER_REVIEW, due_at=_now() - timedelta(days=2))

    assert browse().visits("/ideas").says("Answer overdue since")


def test_an_organisation_is_named_as_one(town, browse):
    repair = town.person("Repair Circle", kind=Kind.ORGANISATION)
    town.idea("Somewhere to mend things", by=repair)

    assert browse().visits("/ideas").says("Repair Circle (organisation)")


@pytest.mark.parametrize(
    "query",
    [
        "order=nonsense", "order=best-match", "after=nonsense", "after=WzEsMl0", "after=WyJhIiwiYiJd", "after=bnVsbA",  # noqa: E501
        "after=W05hTiwxXQ", "after=WzFlOTk5LDFd", "after=WzEsOTk5OTk5OTk5OTk5OTk5OTk5XQ", "topic=nonsense",
        "district=%00", "status=nonsense", "status=hidden", "call=%F0%9F%8C%B3", "mine=maybe", "topic=" + "x" * 5000,  # noqa: E501
        "&".join(f"topic=t{n}" for n in range(400)), "q=%ED%A0%80", "after=%FF%FE", "order=newest&after=WyJub3ciLDFd",  # noqa: E501
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_shows_the_board(town, browse, query):
    town.idea("An idea that stands")

    page = browse().visits(f"/ideas?{query}")

    assert page.status == 200


def test_an_unknown_word_in_a_filter_is_no_filter(town, browse):
    town.idea("An idea that stands")

    assert titles_on(browse().visits("/ideas?topic=nonsense&district=nowhere&call=none")) == [
        "An idea that stands"
    ]


@pytest.mark.parametrize("who", ["guest", "resident", "member"])
def test_a_list_costs_the_same_for_ten_ideas_as_for_a_hundred(town, browse, count_queries, who):
    person = None if who == "guest" else getattr(town, who)()
    browser = browse(person)
    many(town, 10)
    browser.visits("/ideas")
    with count_queries() as few:
        browser.visits("/ideas")
    many(town, 90)
    browser.visits("/ideas")
    with count_queries() as more:
        browser.visits("/ideas")

    assert more.number == few.number, str(more)
    assert more.number <= 6, str(more)


def test_the_list_in_place_is_the_list_with_its_figures_and_nothing_else(town, browse):
    town.idea("An idea that stands")

    page = browse().visits("/ideas", **{"HX-Request": "true"})

    assert page.says("An idea that stands")
    assert "<html" not in page.html
    assert 'hx-swap-oob="true"' in page.html


def test_every_idea_of_a_list_is_an_article_with_a_heading(town, browse):
    town.idea("An idea that stands")

    page = browse().visits("/ideas")

    (article,) = page.all("article")
    assert ["".join(h.itertext()) for h in article.iter("h3")] == ["An idea that stands"]


def test_home_asks_the_citys_question_and_shows_the_board(town, browse):
    town.idea("An idea that stands")

    page = browse().visits("/")

    assert page.says("What should Alder Bay do next?")
    assert page.says("1 open idea")
    assert page.says("An idea that stands")


def test_hostile_words_are_only_words(town, browse):
    town.idea("<script>alert(1)</script> & <b>bold</b>", body="<img src=x onerror=alert(1)> " + "word " * 20)

    page = browse().visits("/ideas")

    assert page.says("<script>alert(1)</script> & <b>bold</b>")
    assert "<script>alert" not in page.html
    assert "<img src=x" not in page.html


def answer(town, idea):
    officer, signer = town.officer(), town.officer("Second Officer")
    from ideas.board.commands import wording

    with transaction():
        db.session.add(
            Answer(
                idea_id=idea.id,
                department_id=town.streets.id,
                kind=AnswerKind.REPLY,
                wording_id=wording("We look at it.").id,
                written_by=officer.id,
                signed_by=signer.id,
                signature="Streets",
                published_at=town_now(),
            )
        )


def _now():
    with transaction():
        return town_now()


def _again(idea):
    from sqlalchemy import select
    from sqlalchemy.orm import joinedload

    from ideas.calls.models import Call

    return (
        db.session.scalars(
            select(Idea)
            .where(Idea.id == idea.id)
            .options(
                joinedload(Idea.tally),
                joinedload(Idea.call).joinedload(Call.phases),
                joinedload(Idea.district),
            )
        )
        .unique()
        .one()
    )


def test_the_tally_is_what_most_supported_goes_by(town, browse):
    low, high = town.idea("An idea with few"), town.idea("An idea with many")
    with transaction():
        db.session.get_one(Tally, low.id).counted = 3
        db.session.get_one(Tally, high.id).counted = 30

    assert titles_on(browse().visits("/ideas?order=most-supported")) == [high.title, low.title]


def test_a_city_that_has_just_begun_invites_the_first_idea(browse):
    page = browse().visits("/")

    assert page.says("No idea yet")
    assert page.says("The city answers within 30 days, on record.")
    assert not page.says("No idea is like this yet")
