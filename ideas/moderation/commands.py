"""Moderation: bring something to the desk, report it, decide, and put it back."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select, update

from ideas.accounts.models import Department, Person
from ideas.board.commands import move, put_under_review, wording
from ideas.board.models import Idea, Status, StatusEvent
from ideas.comments.commands import hide_comment, restore_comment
from ideas.comments.models import Comment, CommentState
from ideas.core.clock import town_now
from ideas.core.db import db, insert_into, take_turn
from ideas.core.errors import Invalid, TooLate, TooMany, ensure
from ideas.core.events import record
from ideas.moderation.house_rules import NUMBERS, rule_title
from ideas.moderation.models import Case, CaseKind, Decision, Report, Verdict
from ideas.moderation.queries import scopes_of
from ideas.moderation.rules import may_decide, may_moderate, may_report

REPORTS_A_DAY = 20
PUBLISHED_TEXT = "A moderator read this first idea and published it."
DECIDED = "This case was decided a moment ago. The log has what was said."
NOT_YOURS = "Somebody else decides this: it is your own, or outside your topics and districts."


def open_case(kind: CaseKind, *, idea: Idea | None = None, comment: Comment | None = None) -> Case:
    """Bring an idea or a comment to the desk; there is one open case of a kind per thing."""
    about = {"idea_id": idea.id if idea else None, "comment_id": comment.id if comment else None}
    fresh = insert_into(Case).values(kind=kind, opened_at=town_now(), **about)
    db.session.execute(fresh.on_conflict_do_nothing())
    found = select(Case).filter_by(kind=kind, **about).where(Case.closed_at.is_(None))
    return db.session.scalars(found).one()


def report(subject: Idea | Comment, *, by: Person, rule: str, words: str = "") -> Report:
    """Say that a rule is broken. It brings the thing to a moderator and hides nothing."""
    ensure(may_report(by, subject.author_id), "These words are your own. You can change or remove them.")
    _check_rule(rule)
    _check_pace(by)
    _check_is_there(subject)
    case = (
        open_case(CaseKind.REPORTED, idea=subject)
        if isinstance(subject, Idea)
        else open_case(CaseKind.REPORTED, comment=subject)
    )
    fresh = insert_into(Report).values(case_id=case.id, by_id=by.id, rule=rule, words=words, at=town_now())
    number = db.session.scalar(fresh.on_conflict_do_nothing().returning(Report.id))
    if number is None:
        raise TooLate("You reported this already. A moderator will look at it.")
    record("report.made", actor=by, subject=case, about={"rule": rule})
    return db.session.get_one(Report, number)


def decide(case: Case, *, by: Person, verdict: Verdict, rule: str = "", text: str = "") -> Decision:
    """Publish, keep or hide what a case is about, and close it.

    Hiding needs a rule and a text for the author; a text that goes with
    publishing is public in the case file.
    """
    subject = _theirs(case, by)
    _check_is_open(case)
    if verdict is Verdict.HIDDEN:
        _check_rule(rule)
        _check_text(text)
        _hide(subject, by=by, rule=rule)
        _close_all(subject)
    elif verdict is Verdict.PUBLISHED and isinstance(subject, Idea):
        move(subject, to=Status.OPEN, by=by, text=text or PUBLISHED_TEXT)
    elif verdict is not Verdict.KEPT or _waits(subject):
        raise Invalid(
            "Choose what this case can end with: publish or hide what waits, keep or hide the rest."
        )
    case.closed_at = town_now()
    return _decided(case, by=by, verdict=verdict, rule=rule if verdict is Verdict.HIDDEN else "", text=text)


def restore(case: Case, *, by: Person, text: str) -> Decision:
    """Put back what was hidden, with a text: an idea returns to where it stood."""
    subject = _theirs(case, by)
    _check_text(text)
    if isinstance(subject, Comment):
        restore_comment(subject)
    else:
        _restore_idea(subject, by=by, text=text)
    return _decided(case, by=by, verdict=Verdict.RESTORED, rule="", text=text)


def note_case(case: Case, *, by: Person, note: str) -> None:
    """Leave words for colleagues; nobody else reads them."""
    ensure(may_moderate(by), "Only moderators leave notes.")
    case.note = note
    record("case.noted", actor=by, subject=case)


def close_overtaken(
    kind: CaseKind | None = None, *, idea_id: int | None = None, comment_id: int | None = None
) -> None:
    """Take a case off the desk that has nothing left to decide, such as an idea its author withdrew."""
    gone = update(Case).where(Case.closed_at.is_(None))
    gone = gone.where(Case.idea_id == idea_id) if idea_id else gone.where(Case.comment_id == comment_id)
    db.session.execute((gone.where(Case.kind == kind) if kind else gone).values(closed_at=town_now()))


def subject_of(case: Case) -> Idea | Comment:
    """What the case is about."""
    if case.idea_id is not None:
        return db.session.get_one(Idea, case.idea_id)
    return db.session.get_one(Comment, case.comment_id)


def _theirs(case: Case, by: Person) -> Idea | Comment:
    """What the case is about, if this person may decide it."""
    ensure(may_moderate(by), "Only moderators decide.")
    subject = subject_of(case)
    idea = subject if isinstance(subject, Idea) else db.session.get_one(Idea, subject.idea_id)
    allowed = may_decide(
        by,
        scopes_of(by),
        author_id=subject.author_id,
        topic_id=idea.topic_id,
        district_id=idea.district_id,
    )
    ensure(allowed, NOT_YOURS)
    return subject


def _check_is_open(case: Case) -> None:
    closed_at = db.session.scalars(select(Case.closed_at).where(Case.id == case.id).with_for_update()).one()
    if closed_at is not None:
        raise TooLate(DECIDED)


def _check_rule(rule: str) -> None:
    if rule not in NUMBERS:
        raise Invalid("Choose the rule that is broken.", field="rule")


def _check_text(text: str) -> None:
    if not text.strip():
        raise Invalid("Write what the author will read.", field="text")


def _check_pace(by: Person) -> None:
    take_turn(f"reports of {by.id}")
    today = select(func.count()).where(Report.by_id == by.id, Report.at > town_now() - timedelta(days=1))
    if (db.session.scalar(today) or 0) >= REPORTS_A_DAY:
        raise TooMany(
            f"You sent {REPORTS_A_DAY} reports within a day. Send the next one tomorrow.", retry_after=3600
        )


def _check_is_there(subject: Idea | Comment) -> None:
    is_there = subject.is_on_the_board if isinstance(subject, Idea) else subject.state is CommentState.VISIBLE
    if not is_there:
        raise TooLate("This is not there to be read any more, so there is nothing to report.")


def _waits(subject: Idea | Comment) -> bool:
    return isinstance(subject, Idea) and subject.status is Status.WAITING


def _hide(subject: Idea | Comment, *, by: Person, rule: str) -> None:
    if isinstance(subject, Comment):
        hide_comment(subject, rule=rule)
        return
    words = f"Hidden by a moderator: {rule_title(rule).lower()} (rule {rule})."
    move(subject, to=Status.HIDDEN, by=by, text=words, rule=rule)


def _close_all(subject: Idea | Comment) -> None:
    """What is hidden has no other question left to decide."""
    if isinstance(subject, Idea):
        close_overtaken(idea_id=subject.id)
    else:
        close_overtaken(comment_id=subject.id)


def _restore_idea(idea: Idea, *, by: Person, text: str) -> None:
    if idea.status is not Status.HIDDEN:
        raise TooLate(f"“{idea.title}” is not hidden.")
    hidden = select(StatusEvent.from_status).where(
        StatusEvent.idea_id == idea.id, StatusEvent.to_status == Status.HIDDEN
    )
    before = db.session.scalar(hidden.order_by(StatusEvent.id.desc()).limit(1))
    to = Status.OPEN if before in {None, Status.WAITING} else before
    assert to is not None
    if to is Status.UNDER_REVIEW:
        owner = db.session.get_one(Department, idea.answer_owner_id)
        put_under_review(idea, by=by, text=text, department=owner)
    else:
        move(idea, to=to, by=by, text=text)


def _decided(case: Case, *, by: Person, verdict: Verdict, rule: str, text: str) -> Decision:
    """Write the decision, which nobody changes later, and say that it was made."""
    decision = Decision(
        case_id=case.id,
        idea_id=case.idea_id,
        comment_id=case.comment_id,
        verdict=verdict,
        rule=rule,
        wording_id=wording(text).id if text else None,
        by_id=by.id,
        at=town_now(),
    )
    db.session.add(decision)
    db.session.flush()
    about = {
        "decision_id": decision.id,
        "idea_id": case.idea_id,
        "comment_id": case.comment_id,
        "verdict": verdict,
        "rule": rule,
    }
    record("case.decided", actor=by, subject=case, about=about)
    return decision
