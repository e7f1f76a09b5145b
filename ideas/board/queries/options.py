"""What can be filtered by, and how many ideas stand behind each choice: one statement."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Select, String, and_, func, literal, select, type_coerce, union_all

from ideas.board.find import LISTED, WHOLE_CITY, Find
from ideas.board.models import BoardCount, Topic
from ideas.board.queries.conditions import of_counts
from ideas.calls.models import Call
from ideas.core.db import db
from ideas.places.models import District

IDEAS = func.coalesce(func.sum(BoardCount.ideas), 0)


class Option(NamedTuple):
    """One choice of one kind; `kind` is also "total" (the whole board) and "found" (under all filters)."""

    kind: str
    id: int
    value: str
    name: str
    ideas: int | None


def options(find: Find) -> list[Option]:
    """Every topic, district, status and call, each counted under the filters of the other kinds."""
    return [Option(*row) for row in db.session.execute(_counted(find._replace(q="", order="", after="")))]


@lru_cache(maxsize=512)
def _counted(find: Find) -> CompoundSelect[Any]:
    parts = (
        _of("topic", Topic, Topic.name, BoardCount.topic_id, find),
        _of("district", District, District.name, BoardCount.district_id, find),
        _of("call", Call, Call.title, BoardCount.call_id, find),
        _part("district", literal(WHOLE_CITY)).where(
            BoardCount.district_id == 0, *of_counts(find, but="district")
        ),
        _part("status", type_coerce(BoardCount.status, String))
        .where(*of_counts(find, but="status"))
        .group_by(BoardCount.status),
        _part("total", literal("")).where(BoardCount.status.in_(LISTED)),
        _part("found", literal("")).where(*of_counts(find)),
    )
    return union_all(*parts)


def _of(kind: str, model: Any, name: Any, column: Any, find: Find) -> Select[Any]:
    """All rows of a model, also those without ideas."""
    counted = and_(column == model.id, *of_counts(find, but=kind))
    return (
        select(literal(kind), model.id, model.slug, name, IDEAS)
        .select_from(model)
        .outerjoin(BoardCount, counted)
        .group_by(model.id, model.slug, name)
    )


def _part(kind: str, value: Any) -> Select[Any]:
    return select(literal(kind), literal(0), value, literal(""), IDEAS).select_from(BoardCount)
