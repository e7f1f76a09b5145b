"""Who is told of what: each person once, in their own words, and nobody who asked not to be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from ideas.accounts.models import Level, Person, Resident, Standing
from ideas.board.commands import move, withdraw_idea
from ideas.board.models import Status
from ideas.comments.commands import post_comment
from ideas.comments.models import Stance
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.events import Delivery, relay
from ideas.core.mail import send_mails
from ideas.core.transactions import reading, transaction
from ideas.notifications import commands
from ideas.notifications.commands import choose_pace, follow, unfollow
from ideas.notifications.models import MailPace, Notice
from ideas.programs.commands import (
    add_milestone,
    adopt,
    create_program,
    move_program,
    post_update,
    slip_milestone,
)
from ideas.programs.models import ProgramStatus
from ideas.voting.models import Vote, VoteState
from tests.notifications.telling import mails_to, moves, settled, told
from tests.voting.pressing import fresh, presses, takes_back


def test_a_status_move_tells_author_supporter_and_follower_each_in_their_own_words(town):
    ana, bo, cleo = town.resident("Ana"), town.resident("Bo"), town.member("Cleo")
    trees = settled(town, "Shade trees", by=ana, status=Status.UNDER_REVIEW)
    presses(trees, bo)
    with transaction():
        follow(by=cleo, idea_id=trees.id)
    relay()
    before = {person.id: len(told(person)) for person in (ana, bo, cleo)}

    moves(trees, Status.SHORTLISTED)

    assert told(ana)[before[ana.id] :] == ["Your idea “Shade trees” is on the shortlist"]
    assert told(bo)[before[bo.id] :] == ["“Shade trees”, which you support, is on the shortlist"]
    assert told(cleo)[before[cleo.id] :] == ["“Shade trees”, which you follow, is on the shortlist"]
    mail = mails_to(bo)[-1]
    assert mail.subject == "“Shade trees”, which you support, is on the shortlist"
    assert "Shade is planned." in (mail.text or "")
    assert f"http://localhost{trees.path}" in (mail.text or "")
    assert str(mail.unsubscribe_url) in (mail.text or "")


def test_a_kept_vote_is_support_too(town):
    omar = town.member("Omar")
    trees = settled(town, "Shade trees", status=Status.UNDER_REVIEW)
    presses(trees, omar)
    relay()

    moves(trees, Status.SHORTLISTED)

    assert told(omar) == ["“Shade trees”, which you support, is on the shortlist"]


def test_who_took_their_support_back_is_not_told(town):
    bo = town.resident("Bo")
    trees = settled(town, "Shade trees", status=Status.UNDER_REVIEW)
    presses(trees, bo)
    takes_back(trees, bo)
    relay()

    moves(trees, Status.SHORTLISTED)

    assert told(bo) == []


def test_an_author_who_supports_and_follows_is_told_once_as_the_author(town):
    ana = town.resident("Ana")
    trees = settled(town, "Shade trees", by=ana, status=Status.UNDER_REVIEW)
    presses(trees, ana)
    with transaction():
        follow(by=ana, idea_id=trees.id)
    relay()
    before = len(told(ana))

    moves(trees, Status.SHORTLISTED)

    assert told(ana)[before:] == ["Your idea “Shade trees” is on the shortlist"]


def test_a_listener_that_runs_twice_tells_once(town):
    bo = town.resident("Bo")
    trees = settled(town, "Shade trees", status=Status.UNDER_REVIEW)
    presses(trees, bo)
    moves(trees, Status.SHORTLISTED)
    with transaction():
        last = select(func.max(Delivery.event_id)).scalar_subquery()
        again = update(Delivery).where(Delivery.event_id == last)
        db.session.execute(again.values(done_at=None, next_at=Delivery.done_at))

    assert relay() > 0

    assert len(told(bo)) == len(mails_to(bo)) == 1


def test_a_listener_that_dies_half_way_is_finished_by_the_next_run(town, monkeypatch):
    monkeypatch.setattr(commands, "CHUNK", 2)
    people = [town.resident(f"Resident {n}") for n in range(5)]
    trees = settled(town, "Shade trees", status=Status.UNDER_REVIEW)
    for person in people:
        presses(trees, person)
    relay()
    send, calls = send_mails, []

    def dies_at_the_second_chunk(parcels):
        calls.append(len(parcels))
        if len(calls) == 2:
            raise OSError("the power went")
        send(parcels)

    monkeypatch.setattr(commands, "send_mails", dies_at_the_second_chunk)
    moves(trees, Status.SHORTLISTED)
    assert sum(len(mails_to(person)) for person in people) == 2
    with transaction():
        db.session.execute(update(Delivery).where(Delivery.done_at.is_(None)).values(next_at=town_now()))
    monkeypatch.setattr(commands, "send_mails", send)

    relay()

    assert [len(told(person)) for person in people] == [1] * 5
    assert [len(mails_to(person)) for person in people] == [1] * 5


def test_who_asked_to_hear_no_more_is_not_told_although_they_support(town):
    bo = town.resident("Bo")
    trees = settled(town, "Shade trees", status=Status.UNDER_REVIEW)
    presses(trees, bo)
    relay()
    with transaction():
        unfollow(by=bo, idea_id=trees.id)

    moves(trees, Status.SHORTLISTED)

    assert told(bo) == []


def test_who_wants_no_mail_still_has_notices(town):
    bo = town.resident("Bo")
    trees = settled(town, "Shade trees", status=Status.UNDER_REVIEW)
    presses(trees, bo)
    relay()
    with transaction():
        choose_pace(by=bo, pace=MailPace.NONE)

    moves(trees, Status.SHORTLISTED)

    assert len(told(bo)) == 1
    assert mails_to(bo) == []


def test_who_acts_is_not_told_of_their_own_act(town):
    ana, bo = town.resident("Ana"), town.resident("Bo")
    trees = settled(town, "Shade trees", by=ana)
    presses(trees, bo)
    relay()
    before = len(told(ana))

    with transaction():
        withdraw_idea(fresh(trees), by=ana, text="Somebody does it already.")
    relay()

    assert len(told(ana)) == before
    assert told(bo)[-1] == "“Shade trees”, which you support, was withdrawn by its author"


def test_a_banned_account_is_not_told(town):
    bo = town.resident("Bo")
    trees = settled(town, "Shade trees", status=Status.UNDER_REVIEW)
    presses(trees, bo)
    with transaction():
        db.session.execute(update(Person).where(Person.id == bo.id).values(standing=Standing.BANNED))

    moves(trees, Status.SHORTLISTED)

    assert told(bo) == []


def test_supporters_of_a_hidden_idea_hear_the_rule_and_not_its_words(town):
    bo = town.resident("Bo")
    trees = settled(town, "Buy my pills")
    presses(trees, bo)
    relay()

    moves(trees, Status.HIDDEN, by=town.moderator(), text="Advertising.", rule="5")

    assert told(bo) == ["An idea that you support or follow was hidden, by house rule 5"]
    assert "pills" not in (mails_to(bo)[0].text or "") + mails_to(bo)[0].subject


def test_a_comment_tells_the_author_whoever_was_answered_and_whoever_was_named(town):
    ana, omar, lin = town.resident("Ana Ruiz"), town.resident("Omar"), town.resident("Lin Wei")
    trees = settled(town, "Shade trees", by=ana)
    with transaction():
        first = post_comment(fresh(trees), by=omar, stance=Stance.FOR, body="Shade keeps people riding.")
        post_comment(fresh(trees), by=lin, stance=Stance.QUESTION, body="Which trees?")
    relay()
    with transaction():
        post_comment(fresh(trees), by=ana, stance=Stance.NOTE, body="Ask @lin wei about it.", parent=first)
    relay()

    assert told(omar) == ["Ana Ruiz replied to your comment on “Shade trees”"]
    assert told(lin) == ["Ana Ruiz named you in a comment on “Shade trees”"]
    assert told(ana)[-2:] == [
        "Omar commented on your idea “Shade trees”",
        "Lin Wei commented on your idea “Shade trees”",
    ]


def test_who_comments_follows_from_then_on(town):
    omar = town.resident("Omar")
    trees = settled(town, "Shade trees", status=Status.UNDER_REVIEW)
    with transaction():
        post_comment(fresh(trees), by=omar, stance=Stance.FOR, body="Shade keeps people riding.")
    relay()

    moves(trees, Status.SHORTLISTED)

    assert told(omar) == ["“Shade trees”, which you follow, is on the shortlist"]


def program_of(town, *ideas):
    clerk = town.clerk()
    with transaction():
        program = create_program(by=clerk, title="Cool stops", summary="Shade.", department=town.streets)
        for idea in ideas:
            adopt(fresh(idea), by=clerk, into=program, text="Taken up.")
    return program


def test_a_programs_news_reaches_everybody_of_its_ideas_once(town):
    bo, officer = town.resident("Bo"), town.officer()
    ideas = [settled(town, title, status=Status.BEFORE_COUNCIL) for title in ("Shade trees", "Cool roofs")]
    for idea in ideas:
        presses(idea, bo)
    program = program_of(town, *ideas)
    relay()
    before = len(told(bo))

    with transaction():
        move_program(program, by=officer, to=ProgramStatus.IN_DELIVERY, text="The diggers are here.")
        post_update(program, by=officer, title="First trees", body="Twelve stand.")
        step = add_milestone(program, by=officer, title="South section", planned_on=date(2027, 3, 1))
        slip_milestone(step, by=officer, to=date(2027, 5, 1), reason="The soil was wet.")
    relay()

    assert told(bo)[before:] == [
        "The program “Cool stops” is in delivery",
        "News of “Cool stops”: First trees",
        "“South section” of the program “Cool stops” moves to 1 May 2027",
    ]
    assert len(mails_to(bo)) == before + 3


def test_somebody_who_muted_a_program_hears_nothing_of_it(town):
    bo, officer = town.resident("Bo"), town.officer()
    trees = settled(town, "Shade trees", status=Status.BEFORE_COUNCIL)
    presses(trees, bo)
    program = program_of(town, trees)
    with transaction():
        unfollow(by=bo, program_id=program.id)
    relay()
    before = len(told(bo))

    with transaction():
        post_update(program, by=officer, title="First trees", body="Twelve stand.")
    relay()

    assert len(told(bo)) == before


def test_many_supporters_cost_statements_by_the_chunk_and_not_by_the_person(town, count_queries):
    trees = settled(town, "Shade trees", status=Status.UNDER_REVIEW)
    crowd(trees.id, 1200)
    relay()
    with transaction():
        move(fresh(trees), to=Status.SHORTLISTED, by=None, text="Shade is planned.", rule="test")

    with count_queries() as asked:
        relay()

    with reading():
        assert db.session.scalars(select(func.count()).select_from(Notice)).one() >= 1200
    assert asked.number < 80, str(asked)


def crowd(idea_id: int, size: int) -> None:
    """So many people who support the idea, written in bulk."""
    with transaction():
        now = town_now()
        people = [
            Person(email=f"p{n}@crowd.example", display_name=f"Person {n}", joined_at=now)
            for n in range(size)
        ]
        db.session.add_all(people)
        db.session.flush()
        residents = [
            Resident(
                person_id=person.id,
                ref=person.id.to_bytes(32, "big"),
                level=Level.VERIFIED,
                method="register",
                eligible_until=now + timedelta(days=100),
            )
            for person in people
        ]
        db.session.add_all(residents)
        db.session.flush()
        db.session.add_all(
            Vote(idea_id=idea_id, resident_id=r.id, state=VoteState.CAST, level=Level.VERIFIED, cast_at=now)
            for r in residents
        )


@pytest.mark.parametrize("body", ["Nobody@example.org is no name", "@ alone", "@Ana"])
def test_an_at_sign_alone_names_nobody(town, body):
    ana, omar = town.resident("Ana Ruiz"), town.resident("Omar")
    trees = settled(town, "Shade trees", by=ana)
    with transaction():
        post_comment(fresh(trees), by=omar, stance=Stance.NOTE, body=body)
    relay()

    assert told(ana)[-1] == "Omar commented on your idea “Shade trees”"
