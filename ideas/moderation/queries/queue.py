"""The queue: reported things first, then by how long they wait."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, and_, case, func, or_, select

from ideas.accounts.models import Viewer
from ideas.board.models import Idea
from ideas.comments.models import Comment
from ideas.core.city import city
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.paging import decode_cursor, slice_of
from ideas.core.text import excerpt
from ideas.moderation import words
from ideas.moderation.models import Case, CaseKind, Report
from ideas.moderation.queries.scopes import is_theirs
from ideas.moderation.working_hours import working_hours
from ideas.places.models import District

PAGE = 30
TITLE_LENGTH = 60

RANK = case((Case.kind == CaseKind.REPORTED, 0), else_=1)


class CaseLine(NamedTuple):
    """One case in the list."""

    id: int
    kind: str
    title: str
    about: str
    pill: str
    status: str
    is_late: bool


class Queue(NamedTuple):
    """What waits at the desk for this person."""

    size: int
    words: str
    is_late: bool
    lines: list[CaseLine]
    next: str | None


def queue(viewer: Viewer, *, after: str | None = None) -> Queue:
    """The open cases of a moderator's topics and districts, 30 at a time, and whether the promise is kept."""
    now = town_now()
    count, oldest = _figures(viewer)
    page = slice_of(_rows(viewer, after), PAGE, lambda row: (row.rank, row.opened_at, row.id))
    hours = city().moderation_hours
    is_late = oldest is not None and working_hours(oldest, now, city().zoneinfo) > hours
    said = words.queue(count, words.age(now - oldest) if oldest else "", hours)
    return Queue(count, said, is_late, [_line(row, now) for row in page.items], page.next)


def queue_size(viewer: Viewer) -> int:
    """How many open cases are this moderator's."""
    return _figures(viewer)[0]


def first_case_id(viewer: Viewer) -> int | None:
    """The case to begin with."""
    found: int | None = db.session.scalar(_ordered(_open_to(viewer, select(Case.id))).limit(1))
    return found


def case_after(closed: Case, viewer: Viewer) -> int | None:
    """The open case behind this one in the list, else the first, without this one."""
    rank = 0 if closed.kind is CaseKind.REPORTED else 1
    others = _open_to(viewer, select(Case.id)).where(Case.id != closed.id)
    is_behind = case((_behind((rank, closed.opened_at, closed.id)), 0), else_=1)
    nearest = others.order_by(is_behind, RANK, Case.opened_at, Case.id).limit(1)
    found: int | None = db.session.scalar(nearest)
    return found


def _figures(viewer: Viewer) -> tuple[int, datetime | None]:
    row = db.session.execute(_open_to(viewer, select(func.count(), func.min(Case.opened_at)))).one()
    return row[0], row[1]


def _open_to(viewer: Viewer, query: Any) -> Any:
    """The open cases of this moderator, with their idea and comment."""
    return (
        query.select_from(Case)
        .outerjoin(Comment, Comment.id == Case.comment_id)
        .join(Idea, Idea.id == func.coalesce(Case.idea_id, Comment.idea_id))
        .where(Case.closed_at.is_(None), is_theirs(viewer))
    )


def _ordered(query: Any) -> Any:
    return query.order_by(RANK, Case.opened_at, Case.id)


def _behind(position: tuple[Any, ...]) -> Any:
    rank, opened_at, number = position
    is_later = or_(Case.opened_at > opened_at, and_(Case.opened_at == opened_at, Case.id > number))
    return or_(rank < RANK, and_(rank == RANK, is_later))


def _rows(viewer: Viewer, after: str | None) -> list[Row[Any]]:
    reports = select(func.count()).where(Report.case_id == Case.id).scalar_subquery()
    rule = select(func.min(Report.rule)).where(Report.case_id == Case.id).scalar_subquery()
    query = select(
        Case.id,
        Case.kind,
        Case.opened_at,
        RANK.label("rank"),
        Idea.title,
        District.name.label("district"),
        Comment.body,
        reports.label("reports"),
        rule.label("rule"),
    )
    query = _ordered(_open_to(viewer, query)).outerjoin(District, District.id == Idea.district_id)
    cursor = decode_cursor(after, int, datetime, int)
    if cursor:
        query = query.where(_behind(cursor))
    return list(db.session.execute(query.limit(PAGE + 1)))


def _line(row: Row[Any], now: datetime) -> CaseLine:
    is_comment = row.body is not None
    pill, status = words.pill(row.kind, row.rule)
    late = working_hours(row.opened_at, now, city().zoneinfo) > city().moderation_hours
    return CaseLine(
        id=row.id,
        kind=words.kind_line(
            row.kind, is_comment=is_comment, where=row.title if is_comment else row.district
        ),
        title=words.quoted(excerpt(row.body, TITLE_LENGTH)) if is_comment else row.title,
        about=words.about(row.reports, words.age(now - row.opened_at)),
        pill=pill,
        status=status,
        is_late=late,
    )
