"""What the desk looks at: answers that are due, ideas by status, and what one person may do with one idea."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from ideas.accounts.models import Department, Viewer
from ideas.accounts.queries import department_with, departments
from ideas.accounts.rules import administrators, moderators, officers
from ideas.board.models import NOT_ON_THE_BOARD, BoardCount, Idea, Status, StatusEvent
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.paging import Slice, decode_cursor, slice_of
from ideas.moderation.queries import scopes_of
from ideas.pipeline import rules
from ideas.pipeline.answer_clock import NO_FIGURES, Clock, Figures, figures
from ideas.pipeline.models import Answer, AnswerDraft, AnswerKind, DraftState

SOON = timedelta(days=7)
REMEMBERED = timedelta(days=365)
PAGE = 30


class DueLine(NamedTuple):
    """One answer that is owed; state is overdue, soon or due."""

    idea: Idea
    state: str
    due_at: datetime
    draft: str


class DepartmentDue(NamedTuple):
    """What one department owes, the latest first, and how it did in the last year."""

    department: Department
    lines: list[DueLine]
    figures: Figures

    @property
    def overdue(self) -> int:
        """How many are late."""
        return sum(line.state == "overdue" for line in self.lines)


class Acts(NamedTuple):
    """What the viewer may do with an idea on the desk now."""

    review: bool
    read: bool
    write: bool
    hand_on: bool
    take_back: bool
    sign: bool
    assess: bool
    decline: bool
    reopen: bool


class Filters(NamedTuple):
    """How the pipeline is narrowed."""

    status: Status | None = None
    topic_id: int | None = None
    department_id: int | None = None


class Owed(NamedTuple):
    """How many answers are due, and how many of them are late."""

    due: int
    overdue: int


def answers_owed(viewer: Viewer) -> Owed:
    """What the officer's own department owes, or the whole city for moderators; one statement."""
    late = func.count().filter(Idea.answer_due_at < town_now())
    owed = select(func.count(), late).select_from(Idea).where(Idea.answer_due_at.is_not(None))
    return Owed(*db.session.execute(_for(owed, viewer)).one())


def to_sign(viewer: Viewer) -> list[tuple[int, str]]:
    """The ideas whose answer waits for this person's signature: number and title, the soonest due first."""
    if not officers(viewer):
        return []
    rows = db.session.execute(
        select(AnswerDraft, Department, Idea.id, Idea.title)
        .join(Department, Department.id == AnswerDraft.department_id)
        .join(Idea, Idea.id == AnswerDraft.idea_id)
        .where(AnswerDraft.state == DraftState.SIGN_OFF, Department.id == viewer.department_id)
        .order_by(Idea.answer_due_at, Idea.id)
    )
    return [(number, title) for draft, owner, number, title in rows if rules.may_sign(viewer, draft, owner)]


def answers_due(viewer: Viewer) -> list[DepartmentDue]:
    """Every department the viewer looks after, with what it owes; four statements."""
    owed: dict[int, list[DueLine]] = {}
    for line in _lines(viewer):
        owed.setdefault(line.idea.answer_owner_id or 0, []).append(line)
    past = figures(_clocks(), now=town_now())
    return [
        DepartmentDue(department, owed.get(department.id, []), past.get(department.id, NO_FIGURES))
        for department in departments()
        if not officers(viewer) or department.id == viewer.department_id
    ]


def pipeline_page(filters: Filters, after: str | None) -> Slice[Idea]:
    """Ideas that moved last first, thirty at a time."""
    rows = _narrowed(
        select(Idea)
        .where(Idea.status.not_in(NOT_ON_THE_BOARD))
        .options(
            joinedload(Idea.topic),
            joinedload(Idea.district),
            joinedload(Idea.tally),
            joinedload(Idea.answer_owner),
        )
        .order_by(Idea.status_since.desc(), Idea.id.desc())
        .limit(PAGE + 1),
        filters,
    )
    cursor = decode_cursor(after, datetime, int)
    if cursor is not None:
        since, idea_id = cursor
        rows = rows.where((Idea.status_since < since) | ((Idea.status_since == since) & (Idea.id < idea_id)))
    return slice_of(db.session.scalars(rows).all(), PAGE, lambda idea: (idea.status_since, idea.id))


def status_counts() -> dict[Status, int]:
    """How many ideas stand in each status of the board."""
    rows = db.session.execute(
        select(BoardCount.status, func.sum(BoardCount.ideas)).group_by(BoardCount.status)
    )
    return {status: int(ideas) for status, ideas in rows}


def open_draft(idea: Idea) -> AnswerDraft | None:
    """The answer on its way by the department that owes it."""
    return db.session.scalar(
        select(AnswerDraft)
        .where(
            AnswerDraft.idea_id == idea.id,
            AnswerDraft.department_id == rules.owner_of(idea),
            AnswerDraft.state != DraftState.PUBLISHED,
        )
        .options(joinedload(AnswerDraft.writer))
    )


def acts_on(idea: Idea, viewer: Viewer, *, draft: AnswerDraft | None) -> Acts:
    """What this person may do with this idea as it is."""
    owner = rules.owner_of(idea)
    speaks = rules.may_speak_for(viewer, owner)
    waits = draft is not None and draft.state is DraftState.SIGN_OFF
    signs = waits and draft is not None and rules.may_sign(viewer, draft, department_with(owner))
    limits = scopes_of(viewer) if moderators(viewer) else []
    return Acts(
        review=idea.status is Status.OPEN and rules.may_promote(viewer, idea, limits),
        read=speaks or signs or administrators(viewer),
        write=idea.is_on_the_board and not waits and speaks,
        hand_on=draft is not None and not waits and speaks,
        take_back=waits and speaks,
        sign=signs,
        assess=idea.status in rules.ASSESSED and speaks,
        decline=idea.status in rules.DECLINABLE and rules.may_decline(viewer, idea, limits),
        reopen=idea.status is Status.DECLINED and rules.may_reopen(viewer, idea, limits),
    )


def _lines(viewer: Viewer) -> list[DueLine]:
    now = town_now()
    rows = db.session.execute(
        _for(
            select(Idea, AnswerDraft.state)
            .outerjoin(
                AnswerDraft,
                (AnswerDraft.idea_id == Idea.id)
                & (AnswerDraft.department_id == Idea.answer_owner_id)
                & (AnswerDraft.state != DraftState.PUBLISHED),
            )
            .where(Idea.answer_due_at.is_not(None))
            .options(joinedload(Idea.topic), joinedload(Idea.district), joinedload(Idea.tally))
            .order_by(Idea.answer_due_at, Idea.id),
            viewer,
        )
    )
    return [
        DueLine(idea, _urgency(idea.answer_due_at, now), idea.answer_due_at, str(state or ""))
        for idea, state in rows
    ]


def _urgency(due_at: datetime, now: datetime) -> str:
    if due_at < now:
        return "overdue"
    return "soon" if due_at < now + SOON else "due"


def _for(rows: Any, viewer: Viewer) -> Any:
    return rows.where(Idea.answer_owner_id == viewer.department_id) if officers(viewer) else rows


def _narrowed(rows: Select[Any], filters: Filters) -> Select[Any]:
    if filters.status is not None:
        rows = rows.where(Idea.status == filters.status)
    if filters.topic_id is not None:
        rows = rows.where(Idea.topic_id == filters.topic_id)
    if filters.department_id is not None:
        rows = rows.where(Idea.answer_owner_id == filters.department_id)
    return rows


def _clocks() -> list[Clock]:
    """Every stretch of the last year in which an answer was owed; two statements."""
    since = town_now() - REMEMBERED
    answers: dict[int, list[Answer]] = {}
    for answer in db.session.scalars(select(Answer).where(Answer.published_at > since).order_by(Answer.id)):
        answers.setdefault(answer.idea_id, []).append(answer)
    later = StatusEvent.__table__.alias("later")
    moved = select(func.min(later.c.at)).where(
        later.c.idea_id == StatusEvent.idea_id, later.c.id > StatusEvent.id
    )
    rows = db.session.execute(
        select(
            StatusEvent.idea_id,
            StatusEvent.department_id,
            StatusEvent.at,
            StatusEvent.due_at,
            moved.scalar_subquery(),
        ).where(StatusEvent.due_at.is_not(None), StatusEvent.at > since)
    )
    return [_clock(answers.get(row[0], []), *row[1:]) for row in rows]


def _clock(
    answers: list[Answer], department_id: int, began: datetime, due: datetime, moved: datetime | None
) -> Clock:
    """A holding answer moves the promise; a deciding one, or a move, stops the clock."""
    during = [a for a in answers if began <= a.published_at and (moved is None or a.published_at <= moved)]
    decided = next((a.published_at for a in during if a.kind is AnswerKind.DECIDING), moved)
    holds = [a.due_at for a in during if a.due_at and (decided is None or a.published_at <= decided)]
    return Clock(department_id, began, max([due, *holds]), decided)
