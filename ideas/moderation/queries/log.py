"""What was decided: the public log without words and names, and the desk's with both."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_, select

from ideas.accounts.models import Person, Viewer
from ideas.board.models import Idea, Status, Wording
from ideas.comments.models import Comment, CommentState
from ideas.core.db import db
from ideas.core.languages import spoken_date, spoken_datetime
from ideas.core.paging import Slice, decode_cursor, slice_of
from ideas.core.text import excerpt
from ideas.moderation import words
from ideas.moderation.house_rules import rules_of
from ideas.moderation.models import Case, Decision, Verdict
from ideas.moderation.queries.scopes import is_theirs

PAGE = 50


class LogLine(NamedTuple):
    """One decision as everybody may know it; `at` and `id` are its place."""

    at: datetime
    id: int
    day: str
    thing: str
    kind: str
    verdict: str


class DeskLine(NamedTuple):
    """One decision as the desk knows it, with the words to the author and the way back."""

    at: datetime
    id: int
    moment: str
    thing: str
    title: str
    verdict: str
    text: str
    by: str
    case_id: int
    is_hidden: bool


class RuleCount(NamedTuple):
    """How often a rule was the reason to hide something."""

    number: str
    title: str
    hidden: int


def decisions(*, after: str | None = None) -> Slice[LogLine]:
    """The public log, newest first."""
    query = select(Decision, Case.kind).join(Case, Case.id == Decision.case_id)
    rows = db.session.execute(_newest(query, after)).all()
    return slice_of([_public(*row) for row in rows], PAGE, lambda line: (line.at, line.id))


def desk_log(viewer: Viewer, *, after: str | None = None) -> Slice[DeskLine]:
    """The desk's log of a moderator's topics and districts, newest first."""
    query = (
        select(Decision, Wording.text, Person.display_name, Idea, Comment)
        .outerjoin(Wording, Wording.id == Decision.wording_id)
        .join(Person, Person.id == Decision.by_id)
        .outerjoin(Comment, Comment.id == Decision.comment_id)
        .join(Idea, Idea.id == func.coalesce(Decision.idea_id, Comment.idea_id))
        .where(is_theirs(viewer))
    )
    rows = db.session.execute(_newest(query, after)).all()
    return slice_of([_private(*row) for row in rows], PAGE, lambda line: (line.at, line.id))


def hidden_by_rule(profile: str) -> list[RuleCount]:
    """How many things each rule has hidden so far; every rule is named."""
    found = select(Decision.rule, func.count()).where(Decision.verdict == Verdict.HIDDEN)
    counted = {row[0]: row[1] for row in db.session.execute(found.group_by(Decision.rule))}
    return [RuleCount(rule.number, rule.title, counted.get(rule.number, 0)) for rule in rules_of(profile)]


def _newest(query: Any, after: str | None) -> Any:
    cursor = decode_cursor(after, datetime, int)
    if cursor:
        at, number = cursor
        query = query.where(or_(Decision.at < at, and_(Decision.at == at, Decision.id < number)))
    return query.order_by(Decision.at.desc(), Decision.id.desc()).limit(PAGE + 1)


def _public(decision: Decision, kind: str) -> LogLine:
    return LogLine(
        at=decision.at,
        id=decision.id,
        day=spoken_date(decision.at),
        thing=words.thing(is_comment=decision.comment_id is not None),
        kind=words.kind(kind),
        verdict=words.verdict(decision.verdict, decision.rule),
    )


def _private(decision: Decision, text: str | None, by: str, idea: Idea, comment: Comment | None) -> DeskLine:
    is_hidden = comment.state is CommentState.HIDDEN if comment else idea.status is Status.HIDDEN
    return DeskLine(
        at=decision.at,
        id=decision.id,
        moment=spoken_datetime(decision.at),
        thing=words.thing(is_comment=comment is not None),
        title=words.quoted(excerpt(comment.body, 80)) if comment else idea.title,
        verdict=words.verdict(decision.verdict, decision.rule),
        text=text or "",
        by=by,
        case_id=decision.case_id,
        is_hidden=is_hidden and decision.verdict is Verdict.HIDDEN,
    )
