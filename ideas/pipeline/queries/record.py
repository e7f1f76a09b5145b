"""The case file: everything the city did and said about one idea, oldest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from ideas.board.models import Idea, StatusEvent, Wording
from ideas.core.db import db
from ideas.core.languages import spoken_date
from ideas.council.models import Meeting, Result
from ideas.pipeline import words
from ideas.pipeline.models import Answer, AnswerKind, Assessment, Feasibility


class AnswerCard(NamedTuple):
    """An answer as `_parts.answer_card` takes it; `text` is safe HTML."""

    id: int
    department: str
    person: str
    published: str
    text: str
    note: str
    earlier_url: str


class Entry(NamedTuple):
    """One entry: `kind` is move, answer, assessment or result, and the rest is what that kind has."""

    kind: str
    id: int
    at: datetime
    text: str
    status: str = ""
    by: str = ""
    department: str = ""
    due_at: datetime | None = None
    rule: str = ""
    answer_kind: str = ""
    signature: str = ""
    moved_from: datetime | None = None
    feasibility: str = ""
    cost_cents: int | None = None
    ending: str = ""
    deferred_to: date | None = None
    meeting: str = ""

    @property
    def anchor(self) -> str:
        """Where links lead, such as `answer-12`."""
        return f"{self.kind}-{self.id}"


def newest_answer(idea_id: int) -> AnswerCard | None:
    """What the city said last, or None; one statement."""
    found = db.session.execute(_newest_answer(), {"number": idea_id}).first()
    if found is None:
        return None
    answer, moves = found
    return AnswerCard(
        id=answer.id,
        department=answer.department.name,
        person="",
        published=spoken_date(answer.published_at, "d MMM y"),
        text=_said(answer.wording),
        note=words.answer_note(answer, moves=moves),
        earlier_url=f"/ideas/{idea_id}/case-file#answer-{answer.id}",
    )


@cache
def _newest_answer() -> Select[Answer, int]:
    return (
        select(Answer, Idea.answer_moves)
        .join(Idea, Idea.id == Answer.idea_id)
        .where(Answer.idea_id == bindparam("number", type_=Integer))
        .options(joinedload(Answer.wording), joinedload(Answer.department))
        .order_by(Answer.id.desc())
        .limit(1)
    )


def newest_assessment(idea_id: int) -> Assessment | None:
    """What it would cost and whether it can be done, as the department found last."""
    return newest_assessments([idea_id]).get(idea_id)


def newest_assessments(idea_ids: Iterable[int]) -> dict[int, Assessment]:
    """The check that holds for each of the ideas that have one."""
    newest = (
        select(func.max(Assessment.id))
        .where(Assessment.idea_id.in_(list(idea_ids)))
        .group_by(Assessment.idea_id)
    )
    found = db.session.scalars(
        select(Assessment).where(Assessment.id.in_(newest)).options(joinedload(Assessment.wording))
    )
    return {assessment.idea_id: assessment for assessment in found}


def checked_cost(assessment: Assessment | None) -> int | None:
    """The cost of what can be done, in cents; None without a check or when it cannot be done."""
    if assessment is None or assessment.feasibility is Feasibility.NOT_FEASIBLE:
        return None
    return assessment.cost_cents


def case_file(idea: Idea) -> list[Entry]:
    """Every move, answer, assessment and decision, oldest first; four statements."""
    entries = [*_moves(idea), *_answers(idea), *_assessments(idea), *_results(idea)]
    order = {"result": 0, "assessment": 1, "answer": 2, "move": 3}
    return _with_moved_dates(sorted(entries, key=lambda entry: (entry.at, order[entry.kind], entry.id)))


def _with_moved_dates(entries: list[Entry]) -> list[Entry]:
    """Tell each holding answer from which date it moved the promise."""
    told, due = [], None
    for entry in entries:
        told.append(entry._replace(moved_from=due) if entry.answer_kind and entry.due_at else entry)
        due = entry.due_at or due
    return told


def _moves(idea: Idea) -> list[Entry]:
    rows = db.session.scalars(
        _of(StatusEvent, idea).options(
            joinedload(StatusEvent.wording), joinedload(StatusEvent.department), joinedload(StatusEvent.by)
        )
    )
    return [
        Entry(
            "move",
            row.id,
            row.at,
            _said(row.wording),
            status=row.to_status if row.from_status else "posted",
            by=_who(row, idea),
            department=row.department.name if row.department and row.due_at else "",
            due_at=row.due_at,
            rule=row.rule,
        )
        for row in rows
    ]


def _who(row: StatusEvent, idea: Idea) -> str:
    """The role that moved it: names are for those who answer, not for those who press."""
    if row.by_id is None:
        return "rule"
    if row.by_id == idea.author_id:
        return "author"
    return str(row.by.role) if row.by else ""


def _answers(idea: Idea) -> list[Entry]:
    rows = db.session.scalars(
        _of(Answer, idea).options(joinedload(Answer.wording), joinedload(Answer.department))
    )
    return [
        Entry(
            "answer",
            row.id,
            row.published_at,
            _said(row.wording),
            department=row.department.name,
            answer_kind=row.kind,
            signature=row.signature,
            due_at=row.due_at if row.kind is AnswerKind.HOLDING else None,
        )
        for row in rows
    ]


def _assessments(idea: Idea) -> list[Entry]:
    rows = db.session.scalars(
        _of(Assessment, idea).options(joinedload(Assessment.wording), joinedload(Assessment.department))
    )
    return [
        Entry(
            "assessment",
            row.id,
            row.at,
            _said(row.wording),
            department=row.department.name,
            feasibility=row.feasibility,
            cost_cents=row.cost_cents,
        )
        for row in rows
    ]


def _results(idea: Idea) -> list[Entry]:
    rows = db.session.execute(
        select(Result, Meeting.title)
        .join(Meeting, Meeting.id == Result.meeting_id)
        .where(Result.idea_id == idea.id)
        .options(joinedload(Result.wording))
        .order_by(Result.id)
    )
    return [
        Entry(
            "result",
            row.id,
            row.at,
            _said(row.wording),
            ending=row.ending,
            deferred_to=row.deferred_to,
            meeting=title,
        )
        for row, title in rows
    ]


def _of(kind: Any, idea: Idea) -> Any:
    return select(kind).where(kind.idea_id == idea.id).order_by(kind.id)


def _said(wording: Wording) -> str:
    return words.public_words(wording.text, removed_at=wording.redacted_at, why=wording.redacted_why)
