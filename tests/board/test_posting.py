"""Posting an idea, from the empty form to the board."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from ideas.board.models import Idea, Status
from ideas.core.db import db

TITLE = "Drinking fountains in every park"
BODY = "On hot days there is no water in the parks of the city. A fountain in each would help everybody."


def ideas_kept():
    return db.session.scalar(select(func.count()).select_from(Idea))


def newest():
    return db.session.scalars(select(Idea).order_by(Idea.id.desc()).limit(1)).one()


def test_somebodys_first_idea_waits_for_a_moderator_and_says_so(town, browse):
    omar = town.member("Omar Khalil")

    page = browse(omar).visits("/ideas/new").press("Post this idea", title=TITLE, body=BODY, topic="parks")

    assert newest().status is Status.WAITING
    assert page.url == newest().path
    assert page.says("It appears on the board as soon as a moderator has read it.")
    assert not browse().visits("/ideas").says(TITLE)


def test_the_next_idea_is_on_the_board_at_once(town, browse):
    ana = town.resident("Ana Ruiz")
    town.idea("The first idea of Ana", by=ana)

    page = browse(ana).visits("/ideas/new").press("Post this idea", title=TITLE, body=BODY, topic="parks")

    assert page.says("Your idea is on the board.")
    assert browse().visits("/ideas").says(TITLE)


def test_the_form_knows_where_a_resident_lives(town, browse):
    ana = town.resident("Ana Ruiz", district=town.eastfield)

    browse(ana).visits("/ideas/new").press("Post this idea", title=TITLE, body=BODY, topic="parks")

    assert newest().district_id == town.eastfield.id


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"title": "Short"}, "Write at least 10 characters"),
        ({"title": "x" * 121}, "It has 121 characters; 120 fit."),
        ({"body": "Too short"}, "Write at least 40 characters"),
        ({"body": "x" * 4001}, "It has 4001 characters; 4000 fit."),
        ({"topic": ""}, "Choose the topic that fits best."),
        ({"topic": "nonsense"}, "Choose the topic that fits best."),
        ({"district": "nonsense"}, "Choose a district, or the whole city."),
        ({"call": "nonsense"}, "This call takes no ideas now."),
        ({"place": "x" * 121}, "It has 121 characters; 120 fit."),
        ({"title": "A title \u202ewith a trick"}, "characters that cannot be kept"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_typed_is_lost(town, browse, changed, says):
    typed = {"title": TITLE, "body": BODY, "topic": "parks", "place": "Canal Street", **changed}

    page = browse(town.resident()).visits("/ideas/new").press("Post this idea", **typed)

    assert page.status == 422
    assert page.says(says)
    assert ideas_kept() == 0
    if "body" not in changed:
        assert page.says(BODY)


def test_three_ideas_a_day_are_enough(town, browse):
    ana = town.resident("Ana Ruiz")
    for n in range(3):
        town.idea(f"Idea of the day, {n}", by=ana)

    page = browse(ana).visits("/ideas/new").press("Post this idea", title=TITLE, body=BODY, topic="parks")

    assert page.status == 422
    assert page.says("You posted 3 ideas within a day.")
    assert page.says(BODY)
    assert ideas_kept() == 3


def test_a_guest_is_told_to_sign_in_before_writing(town, browse):
    page = browse().visits("/ideas/new")

    assert page.link("Sign in") == "/sign-in"
    assert page.says("You sign in first, then you come back here and write.")
    assert 'href="/sign-in?next=/ideas/new"' in page.html


def test_who_was_signed_out_while_writing_loses_no_word(town, browse):
    browser = browse(town.resident())
    form = browser.visits("/ideas/new")
    with browser.app.app_context():
        from ideas.core.sessions import WebSession
        from ideas.core.transactions import transaction

        with transaction():
            db.session.query(WebSession).delete()

    page = form.press("Post this idea", title=TITLE, body=BODY, topic="parks")

    assert page.status == 422
    assert page.says("You are not signed in any more. Nothing you typed is lost")
    assert page.says(BODY)
    assert ideas_kept() == 0


def test_a_link_from_a_call_has_chosen_it(town, browse):
    page = browse(town.resident()).visits("/ideas/new?topic=parks&district=eastfield")

    chosen = [o.get("value") for o in page.all("option") if o.get("selected") is not None]
    assert chosen == ["parks", "eastfield"]
