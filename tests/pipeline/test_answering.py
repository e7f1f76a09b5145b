"""An answer from its first draft to the public record, with two people and a date that may move twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ideas.board.models import Idea, Status
from ideas.core.db import db
from ideas.core.errors import Invalid, NotAllowed, TooLate
from ideas.core.transactions import transaction
from ideas.pipeline import commands
from ideas.pipeline.models import Answer, AnswerDraft, AnswerKind, DraftState


def in_days(days):
    return datetime.now(UTC) + timedelta(days=days)


def days_from_now(days):
    return in_days(days).date().isoformat()


@pytest.fixture
def trees(town):
    return town.idea("Shade trees along Canal Street", status=Status.UNDER_REVIEW)


def published(idea, *, by, signer, kind=AnswerKind.DECIDING, body="We plant twelve trees.", **more):
    with transaction():
        draft = commands.draft_answer(idea, by=by, kind=kind, body=body, **more)
        commands.ask_sign_off(draft, by=by)
    with transaction():
        return commands.sign_off(draft, by=signer)


def test_an_officer_writes_and_a_colleague_signs_and_everybody_reads_it(town, browse, trees):
    helena, joao = town.officer("Helena Costa"), town.officer("João Pires")

    desk = browse(helena).visits(f"/desk/ideas/{trees.id}")
    saved = desk.press("Save the answer", kind="deciding", body="We plant **twelve** trees in March.")
    handed = saved.press("Hand on to sign-off")
    signed = browse(joao).visits(f"/desk/ideas/{trees.id}").press("Sign and publish")

    assert saved.says("The answer is saved. Nobody outside sees it.")
    assert handed.says("The answer waits for sign-off.")
    assert signed.says("The answer is public and signed.")
    file = browse().visits(f"/ideas/{trees.id}/case-file")
    assert file.says("We plant twelve trees in March.")
    assert file.says("Signed: Streets Department.")
    assert db.session.get_one(Idea, trees.id).answer_due_at is None


def test_nobody_signs_what_they_wrote_themselves(town, browse, trees):
    helena = town.officer()
    with transaction():
        draft = commands.draft_answer(trees, by=helena, kind=AnswerKind.DECIDING, body="Yes.")
        commands.ask_sign_off(draft, by=helena)

    page = browse(helena).posts_form(f"/desk/ideas/{trees.id}", f"/desk/ideas/{trees.id}/sign")

    assert page.status == 403
    assert page.says("An answer is signed by a colleague, never by who wrote it.")
    assert db.session.query(Answer).count() == 0


def test_the_desk_names_the_answers_that_wait_for_ones_signature(town, browse, trees):
    helena, joao = town.officer(), town.officer("João Pires")
    with transaction():
        draft = commands.draft_answer(trees, by=helena, kind=AnswerKind.DECIDING, body="Yes.")
        commands.ask_sign_off(draft, by=helena)

    desk = browse(joao).visits("/desk")
    assert desk.says("1 answer waits for your signature: Shade trees along Canal Street")
    assert not browse(helena).visits("/desk").says("your signature")


def test_where_a_department_names_a_signer_only_that_person_signs(town, trees):
    helena, joao, chief = town.officer(), town.officer("João Pires"), town.officer("Chief")
    with transaction():
        town.streets.signer_id = chief.id
        db.session.merge(town.streets)
        draft = commands.draft_answer(trees, by=helena, kind=AnswerKind.DECIDING, body="Yes.")
        commands.ask_sign_off(draft, by=helena)

    with pytest.raises(NotAllowed), transaction():
        commands.sign_off(draft, by=joao)
    with transaction():
        answer = commands.sign_off(draft, by=chief)

    assert answer.signed_by == chief.id


def test_a_signer_who_works_elsewhere_now_signs_nothing(town, trees):
    helena, chief = town.officer(), town.moderator("Chief")
    with transaction():
        town.streets.signer_id = chief.id
        db.session.merge(town.streets)
        draft = commands.draft_answer(trees, by=helena, kind=AnswerKind.DECIDING, body="Yes.")
        commands.ask_sign_off(draft, by=helena)

    with pytest.raises(NotAllowed), transaction():
        commands.sign_off(draft, by=chief)


def test_an_officer_of_another_department_does_not_answer(town, browse, trees):
    from ideas.accounts.models import Department

    with transaction():
        other = Department(slug="parks", name="Parks Department", email="parks@alderbay.example")
        db.session.add(other)
    stranger = town.officer("Stranger", department=other)

    page = browse(stranger).visits(f"/desk/ideas/{trees.id}")

    assert not page.says("Write the answer")
    with pytest.raises(NotAllowed), transaction():
        commands.draft_answer(trees, by=stranger, kind=AnswerKind.DECIDING, body="No.")


def test_a_returned_answer_says_why_and_can_be_handed_on_again(town, browse, trees):
    helena, joao = town.officer(), town.officer("João Pires")
    desk = browse(helena).visits(f"/desk/ideas/{trees.id}")
    desk.press("Save and hand on to sign-off", kind="deciding", body="We will see.")

    returned = (
        browse(joao).visits(f"/desk/ideas/{trees.id}").press("Return it to who wrote it", why="Say by when.")
    )

    assert returned.says("The answer went back to who wrote it.")
    again = browse(helena).visits(f"/desk/ideas/{trees.id}")
    assert again.says("Returned: Say by when.")
    mended = again.press("Save and hand on to sign-off", body="We plant them in March.")
    assert mended.says("The answer waits for sign-off.")


def test_an_answer_that_waits_for_sign_off_can_be_taken_back(town, browse, trees):
    helena = town.officer()
    desk = browse(helena).visits(f"/desk/ideas/{trees.id}")
    waiting = desk.press("Save and hand on to sign-off", kind="deciding", body="We plant them.")

    back = waiting.press("Take it back")

    assert back.says("The answer is yours again.")
    assert back.says("Go on writing the answer")


def test_a_holding_answer_moves_the_date_and_the_case_file_says_from_when(town, browse, trees):
    helena, joao = town.officer(), town.officer("João Pires")
    before = trees.answer_due_at

    desk = browse(helena).visits(f"/desk/ideas/{trees.id}")
    desk.press(
        "Save and hand on to sign-off",
        kind="holding",
        body="The tram operator must agree.",
        new_due_on=days_from_now(50),
    )
    browse(joao).visits(f"/desk/ideas/{trees.id}").press("Sign and publish")

    idea = db.session.get_one(Idea, trees.id, populate_existing=True)
    assert idea.answer_due_at > before
    assert idea.answer_moves == 1
    file = browse().visits(f"/ideas/{trees.id}/case-file")
    assert file.says("The answer was due by")
    assert file.says("and is now due by")


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("", "A holding answer says by when the city will decide."),
        (61, "The new date lies after the present one, by at most 30 days."),
        (29, "The new date lies after the present one, by at most 30 days."),
        ("soon", "Write the day as year-month-day, such as 2027-02-15."),
    ],
)
def test_a_holding_answer_without_a_right_date_is_refused_and_nothing_is_lost(
    town, browse, trees, day, sentence
):
    desk = browse(town.officer()).visits(f"/desk/ideas/{trees.id}")

    page = desk.press(
        "Save the answer",
        kind="holding",
        body="The tram operator must agree first.",
        new_due_on=days_from_now(day) if isinstance(day, int) else day,
    )

    assert page.status == 422
    assert page.says(sentence)
    assert page.says("The tram operator must agree first.")


def test_the_date_moves_at_most_twice(town, trees):
    helena, joao = town.officer(), town.officer("João Pires")
    for days in (40, 50):
        published(
            trees,
            by=helena,
            signer=joao,
            kind=AnswerKind.HOLDING,
            new_due_at=in_days(days),
        )

    with pytest.raises(Invalid, match="moved twice already"), transaction():
        commands.draft_answer(
            trees,
            by=helena,
            kind=AnswerKind.HOLDING,
            body="Once more.",
            new_due_at=in_days(60),
        )


def test_a_date_that_has_passed_is_no_promise(town):
    late = town.idea(status=Status.UNDER_REVIEW, due_at=in_days(-40))

    with pytest.raises(Invalid, match="passed already"), transaction():
        commands.draft_answer(
            late,
            by=town.officer(),
            kind=AnswerKind.HOLDING,
            body="Soon.",
            new_due_at=in_days(-20),
        )


def test_what_a_colleague_saved_meanwhile_is_shown_beside_ones_own_text(town, browse, trees):
    helena, joao = town.officer(), town.officer("João Pires")
    mine = browse(helena).visits(f"/desk/ideas/{trees.id}")
    theirs = browse(joao).visits(f"/desk/ideas/{trees.id}")
    theirs.press("Save the answer", kind="deciding", body="João wrote this.")

    refused = mine.press("Save the answer", kind="deciding", body="Helena wrote that.")

    assert refused.status == 409
    assert refused.says("A colleague saved this answer while you wrote. Both texts are below.")
    assert refused.says("João wrote this.")
    assert refused.says("Helena wrote that.")
    kept = refused.press("Save the answer", body="João wrote this. Helena wrote that.")
    assert kept.says("The answer is saved.")
    assert kept.says("João wrote this. Helena wrote that.")


def test_a_signer_who_read_another_text_is_asked_to_read_again(town, browse, trees):
    helena, joao = town.officer(), town.officer("João Pires")
    desk = browse(helena).visits(f"/desk/ideas/{trees.id}")
    waiting = desk.press("Save and hand on to sign-off", kind="deciding", body="Twelve trees.")
    read = browse(joao).visits(f"/desk/ideas/{trees.id}")
    waiting.press("Take it back").press("Save and hand on to sign-off", body="Two trees.")

    refused = read.press("Sign and publish")

    assert refused.status == 409
    assert refused.says("The answer changed after you read it.")
    assert refused.press("Sign and publish").says("The answer is public and signed.")


def test_an_answer_is_published_once_however_often_it_is_signed(town, trees):
    helena, joao, rui = town.officer(), town.officer("João Pires"), town.officer("Rui Reis")
    published(trees, by=helena, signer=joao)
    draft = db.session.query(AnswerDraft).one()
    db.session.commit()

    with pytest.raises(TooLate), transaction():
        commands.sign_off(draft, by=rui)

    assert draft.state is DraftState.PUBLISHED
    assert db.session.query(Answer).count() == 1


def test_a_reply_follows_a_decision_and_changes_no_date(town, trees):
    helena, joao = town.officer(), town.officer("João Pires")
    published(trees, by=helena, signer=joao)

    published(trees, by=helena, signer=joao, kind=AnswerKind.REPLY, body="The pits are dug.")

    assert db.session.query(Answer).count() == 2
    assert db.session.get_one(Idea, trees.id).answer_due_at is None


def test_an_answer_shows_a_name_only_if_its_owner_wishes(town, trees):
    helena, joao = town.officer(), town.officer("João Pires")

    plain = published(trees, by=helena, signer=joao)
    named = published(trees, by=helena, signer=joao, kind=AnswerKind.REPLY, shows_name=True)

    assert plain.signature == "Streets Department"
    assert named.signature == "Helena Costa, Streets Department"
