"""The only door from an id to an idea, and the topics ideas are sorted by."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import joinedload

from ideas.accounts.models import Viewer
from ideas.accounts.rules import moderators
from ideas.board.models import Idea, Status, Topic
from ideas.board.rules import may_see
from ideas.calls.models import Call
from ideas.core.clock import it_is_now, moment
from ideas.core.db import db
from ideas.core.errors import Gone, Missing
from ideas.core.held import detached, known
from ideas.core.languages import spoken_date
from ideas.moderation.house_rules import rule_title

WHOLE = (
    joinedload(Idea.topic),
    joinedload(Idea.district),
    joinedload(Idea.call).joinedload(Call.phases),
    joinedload(Idea.author),
    joinedload(Idea.tally),
    joinedload(Idea.answer_owner),
)


def visible_idea(idea_id: int, *, to: Viewer) -> Idea:
    """The idea with all that stands on its page, in one statement.

    Raises Missing for what this person may not know of, and Gone, with the rule
    and the moment, for what a moderator took away.
    """
    idea = _whole_idea(idea_id)
    if idea is None or not may_see(to, idea):
        raise Missing("There is no idea with this number.")
    if idea.status is Status.HIDDEN and not moderators(to):
        raise _gone(idea.hidden_rule or "", idea.status_since)
    return idea


def _gone(rule: str, since: datetime) -> Gone:
    title = rule_title(rule).lower()
    why = f": {title} (rule {rule})" if title else ""
    return Gone(f"Hidden by a moderator on {spoken_date(since)}{why}.", rule=rule, since=since)


def _whole_idea(idea_id: int) -> Idea | None:
    """With the clock, so that the page need not ask for it."""
    found = db.session.execute(_by_number(db.engine.dialect.name), {"number": idea_id}).unique().first()
    if found is None:
        return None
    idea: Idea = found[0]
    it_is_now(found[1])
    return idea


@cache
def _by_number(_dialect: str) -> Select[Idea, Any]:
    return select(Idea, moment()).where(Idea.id == bindparam("number", type_=Integer)).options(*WHOLE)


def topics() -> list[Topic]:
    """All topics, by name."""
    return list(db.session.scalars(select(Topic).order_by(Topic.name)))


def topics_by_id(ids: Collection[int]) -> dict[int, Topic]:
    """These topics among others, as every list names them."""
    return known("topics", ids, _by_id, of=Topic)


def _by_id() -> dict[int, Topic]:
    return {topic.id: detached(topic) for topic in topics()}


def topic_by(slug: str) -> Topic:
    """The topic with this word in its address, or Missing."""
    topic = db.session.scalar(select(Topic).where(Topic.slug == slug))
    if topic is None:
        raise Missing("There is no topic of this name.")
    return topic
