"""The public record of an idea, where it stands, and what the city owes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from ideas.accounts.models import Department, Guest, Scope
from ideas.board.models import Idea, Status
from ideas.board.queries import visible_idea
from ideas.core.city import city
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.errors import NotAllowed, TooLate
from ideas.core.events import record, relay
from ideas.core.transactions import transaction
from ideas.pipeline import commands, queries
from ideas.pipeline.answer_clock import Clock, figures
from ideas.pipeline.models import AnswerKind, Feasibility, Reason


def days_ago(days):
    return datetime.now(UTC) - timedelta(days=days)


def answered(idea, *, by, signer, **more):
    with transaction():
        draft = commands.draft_answer(idea, by=by, **more)
        commands.ask_sign_off(draft, by=by)
    with transaction():
        return commands.sign_off(draft, by=signer)


def seen(idea):
    db.session.remove()
    return visible_idea(idea.id, to=Guest())


def stands(app, idea):
    with app.test_request_context("/"):
        steps = queries.stands(seen(idea))
    db.session.remove()
    return steps


def test_an_idea_that_gathers_support_stands_at_its_first_step(app, town):
    steps = stands(app, town.idea())

    assert [step.title for step in steps] == ["Posted", "Under review", "Shortlist", "Council", "Delivered"]
    assert [step.state for step in steps] == ["now", *["to_come"] * 4]
    assert steps[0].note.endswith("gathering support")


def test_an_idea_under_review_says_who_answers_and_until_when(app, town):
    steps = stands(app, town.idea(status=Status.UNDER_REVIEW))

    assert [step.state for step in steps[:3]] == ["done", "now", "to_come"]
    assert steps[1].note.startswith("Streets Department · answer due ")


def test_an_overdue_answer_is_shown_to_everyone(app, town, browse):
    trees = town.idea("Shade trees", status=Status.UNDER_REVIEW, due_at=days_ago(1.1))

    steps = stands(app, trees)

    assert steps[1].state == "overdue"
    assert "The city owed an answer 1 day ago" in steps[1].note


def test_every_status_has_its_place_on_the_way(app, town):
    for status in (Status.SHORTLISTED, Status.BEFORE_COUNCIL, Status.ADOPTED, Status.WITHDRAWN):
        steps = stands(app, town.idea(status=status))
        assert sum(step.state == "now" for step in steps) == 1
        assert all(step.note for step in steps if step.state == "now")


def test_a_declined_idea_ends_its_way_with_the_reason(app, town, browse):
    trees = town.idea()
    moderator = town.moderator()
    page = browse(moderator).visits(f"/desk/ideas/{trees.id}")

    done = page.press(
        "Decline this idea",
        reason="law",
        text="The fire road must stay free.",
        reopen_if="the fire road is moved.",
    )

    assert done.says("The idea is declined, with the reason in its case file.")
    assert stands(app, trees)[-1].title == "Declined"
    file = browse().visits(f"/ideas/{trees.id}/case-file")
    assert file.says("The fire road must stay free.")
    assert file.says("We would reopen it if the fire road is moved.")


def test_a_declined_idea_is_opened_again_with_a_text(town, browse):
    trees = town.idea(status=Status.DECLINED)

    done = (
        browse(town.moderator())
        .visits(f"/desk/ideas/{trees.id}")
        .press("Open it again", nth=0, text="The road was moved.")
    )

    assert done.says("The idea gathers support again.")
    assert browse().visits(f"/ideas/{trees.id}/case-file").says("The road was moved.")


def test_the_case_file_holds_moves_answers_and_cost_each_with_an_address(town, browse):
    trees = town.idea(status=Status.UNDER_REVIEW, text="Enough people asked for it.")
    helena, joao = town.officer(), town.officer("João Pires")
    answer = answered(trees, by=helena, signer=joao, kind=AnswerKind.DECIDING, body="We plant them.")
    with transaction():
        found = commands.assess(
            trees, by=helena, cost_cents=18_000_000, feasibility=Feasibility.FEASIBLE, text="Three quotes."
        )

    page = browse().visits(f"/ideas/{trees.id}/case-file")

    anchors = {element.get("id") for element in page.all("li")}
    assert {f"answer-{answer.id}", f"assessment-{found.id}"} <= anchors
    assert page.says("Enough people asked for it.")
    assert page.says("Estimated cost: €180,000")
    assert page.says("Three quotes.")


def test_words_that_a_law_orders_away_leave_a_dated_line(town, browse):
    trees = town.idea(status=Status.UNDER_REVIEW)
    helena, joao = town.officer(), town.officer("João Pires")
    answer = answered(trees, by=helena, signer=joao, kind=AnswerKind.DECIDING, body="Mr. Silva said no.")
    with transaction():
        db.session.execute(
            text("UPDATE wording SET text = NULL, redacted_at = :now, redacted_why = :why WHERE id = :id"),
            {"now": "2027-03-03 10:00:00", "why": "a court order", "id": answer.wording_id},
        )

    page = browse().visits(f"/ideas/{trees.id}/case-file")

    assert not page.says("Mr. Silva")
    assert page.says("These words were removed on 3 March 2027: a court order")


def test_the_case_file_of_a_hidden_idea_is_gone(town, browse):
    hidden = town.idea(status=Status.HIDDEN)

    assert browse().visits(f"/ideas/{hidden.id}/case-file").status == 410
    assert browse().visits("/ideas/999/case-file").status == 404


def test_an_officer_puts_cost_and_feasibility_on_record(town, browse):
    trees = town.idea(status=Status.UNDER_REVIEW)
    page = browse(town.officer()).visits(f"/desk/ideas/{trees.id}")

    wrong = page.press("Put it on record", feasibility="feasible", cost="180.000", text="Three quotes.")
    right = wrong.press("Put it on record", cost="180,000")

    assert wrong.status == 422
    assert wrong.says("Write it as 180,000 or 180000.50.")
    assert wrong.says("Three quotes.")
    assert right.says("Cost and feasibility are on record.")
    assert right.says("€180,000")


def test_what_can_be_done_needs_a_cost(town, browse):
    trees = town.idea(status=Status.UNDER_REVIEW)
    page = browse(town.officer()).visits(f"/desk/ideas/{trees.id}")

    refused = page.press("Put it on record", feasibility="feasible", cost="", text="Three quotes.")

    assert refused.status == 422
    assert refused.says("Say what it would cost, or that it cannot be done.")


def test_a_moderator_takes_an_idea_under_review_with_a_text(town, browse):
    trees = town.idea()
    page = browse(town.moderator()).visits(f"/desk/ideas/{trees.id}")

    empty = page.press("Take under review", nth=0)
    done = empty.press("Take under review", text="Many of you asked for shade.")

    assert empty.status == 422
    assert empty.says("Say why it goes under review.")
    assert done.says("The idea is under review, and an answer is owed.")
    assert browse().visits(f"/ideas/{trees.id}/case-file").says("Many of you asked for shade.")


def test_an_idea_that_moved_on_meanwhile_keeps_what_was_typed(town, browse):
    trees = town.idea()
    first = browse(town.moderator()).visits(f"/desk/ideas/{trees.id}")
    second = browse(town.moderator("Lena")).visits(f"/desk/ideas/{trees.id}")
    first.press("Take under review", text="First.")

    late = second.press("Take under review", text="My long and careful text.")

    assert late.status == 409
    assert late.says("is not gathering support any more")
    assert late.says("My long and careful text.")


def test_enough_support_takes_an_idea_under_review_once(town):
    trees = town.idea()
    for _ in range(2):
        with transaction():
            record("idea.crossed_threshold", actor=None, subject=trees, about={"threshold": 49})
        relay()

    idea = db.session.get_one(Idea, trees.id, populate_existing=True)
    events = [entry for entry in queries.case_file(idea) if entry.rule == "threshold"]
    assert idea.status is Status.UNDER_REVIEW
    assert idea.answer_owner_id == town.streets.id
    assert len(events) == 1
    assert "49 supporters" in events[0].text


def test_the_desk_sees_what_is_owed_and_an_officer_only_the_own_department(town, browse):
    with transaction():
        parks = Department(slug="parks", name="Parks Department", email="parks@alderbay.example")
        db.session.add(parks)
    town.idea("Shade trees", status=Status.UNDER_REVIEW, due_at=days_ago(2.1))
    town.idea("A bench at the quay", status=Status.UNDER_REVIEW, due_at=days_ago(-3))

    all_of_it = browse(town.moderator()).visits("/desk/answers")
    streets = browse(town.officer()).visits("/desk/answers")
    others = browse(town.officer("Rui", department=parks)).visits("/desk/answers")

    assert all_of_it.says("Shade trees")
    assert all_of_it.says("owed 2 days ago")
    assert all_of_it.says("Due soon")
    assert all_of_it.says("1 overdue")
    assert streets.says("Shade trees")
    assert not streets.says("Parks Department")
    assert others.says("Nothing is owed.")
    assert not others.says("overdue")


def test_days_and_punctuality_are_counted_from_the_start(town):
    began = datetime(2026, 11, 1, tzinfo=UTC)

    def clock(promised, stopped):
        end = None if stopped is None else began + timedelta(days=stopped)
        return Clock(1, began, began + timedelta(days=promised), end)

    got = figures(
        [clock(30, 10), clock(30, 40), clock(60, 45), clock(30, None), clock(90, None)],
        now=began + timedelta(days=50),
    )[1]

    assert got.decided == 3
    assert got.median_days == 40
    assert got.on_time == 2 / 4


def test_a_department_shows_how_it_did(town, browse):
    trees = town.idea(status=Status.UNDER_REVIEW)
    answered(
        trees, by=town.officer(), signer=town.officer("João"), kind=AnswerKind.DECIDING, body="We plant them."
    )

    page = browse(town.moderator()).visits("/desk/answers")

    assert page.says("decides in 0 days (median)")
    assert page.says("100% in time")


def test_the_pipeline_is_narrowed_by_status_and_read_to_its_end(town, browse):
    town.idea("Shade trees", status=Status.UNDER_REVIEW)
    town.idea("A bench at the quay")
    maria = town.moderator()

    all_of_it = browse(maria).visits("/desk/pipeline")
    narrowed = browse(maria).visits("/desk/pipeline?status=under_review")
    nonsense = browse(maria).visits("/desk/pipeline?status=x&topic=abc&department=-1&after=zzz")

    assert all_of_it.says("Shade trees")
    assert all_of_it.says("A bench at the quay")
    assert not narrowed.says("A bench at the quay")
    assert nonsense.status == 200


def test_what_stands_on_an_ideas_page_costs_one_statement(app, town, count_queries):
    trees = town.idea(status=Status.UNDER_REVIEW)
    answered(
        trees, by=town.officer(), signer=town.officer("João"), kind=AnswerKind.DECIDING, body="We plant them."
    )

    with app.test_request_context("/"):
        idea = seen(trees)
        town_now(), city()
        with count_queries() as asked:
            card = queries.newest_answer(idea.id)
            queries.stands(idea)

    assert asked.number == 1, str(asked)
    assert card is not None
    assert card.department == "Streets Department"
    assert card.note == "Deciding answer · signed: Streets Department"
    assert card.earlier_url == f"/ideas/{trees.id}/case-file#answer-{card.id}"


def test_declining_needs_an_idea_that_can_be_declined(town):
    council = town.idea(status=Status.BEFORE_COUNCIL)
    maria = town.moderator()

    with pytest.raises(TooLate), transaction():
        commands.decline(council, by=maria, reason=Reason.LAW, text="No.", reopen_if="x.")


def test_a_moderator_with_limits_moves_only_the_ideas_within_them(town, browse):
    maria = town.moderator()
    with transaction():
        db.session.add(Scope(person_id=maria.id, topic_id=town.parks.id))
    pond, lane = town.idea("A pond in the park", topic=town.parks), town.idea("A lane", topic=town.transit)

    with transaction():
        commands.promote(seen(pond), by=maria, text="Near the threshold.")

    for act in (
        lambda idea: commands.promote(idea, by=maria, text="Near the threshold."),
        lambda idea: commands.decline(
            idea, by=maria, reason=Reason.TOO_COSTLY, text="No.", reopen_if="it is cheaper."
        ),
    ):
        with pytest.raises(NotAllowed), transaction():
            act(seen(lane))
    assert "Take under review" not in browse(maria).visits(f"/desk/ideas/{lane.id}").text
