"""The three statements of a talk: its page, the replies, the strongest points."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, and_, bindparam, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from ideas.accounts.models import Department, Person, Viewer
from ideas.board.models import Idea
from ideas.comments.models import Comment, CommentState, HelpfulPress, Stance, TalkCount
from ideas.comments.queries.shapes import REPLIES_OPENED, Thread
from ideas.comments.wilson import Z_90
from ideas.core.db import db
from ideas.core.paging import decode_cursor

PAGE = 20
REPLIES_SHOWN = 3
STRONGEST = 2
FEW_PRESSES = 5


def _wilson_low(yes: Any, no: Any) -> ColumnElement[float]:
    """comments.wilson.lower_bound, as both databases compute it."""
    n = func.nullif(yes + no, 0) * 1.0
    share, square = yes / n, Z_90 * Z_90
    spread = Z_90 * func.sqrt((share * (1 - share) + square / (4 * n)) / n)
    bound = (share + square / (2 * n) - spread) / (1 + square / n)
    return func.coalesce(bound, 0.0)


HELPFULNESS = _wilson_low(Comment.helpful, Comment.not_helpful)
# Per order: the columns it goes by, their kinds in a cursor, and whether it goes downward.
KEYS: dict[str, tuple[tuple[Any, ...], tuple[type, ...], bool]] = {
    "newest": ((Comment.posted_at, Comment.id), (datetime, int), True),
    "oldest": ((Comment.posted_at, Comment.id), (datetime, int), False),
    "helpful": ((HELPFULNESS, Comment.id), (float, int), True),
}


# What one row of the talk holds; no model is built per row.
COLUMNS: tuple[Any, ...] = (
    Comment.id,
    Comment.parent_id,
    Comment.author_id,
    Comment.stance,
    Comment.body,
    Comment.posted_at,
    Comment.edited_at,
    Comment.state,
    Comment.hidden_rule,
    Comment.helpful,
    Person.display_name.label("author"),
    Person.kind,
    Person.role,
    Department.name.label("department"),
    HelpfulPress.is_helpful.label("pressed"),
)


def page(idea: Idea, viewer: Viewer, order: str, after: str | None, opened: Thread | None) -> list[Row[Any]]:
    """The figures of the talk, once per row, beside 21 comments; one empty row when none is to be read."""
    known: dict[str, Any] = {"idea": idea.id, "viewer": viewer.id or 0}
    if opened:
        return list(db.session.execute(_page(order, "thread"), known | {"top": opened.top}))
    cursor = decode_cursor(after, *KEYS[order][1])
    if cursor is None:
        return list(db.session.execute(_page(order, "beginning"), known))
    value, number = cursor
    return list(db.session.execute(_page(order, "cursor"), known | {"value": value, "number": number}))


def replies(idea: Idea, tops: list[int], viewer: Viewer, opened: Thread | None) -> list[Row[Any]]:
    """The first replies of each comment, and of an opened one all, with how many there are."""
    if not tops:
        return []
    skipped = opened.skipped if opened else 0
    known = {
        "idea": idea.id,
        "viewer": viewer.id or 0,
        "tops": tops,
        "top": opened.top if opened else 0,
        "first": skipped + 1,
        "last": skipped + REPLIES_OPENED,
    }
    return list(db.session.execute(_replies(), known))


def strongest(idea: Idea) -> list[Row[Any]]:
    """For each side two points by Wilson's bound, and the newest of those that few have judged."""
    return list(db.session.execute(_strongest(), {"idea": idea.id}))


# The statements are built once per process: building one costs more than running it.


@cache
def _page(order: str, start: str) -> Any:
    keys, _kinds, is_downward = KEYS[order]
    starts = {"thread": _from_thread, "cursor": lambda: _behind(keys, is_downward), "beginning": true}
    is_here = and_(
        Comment.idea_id == TalkCount.idea_id,
        Comment.parent_id.is_(None),
        _is_to_be_read(),
        starts[start](),
    )
    figures = TalkCount.comments, TalkCount.in_favour, TalkCount.against, TalkCount.questions
    query = select(*COLUMNS, *figures, HELPFULNESS.label("helpfulness")).select_from(TalkCount)
    query = _with_people(query.outerjoin(Comment, is_here)).where(TalkCount.idea_id == bindparam("idea"))
    ordered = query.order_by(*(key.desc() if is_downward else key.asc() for key in keys))
    return ordered.limit(PAGE + 1)


def _with_people(query: Any) -> Any:
    mine = and_(HelpfulPress.comment_id == Comment.id, HelpfulPress.person_id == bindparam("viewer"))
    return (
        query.outerjoin(Person, Person.id == Comment.author_id)
        .outerjoin(Department, Department.id == Person.department_id)
        .outerjoin(HelpfulPress, mine)
    )


def _is_to_be_read() -> ColumnElement[bool]:
    """What its author removed keeps its place only while somebody's reply hangs on it."""
    reply = aliased(Comment)
    hanging = exists().where(reply.parent_id == Comment.id, reply.state != CommentState.REMOVED)
    return or_(Comment.state != CommentState.REMOVED, hanging)


def _behind(keys: tuple[Any, ...], is_downward: bool) -> ColumnElement[bool]:
    first, last = keys
    value, number = bindparam("value", type_=first.type), bindparam("number", type_=Comment.id.type)
    if is_downward:
        return or_(first < value, and_(first == value, last < number))
    return or_(first > value, and_(first == value, last > number))


def _from_thread() -> ColumnElement[bool]:
    """The opened comment and those before it, so that it stands first on the page."""
    top = aliased(Comment)
    number: BindParameter[int] = bindparam("top", type_=Comment.id.type)
    moment = select(top.posted_at).where(top.id == number).scalar_subquery()
    return or_(Comment.posted_at < moment, and_(Comment.posted_at == moment, Comment.id <= number))


@cache
def _replies() -> Any:
    place = func.row_number().over(partition_by=Comment.parent_id, order_by=(Comment.posted_at, Comment.id))
    ranked = (
        select(
            Comment.id.label("reply_id"),
            place.label("place"),
            func.count().over(partition_by=Comment.parent_id).label("replies"),
        )
        .where(
            Comment.idea_id == bindparam("idea"),
            Comment.parent_id.in_(bindparam("tops", expanding=True)),
            Comment.state != CommentState.REMOVED,
        )
        .subquery()
    )
    is_opened = Comment.parent_id == bindparam("top")
    is_shown = or_(
        and_(~is_opened, ranked.c.place <= REPLIES_SHOWN),
        and_(is_opened, ranked.c.place.between(bindparam("first"), bindparam("last"))),
    )
    query = select(*COLUMNS, ranked.c.place, ranked.c.replies).join(ranked, ranked.c.reply_id == Comment.id)
    return _with_people(query).where(is_shown).order_by(Comment.parent_id, ranked.c.place)


@cache
def _strongest() -> Any:
    presses = Comment.helpful + Comment.not_helpful
    rank = func.row_number().over(
        partition_by=Comment.stance, order_by=(HELPFULNESS.desc(), Comment.id.desc())
    )
    ranked = (
        select(
            Comment.id,
            Comment.stance,
            Comment.posted_at,
            and_(rank <= STRONGEST, Comment.helpful > 0).label("is_strong"),
            (presses < FEW_PRESSES).label("is_little_judged"),
            rank.label("rank"),
        )
        .where(
            Comment.idea_id == bindparam("idea"),
            Comment.parent_id.is_(None),
            Comment.state == CommentState.VISIBLE,
            Comment.stance.in_((Stance.FOR, Stance.AGAINST)),
        )
        .subquery()
    )
    newness = func.row_number().over(
        partition_by=(ranked.c.stance, ranked.c.is_strong, ranked.c.is_little_judged),
        order_by=(ranked.c.posted_at.desc(), ranked.c.id.desc()),
    )
    picked = select(ranked, newness.label("newness")).subquery()
    return (
        select(Comment.id, Comment.stance, Comment.body, Comment.helpful, Person.display_name)
        .join(picked, picked.c.id == Comment.id)
        .outerjoin(Person, Person.id == Comment.author_id)
        .where(or_(picked.c.is_strong, and_(picked.c.is_little_judged, picked.c.newness == 1)))
        .order_by(picked.c.is_strong.desc(), picked.c.rank)
    )
