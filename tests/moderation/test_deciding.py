"""What the desk may do, and what it leaves on record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from ideas.accounts.models import Guest, Role, Scope
from ideas.board import commands as board
from ideas.board.models import Idea, Status, StatusEvent
from ideas.board.queries import visible_idea
from ideas.comments import commands as comments
from ideas.comments.models import Comment, CommentState, Stance
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.errors import Gone, Invalid, NotAllowed, TooLate, TooMany
from ideas.core.events import Event, relay
from ideas.core.transactions import transaction
from ideas.moderation import commands
from ideas.moderation.models import Case, CaseKind, Decision, Report, Verdict


def say(idea, by, body="Into the harbour with them."):
    with transaction():
        return comments.post_comment(idea, by=by, stance=Stance.NOTE, body=body)


def reported(subject, by, rule="2", words=""):
    with transaction():
        return db.session.get_one(Case, commands.report(subject, by=by, rule=rule, words=words).case_id)


def decide(case, by, verdict, **more):
    with transaction():
        return commands.decide(case, by=by, verdict=verdict, **more)


def first_case():
    case = db.session.scalars(select(Case).order_by(Case.id)).first()
    db.session.commit()
    return case


def again(row):
    found = db.session.get_one(type(row), row.id, populate_existing=True)
    db.session.commit()
    return found


def waiting(town):
    idea = town.idea(by=town.member("New Neighbour"), status=Status.WAITING)
    relay()
    return idea


def test_somebodys_first_idea_comes_to_the_desk(town):
    idea = waiting(town)

    case = first_case()

    assert (case.kind, case.idea_id) == (CaseKind.FIRST_IDEA, idea.id)


def test_the_same_event_told_twice_opens_one_case(town):
    idea = waiting(town)
    with transaction():
        commands.open_case(CaseKind.FIRST_IDEA, idea=idea)

    assert len(db.session.scalars(select(Case)).all()) == 1


def test_a_published_idea_is_open_and_its_case_file_says_so(town):
    idea = waiting(town)

    decide(first_case(), town.moderator(), Verdict.PUBLISHED)

    assert again(idea).status is Status.OPEN
    assert first_case().closed_at is not None
    assert visible_idea(idea.id, to=Guest()).id == idea.id


def test_a_hidden_idea_is_gone_with_its_rule(town):
    idea = waiting(town)

    decide(first_case(), town.moderator(), Verdict.HIDDEN, rule="5", text="This sells something.")

    assert again(idea).hidden_rule == "5"
    with pytest.raises(Gone) as gone:
        visible_idea(idea.id, to=Guest())
    assert gone.value.more["rule"] == "5"


def test_the_public_record_of_a_hidden_idea_names_the_rule_and_not_the_words_to_its_author(town):
    idea = waiting(town)

    decide(first_case(), town.moderator(), Verdict.HIDDEN, rule="5", text="This sells something.")

    entry = db.session.scalars(select(StatusEvent).order_by(StatusEvent.id.desc()).limit(1)).one()
    assert entry.idea_id == idea.id
    assert entry.rule == "5"
    from ideas.board.models import Wording

    assert db.session.get_one(Wording, entry.wording_id).text == (
        "Hidden by a moderator: advertising (rule 5)."
    )


@pytest.mark.parametrize(
    ("rule", "text", "field"), [("", "Words", "rule"), ("9", "Words", "rule"), ("2", " ", "text")]
)
def test_hiding_needs_a_rule_and_words_for_the_author(town, rule, text, field):
    waiting(town)

    with pytest.raises(Invalid) as refused:
        decide(first_case(), town.moderator(), Verdict.HIDDEN, rule=rule, text=text)

    assert refused.value.field == field
    assert first_case().closed_at is None


def test_what_waits_is_published_or_hidden_and_never_just_kept(town):
    waiting(town)

    with pytest.raises(Invalid):
        decide(first_case(), town.moderator(), Verdict.KEPT)


def test_a_report_hides_nothing(town):
    comment = say(town.idea(), town.member())

    reported(comment, town.member("Lena S."))

    assert again(comment).state is CommentState.VISIBLE


def test_many_reports_of_one_thing_are_one_case(town):
    comment = say(town.idea(), town.member())

    cases = {reported(comment, town.member(f"Neighbour {n}")).id for n in range(3)}

    assert len(cases) == 1
    assert len(db.session.scalars(select(Report)).all()) == 3


def test_a_person_reports_a_thing_once(town):
    comment, lena = say(town.idea(), town.member()), town.member("Lena S.")
    reported(comment, lena)

    with pytest.raises(TooLate):
        reported(comment, lena)


def test_nobody_reports_their_own_words(town):
    omar = town.member()
    comment = say(town.idea(), omar)

    with pytest.raises(NotAllowed):
        reported(comment, omar)


def test_the_twenty_first_report_of_a_day_waits(town):
    idea, lena = town.idea(), town.member("Lena S.")
    authors = [town.member() for _ in range(4)]
    for author in authors:
        for n in range(5):
            reported(say(idea, author, f"Comment {n}"), lena)

    with pytest.raises(TooMany):
        reported(say(idea, authors[0]), lena)


def test_a_hidden_comment_closes_every_case_about_it_and_tells_its_author(town):
    comment = say(town.idea(), town.member())
    case = reported(comment, town.member("Lena S."))

    decision = decide(case, town.moderator(), Verdict.HIDDEN, rule="2", text="It wishes harm on people.")

    assert again(comment).state is CommentState.HIDDEN
    told = db.session.scalars(select(Event).where(Event.kind == "case.decided")).one()
    assert told.about == {
        "decision_id": decision.id,
        "idea_id": None,
        "comment_id": comment.id,
        "verdict": "hidden",
        "rule": "2",
    }


def test_a_kept_comment_stays_and_a_later_report_opens_a_new_case(town):
    comment, maria = say(town.idea(), town.member()), town.moderator()
    first = reported(comment, town.member("Lena S."))
    decide(first, maria, Verdict.KEPT)

    second = reported(comment, town.member("M. Roth"))

    assert again(comment).state is CommentState.VISIBLE
    assert second.id != first.id


def test_a_case_is_decided_once(town):
    comment = say(town.idea(), town.member())
    case = reported(comment, town.member("Lena S."))
    decide(case, town.moderator(), Verdict.KEPT)

    with pytest.raises(TooLate):
        decide(case, town.moderator("Jo Silva"), Verdict.HIDDEN, rule="2", text="Too late.")


def test_a_moderator_does_not_decide_about_their_own_words(town):
    maria = town.moderator()
    case = reported(say(town.idea(), maria), town.member("Lena S."))

    with pytest.raises(NotAllowed):
        decide(case, maria, Verdict.KEPT)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OFFICER, Role.COUNCIL_MEMBER])
def test_nobody_but_moderators_decides(town, role):
    case = reported(say(town.idea(), town.member()), town.member("Lena S."))
    more = {"department_id": town.streets.id} if role is Role.OFFICER else {}

    with pytest.raises(NotAllowed):
        decide(case, town.person("Somebody else", role, **more), Verdict.KEPT)


def test_a_moderator_with_limits_decides_only_within_them(town):
    maria = town.moderator()
    with transaction():
        db.session.add(Scope(person_id=maria.id, topic_id=town.parks.id))
    lena, omar = town.member("Lena S."), town.member()
    theirs = reported(say(town.idea("A pond in the park", topic=town.parks), omar), lena)
    other = reported(say(town.idea("A lane on the road", topic=town.transit), omar), lena)

    decide(theirs, maria, Verdict.KEPT)

    with pytest.raises(NotAllowed):
        decide(other, maria, Verdict.KEPT)


def test_a_comment_that_is_put_back_is_counted_again(town):
    idea, maria = town.idea(), town.moderator()
    comment = say(idea, town.member())
    case = reported(comment, town.member("Lena S."))
    decide(case, maria, Verdict.HIDDEN, rule="2", text="It wishes harm on people.")

    with transaction():
        commands.restore(case, by=maria, text="It was a joke about fish.")

    from ideas.comments.models import TalkCount

    assert again(comment).state is CommentState.VISIBLE
    assert db.session.get_one(TalkCount, idea.id).comments == 1


@pytest.mark.parametrize("status", [Status.OPEN, Status.UNDER_REVIEW, Status.DECLINED])
def test_an_idea_that_is_put_back_returns_to_where_it_stood(town, status):
    idea, maria = town.idea(status=status), town.moderator()
    case = reported(idea, town.member("Lena S."), rule="5")
    decide(case, maria, Verdict.HIDDEN, rule="5", text="This sells something.")

    with transaction():
        commands.restore(case, by=maria, text="It does not sell anything.")

    assert again(idea).status is status
    assert (again(idea).answer_due_at is not None) == (status is Status.UNDER_REVIEW)


def test_what_is_not_hidden_cannot_be_put_back(town):
    case = reported(say(town.idea(), town.member()), town.member("Lena S."))

    with pytest.raises(TooLate), transaction():
        commands.restore(case, by=town.moderator(), text="Why not.")


def test_nobody_changes_a_decision(town, app):
    case = reported(say(town.idea(), town.member()), town.member("Lena S."))
    decision = decide(case, town.moderator(), Verdict.KEPT)

    with pytest.raises(Exception, match="append-only"), transaction():
        db.session.get_one(Decision, decision.id).rule = "1"


def test_a_title_that_changed_after_votes_is_read_again(town):
    ana = town.resident("Ana Ruiz")
    idea = town.idea(by=ana)
    from ideas.voting.commands import cast_vote

    lena = town.resident("Lena S.")
    with transaction():
        cast_vote(visible_idea(idea.id, to=lena), by=lena)
    with transaction():
        board.edit_idea(
            db.session.get_one(Idea, idea.id),
            by=ana,
            title="Parking along Canal Street",
            body=idea.body,
            seen_revision=1,
        )
    relay()

    assert first_case().kind is CaseKind.EDIT_AFTER_VOTES


def test_a_waiting_idea_that_is_withdrawn_leaves_the_desk(town):
    author = town.member("New Neighbour")
    idea = town.idea(by=author, status=Status.WAITING)
    relay()

    with transaction():
        board.withdraw_idea(db.session.get_one(Idea, idea.id), by=author, text="I changed my mind.")
    relay()

    assert first_case().closed_at is not None


def test_a_reported_comment_that_its_author_removes_leaves_the_desk(town):
    omar = town.member()
    comment = say(town.idea(), omar)
    reported(comment, town.member("Lena S."))

    with transaction():
        comments.remove_comment(db.session.get_one(Comment, comment.id), by=omar)
    relay()

    assert first_case().closed_at is not None


def test_every_decision_of_the_desk_is_in_the_audit_log(town):
    from ideas.core.audit import AuditRow

    maria = town.moderator()
    case = reported(say(town.idea(), town.member()), town.member("Lena S."))

    decide(case, maria, Verdict.KEPT)

    row = db.session.scalars(select(AuditRow).where(AuditRow.act == "case.decided")).one()
    assert (row.actor, row.object) == (maria.id, f"moderation_case:{case.id}")
    assert town_now() - row.at < timedelta(minutes=1)
