"""Departments, topics and the city itself, as administrators keep them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ideas.accounts.queries import department_by, person_with
from ideas.board.models import Status
from ideas.board.queries import topic_by
from ideas.core.city import city
from ideas.core.clock import town_now
from ideas.core.errors import NotAllowed
from ideas.core.transactions import reading, transaction
from ideas.desk.commands import create_department, create_topic


def test_a_department_gets_a_signer_from_its_own_officers(town, browse):
    helena = town.officer("Helena Costa")
    eva = browse(town.administrator())

    page = eva.visits("/desk/departments").follow("Edit Streets Department")
    after = page.press("Save this department", signer=str(helena.id), remit="Streets and squares.")

    assert after.says("Streets Department is saved.")
    assert after.says("signed off by Helena Costa")


def test_somebody_of_another_department_cannot_sign(town, browse):
    with transaction():
        parks = create_department(
            by=town.administrator(), name="Parks", email="parks@alderbay.example", remit=""
        )
    stranger = town.officer("Rui Alves", department=parks)

    page = browse(town.administrator()).visits("/desk/departments/streets/edit")
    refused = page.press("Save this department", signer=str(stranger.id))

    assert refused.status == 422
    assert refused.says("Choose one of these.")


def test_a_department_is_added_with_an_address_that_is_one(town, browse):
    page = browse(town.administrator()).visits("/desk/departments/new")

    refused = page.press("Add this department", name="Parks", email="parks")
    assert refused.status == 422
    assert refused.says("Type the whole address")
    after = refused.press("Add this department", email="Parks@alderbay.example")

    assert after.says("Parks is a department now.")
    assert department_by("parks").email == "parks@alderbay.example"


def test_a_topic_names_the_department_that_owes_its_answers(town, browse):
    eva = browse(town.administrator())

    page = eva.visits("/desk/topics/new")
    after = page.press("Add this topic", name="Water", sentence="Rivers and taps.")
    assert after.says("Water is a topic now.")
    after = after.follow("Edit Water").press("Save this topic", name="Water & sea")

    assert after.says("Water & sea")
    assert topic_by("water").name == "Water & sea"


def test_two_topics_of_one_name_cannot_be(town, browse):
    refused = (
        browse(town.administrator()).visits("/desk/topics/new").press("Add this topic", name="Parks & nature")
    )

    assert refused.status == 422
    assert refused.says("There is already a topic with this name")


def test_nobody_but_administrators_keeps_topics(town):
    with pytest.raises(NotAllowed), transaction():
        create_topic(by=town.moderator(), name="Water", sentence="", department=town.streets)


def test_a_change_of_the_city_shows_on_the_next_page(town, browse):
    page = browse(town.administrator()).visits("/desk/city")

    after = page.press("Save the city", name="Alder Bay Town", answer_days="45", languages="en, pt_br")

    assert after.says("The city is saved.")
    assert browse().visits("/calls").says("Ideas · Alder Bay Town")
    assert (city().answer_days, city().languages) == (45, ["en", "pt_BR"])


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("zone", "Mars/Base", "“Mars/Base” is no time zone."),
        ("currency", "gold", "“gold” is no currency."),
        ("languages", "zz", "“zz” is no language code."),
        ("population", "-1", "Write a whole number from 0 to 50,000,000."),
        ("answer_days", "0", "Write a whole number from 1 to 365."),
        ("house_rules", "mars", "Choose one of these."),
        ("name", "", "A name has 2 to 80 characters."),
    ],
)
def test_each_fault_of_the_city_has_its_sentence(town, browse, field, value, sentence):
    refused = browse(town.administrator()).visits("/desk/city").press("Save the city", **{field: value})

    assert refused.status == 422
    assert refused.says(sentence)


def test_the_desk_shows_each_person_only_what_is_theirs(town, browse):
    officer = browse(town.officer()).visits("/desk")
    eva = browse(town.administrator()).visits("/desk")
    clerk = browse(town.clerk()).visits("/desk")

    assert officer.says("Answers due")
    assert not officer.says("The city’s own pages")
    assert eva.link("People") == "/desk/people"
    assert clerk.says("Shortlists")
    assert not clerk.says("Queue")


def test_a_member_has_no_desk(town, browse):
    assert browse(town.member()).visits("/desk").status == 403


@pytest.mark.parametrize("path", ["/desk/topics", "/desk/departments", "/desk/people", "/desk/calls"])
def test_each_list_costs_the_same_for_many_rows(town, browse, count_queries, path):
    eva = browse(town.administrator())
    eva.visits(path)
    with count_queries() as few:
        eva.visits(path)
    with transaction():
        by = person_with(1)
        for n in range(20):
            part = create_department(by=by, name=f"Part {n}", email="part@alderbay.example", remit="")
            create_topic(by=by, name=f"Topic {n}", sentence="", department=part)
    for n in range(10):
        town.officer(f"Officer {n}")

    with count_queries() as many:
        eva.visits(path)

    assert many.number == few.number


def late_answer(town):
    with reading():
        due_at = town_now() - timedelta(days=2)
    return town.idea(status=Status.UNDER_REVIEW, due_at=due_at)


def test_the_desk_counts_what_waits_for_each(town, browse):
    late_answer(town)

    officer = browse(town.officer()).visits("/desk")
    clerk = browse(town.clerk()).visits("/desk")

    assert officer.says("1 answer is overdue.")
    assert officer.says("Answers due 1")
    assert not clerk.says("overdue")


def test_an_officer_of_another_department_owes_nothing(town, browse):
    late_answer(town)
    with transaction():
        parks = create_department(by=town.administrator(), name="Parks", email="p@example.org", remit="")

    page = browse(town.officer("Rui Alves", department=parks)).visits("/desk")

    assert not page.says("overdue")
