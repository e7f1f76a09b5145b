"""What the city does about an idea on record: review, answers with two signatures, cost, decline, reopen."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideas.accounts.models import Department, Person
from ideas.board.commands import move, put_under_review, warm_by_answer, wording
from ideas.board.models import Idea, Status, StatusEvent
from ideas.core.city import city_day
from ideas.core.clock import town_now
from ideas.core.db import db, one_of_a_kind
from ideas.core.errors import Invalid, TooLate, ensure
from ideas.core.events import record
from ideas.moderation.queries import scopes_of
from ideas.pipeline.models import (
    HOLDING_ANSWERS,
    Answer,
    AnswerDraft,
    AnswerKind,
    Assessment,
    DraftState,
    Feasibility,
    Reason,
)
from ideas.pipeline.rules import (
    ASSESSED,
    DECLINABLE,
    may_decline,
    may_promote,
    may_reopen,
    may_sign,
    may_speak_for,
    owner_of,
)

LONGEST_HOLD = timedelta(days=30)
DRAFT = ("kind", "body", "new_due_at", "shows_name", "state", "written_by", "updated_at")
CLOCK = ("answer_owner_id", "answer_due_at", "answer_moves")
SAVED_MEANWHILE = "A colleague saved this answer while you wrote. Both texts are below."


def promote(
    idea: Idea, *, by: Person | None, text: str, department: Department | None = None, rule: str = ""
) -> StatusEvent:
    """Take an open idea under review: from now on a department owes an answer by a date.

    `by` is None when a published rule moved it; the rule is then named.
    """
    ensure(
        by is None or may_promote(by, idea, scopes_of(by)),
        "Only moderators of its topic or district take an idea under review.",
    )
    if idea.status is not Status.OPEN:
        raise TooLate(f"“{idea.title}” is not gathering support any more.")
    owner = department or db.session.get_one(Department, idea.topic.department_id)
    return put_under_review(idea, by=by, text=text, department=owner, rule=rule)


def draft_answer(
    idea: Idea,
    *,
    by: Person,
    kind: AnswerKind,
    body: str,
    new_due_at: datetime | None = None,
    shows_name: bool = False,
    seen_at: datetime | None = None,
) -> AnswerDraft:
    """Write or go on writing the department's answer.

    `seen_at` is when the writer last read the draft: a colleague's later save is
    never overwritten in silence.
    """
    department_id = owner_of(idea)
    ensure(may_speak_for(by, department_id), "Only officers of the department that owes the answer write it.")
    _check_kind(idea, kind=kind, new_due_at=new_due_at)
    draft = _open_draft(idea, department_id)
    if draft is None:
        draft = AnswerDraft(idea_id=idea.id, department_id=department_id)
    elif draft.state is DraftState.SIGN_OFF:
        raise TooLate("This answer waits for sign-off. Take it back before you change it.")
    elif seen_at is not None and draft.updated_at > seen_at:
        raise TooLate(SAVED_MEANWHILE)
    draft.kind, draft.body, draft.shows_name = kind, body, shows_name
    draft.new_due_at = new_due_at if kind is AnswerKind.HOLDING else None
    draft.written_by, draft.updated_at, draft.state = by.id, town_now(), DraftState.WRITING
    with one_of_a_kind(SAVED_MEANWHILE, refusal=TooLate):
        db.session.add(draft)
    record("answer.drafted", actor=by, subject=draft, about={"idea_id": idea.id})
    return draft


def ask_sign_off(draft: AnswerDraft, *, by: Person) -> None:
    """Hand the draft to the colleague who signs."""
    ensure(may_speak_for(by, draft.department_id), "Only officers of the department hand its answers on.")
    _lock(draft)
    if draft.state not in {DraftState.WRITING, DraftState.RETURNED}:
        raise TooLate("This answer was handed on already.")
    draft.state, draft.updated_at = DraftState.SIGN_OFF, town_now()
    record("answer.handed_on", actor=by, subject=draft, about={"idea_id": draft.idea_id})


def take_back(draft: AnswerDraft, *, by: Person) -> None:
    """Ask an answer back from sign-off, to go on writing."""
    ensure(may_speak_for(by, draft.department_id), "Only officers of the department take its answers back.")
    _lock(draft)
    if draft.state is not DraftState.SIGN_OFF:
        raise TooLate("This answer does not wait for sign-off.")
    draft.state, draft.updated_at = DraftState.WRITING, town_now()
    record("answer.taken_back", actor=by, subject=draft, about={"idea_id": draft.idea_id})


def return_draft(draft: AnswerDraft, *, by: Person, why: str) -> None:
    """Give it back with a reason."""
    department = _locked_department(draft)
    ensure(may_sign(by, draft, department), "Only who signs for the department may return an answer.")
    if draft.state is not DraftState.SIGN_OFF:
        raise TooLate("This answer does not wait for sign-off.")
    draft.state, draft.returned_why, draft.updated_at = DraftState.RETURNED, why, town_now()
    record("answer.returned", actor=by, subject=draft, about={"idea_id": draft.idea_id})


def sign_off(draft: AnswerDraft, *, by: Person, seen_at: datetime | None = None) -> Answer:
    """Publish the answer, signed by department and role; it is never edited, only followed by another.

    `seen_at` is when the signer last read it: nobody signs words they have not seen.
    """
    department = _locked_department(draft)
    ensure(may_sign(by, draft, department), "An answer is signed by a colleague, never by who wrote it.")
    idea = _idea_of(draft)
    _check_signable(draft, idea, seen_at=seen_at)
    answer = Answer(
        idea_id=idea.id,
        department_id=department.id,
        kind=draft.kind,
        wording_id=wording(draft.body).id,
        due_at=draft.new_due_at if draft.kind is AnswerKind.HOLDING else None,
        written_by=draft.written_by,
        signed_by=by.id,
        signature=_signature(draft, department),
        published_at=town_now(),
    )
    db.session.add(answer)
    draft.state, draft.updated_at = DraftState.PUBLISHED, town_now()
    _set_clock(idea, answer)
    warm_by_answer(idea)
    record("answer.published", actor=by, subject=answer, about={"idea_id": idea.id, "kind": answer.kind})
    return answer


def assess(
    idea: Idea, *, by: Person, cost_cents: int | None, feasibility: Feasibility, text: str
) -> Assessment:
    """Record what it would cost and whether it can be done; the newest assessment holds."""
    department_id = owner_of(idea)
    ensure(may_speak_for(by, department_id), "Only officers of the department check cost and feasibility.")
    if idea.status not in ASSESSED:
        raise TooLate(f"“{idea.title}” is past the stage where cost is checked.")
    if feasibility is not Feasibility.NOT_FEASIBLE and cost_cents is None:
        raise Invalid("Say what it would cost, or that it cannot be done.", field="cost")
    found = Assessment(
        idea_id=idea.id,
        department_id=department_id,
        cost_cents=cost_cents,
        feasibility=feasibility,
        wording_id=wording(text).id,
        by_id=by.id,
        at=town_now(),
    )
    db.session.add(found)
    record("idea.assessed", actor=by, subject=idea, about={"feasibility": feasibility})
    return found


def decline(idea: Idea, *, by: Person, reason: Reason, text: str, reopen_if: str) -> StatusEvent:
    """Say no, why, and what would change it."""
    ensure(
        may_decline(by, idea, scopes_of(by)),
        "Only moderators of its topic or district and the department that owes the answer decline.",
    )
    if idea.status not in DECLINABLE:
        raise TooLate(f"“{idea.title}” cannot be declined from where it stands now.")
    words = with_way_back(text, reopen_if)
    return move(idea, to=Status.DECLINED, by=by, text=words, rule=f"reason:{reason}")


def with_way_back(text: str, reopen_if: str) -> str:
    """The words of a no, with what would change it."""
    return f"{text}\n\nWe would reopen it if {reopen_if}" if reopen_if else text


def reopen(idea: Idea, *, by: Person, text: str) -> StatusEvent:
    """Open a declined idea again, with a text."""
    ensure(
        may_reopen(by, idea, scopes_of(by)), "Only moderators of its topic or district open an idea again."
    )
    if idea.status is not Status.DECLINED:
        raise TooLate(f"“{idea.title}” is not declined.")
    return move(idea, to=Status.OPEN, by=by, text=text)


def _check_kind(idea: Idea, *, kind: AnswerKind, new_due_at: datetime | None) -> None:
    """A holding answer moves the date, a deciding one ends the wait, a reply is for when nothing is owed."""
    if not idea.is_on_the_board:
        raise TooLate(f"“{idea.title}” is not on the board now.")
    if kind is AnswerKind.REPLY:
        if idea.answer_due_at is not None:
            raise Invalid("The city owes an answer here: choose a holding or a deciding one.", field="kind")
    elif idea.answer_due_at is None:
        raise TooLate(f"The city owes no answer on “{idea.title}” now. You can still write a reply.")
    elif kind is AnswerKind.HOLDING:
        _check_hold(idea, idea.answer_due_at, new_due_at)


def _check_hold(idea: Idea, due_at: datetime, new_due_at: datetime | None) -> None:
    """The date moves at most twice, by at most 30 days each, and never into the past."""
    if idea.answer_moves >= HOLDING_ANSWERS:
        raise Invalid("The date was moved twice already. Only a deciding answer can follow.", field="kind")
    if new_due_at is None:
        raise Invalid("A holding answer says by when the city will decide.", field="new_due_on")
    if not city_day(due_at) < city_day(new_due_at) <= city_day(due_at) + LONGEST_HOLD:
        raise Invalid("The new date lies after the present one, by at most 30 days.", field="new_due_on")
    if city_day(new_due_at) < city_day(town_now()):
        raise Invalid("That day has passed already. Choose a later one, or decide.", field="new_due_on")


def _check_signable(draft: AnswerDraft, idea: Idea, *, seen_at: datetime | None) -> None:
    if draft.state is not DraftState.SIGN_OFF:
        raise TooLate("This answer does not wait for sign-off.")
    if seen_at is not None and draft.updated_at > seen_at:
        raise TooLate("The answer changed after you read it. Read it again before you sign.")
    if owner_of(idea) != draft.department_id:
        raise TooLate("Another department answers for this idea now.")
    _check_kind(idea, kind=draft.kind, new_due_at=draft.new_due_at)


def _open_draft(idea: Idea, department_id: int) -> AnswerDraft | None:
    return db.session.scalar(
        select(AnswerDraft)
        .where(
            AnswerDraft.idea_id == idea.id,
            AnswerDraft.department_id == department_id,
            AnswerDraft.state != DraftState.PUBLISHED,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _lock(draft: AnswerDraft) -> None:
    """Read the draft as it is now and hold it, so that two signatures never publish it twice."""
    db.session.refresh(draft, DRAFT, with_for_update=True)


def _locked_department(draft: AnswerDraft) -> Department:
    _lock(draft)
    return db.session.get_one(Department, draft.department_id)


def _idea_of(draft: AnswerDraft) -> Idea:
    """The idea with what the clock says now, held until the end of the act."""
    rows = select(Idea).where(Idea.id == draft.idea_id).options(joinedload(Idea.topic))
    idea = db.session.scalars(rows).one()
    db.session.refresh(idea, ["status", *CLOCK], with_for_update={"key_share": True})
    return idea


def _signature(draft: AnswerDraft, department: Department) -> str:
    if not draft.shows_name:
        return department.name
    return f"{db.session.get_one(Person, draft.written_by).display_name}, {department.name}"


def _set_clock(idea: Idea, answer: Answer) -> None:
    if answer.kind is AnswerKind.HOLDING:
        idea.answer_due_at, idea.answer_moves = answer.due_at, idea.answer_moves + 1
    elif answer.kind is AnswerKind.DECIDING:
        idea.answer_due_at = None
    db.session.flush()
