"""One case: the content as it is, why it is here, its history, and who wrote it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ideas.accounts.models import Level, Person, Resident, Viewer
from ideas.accounts.words import name_of
from ideas.board.models import Idea, Revision, Status, Tally
from ideas.comments.models import Comment, CommentState
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.errors import Missing
from ideas.core.languages import spoken_datetime
from ideas.core.parts import Step
from ideas.core.text import markdown
from ideas.moderation import words
from ideas.moderation.models import Case, CaseKind, Decision, Report, Verdict
from ideas.moderation.queries.scopes import is_theirs
from ideas.moderation.rules import may_decide


class Change(NamedTuple):
    """What an edit did to the title."""

    before: str
    after: str


class CasePage(NamedTuple):
    """A case as moderation/_case.html and _person.html show it."""

    id: int
    is_open: bool
    is_comment: bool
    is_waiting: bool
    is_hidden: bool
    may_decide: bool
    why_not: str
    author: str
    since: str
    idea_title: str
    idea_path: str
    body: Markup
    change: Change | None
    reasons: list[str]
    record: str
    history: list[Step]
    note: str


class Matter(NamedTuple):
    """A case with the idea it is about, or under which its comment stands."""

    case: Case
    idea: Idea


def visible_case(case_id: int, *, to: Viewer) -> Matter:
    """A case of this moderator's topics and districts with all it is about; Missing for every other."""
    found = (
        select(Case, Idea)
        .outerjoin(Comment, Comment.id == Case.comment_id)
        .join(Idea, Idea.id == func.coalesce(Case.idea_id, Comment.idea_id))
        .where(Case.id == case_id, is_theirs(to))
        .options(
            joinedload(Idea.author),
            joinedload(Case.idea),
            joinedload(Case.comment).options(joinedload(Comment.author)),
        )
    )
    row = db.session.execute(found).first()
    if row is None:
        raise Missing("There is no case with this number in your part of the queue.")
    return Matter(*row)


def case_page(matter: Matter, viewer: Viewer) -> CasePage:
    """Everything a moderator needs to decide, in a handful of statements."""
    case, idea = matter
    subject = case.comment or case.idea
    assert subject is not None
    reports = _reports(case)
    author_id = subject.author_id
    may = may_decide(viewer, (), author_id=author_id, topic_id=idea.topic_id, district_id=idea.district_id)
    return CasePage(
        id=case.id,
        is_open=case.closed_at is None,
        is_comment=case.comment is not None,
        is_waiting=case.comment is None and idea.status is Status.WAITING,
        is_hidden=_is_hidden(subject),
        may_decide=may,
        why_not="" if may else words.your_own(),
        author=name_of(subject.author),
        since=words.member_since(subject.author, town_now()),
        idea_title=idea.title,
        idea_path=idea.path,
        body=markdown(subject.body),
        change=_change(idea) if case.kind is CaseKind.EDIT_AFTER_VOTES else None,
        reasons=_reasons(case, reports, subject),
        record=author_record(subject.author),
        history=_history(case, subject, reports),
        note=case.note,
    )


def author_record(person: Person | None) -> str:
    """What somebody has done here so far, in a few sentences."""
    if person is None:
        return words.no_author()
    ideas = select(func.count()).where(Idea.author_id == person.id, Idea.status != Status.WAITING)
    support = select(func.coalesce(func.sum(Tally.counted), 0)).join(Idea, Idea.id == Tally.idea_id)
    comments = select(func.count()).where(
        Comment.author_id == person.id, Comment.state != CommentState.REMOVED
    )
    level = select(Resident.level).where(Resident.person_id == person.id)
    row = db.session.execute(
        select(
            comments.scalar_subquery(),
            ideas.scalar_subquery(),
            support.where(Idea.author_id == person.id).scalar_subquery(),
            level.scalar_subquery(),
        )
    ).one()
    resident = Level(row[3]) if row[3] else None
    return words.record(
        comments=row[0], ideas=row[1], supporters=row[2], level=resident, hidden=_hidden(person)
    )


def _hidden(person: Person) -> list[tuple[str, int]]:
    """How many of somebody's things are hidden now, by rule."""
    comments = select(Comment.hidden_rule.label("rule")).where(
        Comment.author_id == person.id, Comment.state == CommentState.HIDDEN
    )
    ideas = select(Idea.hidden_rule.label("rule")).where(
        Idea.author_id == person.id, Idea.status == Status.HIDDEN
    )
    both = comments.union_all(ideas).subquery()
    found = select(both.c.rule, func.count()).group_by(both.c.rule).order_by(both.c.rule)
    return [(rule or "", number) for rule, number in db.session.execute(found)]


def _is_hidden(subject: Idea | Comment) -> bool:
    if isinstance(subject, Comment):
        return subject.state is CommentState.HIDDEN
    return subject.status is Status.HIDDEN


def _reports(case: Case) -> list[Report]:
    found = select(Report).where(Report.case_id == case.id).options(joinedload(Report.by))
    return list(db.session.scalars(found.order_by(Report.at, Report.id)))


def _change(idea: Idea) -> Change | None:
    """The newest title and the one before it."""
    found = select(Revision.title).where(Revision.idea_id == idea.id).order_by(Revision.number.desc())
    titles = db.session.scalars(found).all()
    before = next((title for title in titles if title != idea.title), None)
    return Change(before, idea.title) if before else None


def _reasons(case: Case, reports: list[Report], subject: Idea | Comment) -> list[str]:
    if case.kind is CaseKind.REPORTED:
        said = [words.reported(report.by.display_name, report.rule, report.words) for report in reports]
        is_changed = subject.edited_at is not None and bool(reports) and subject.edited_at > reports[0].at
        return [*said, words.changed_since()] if is_changed else said
    return [words.reason(case.kind)]


def _history(case: Case, subject: Idea | Comment, reports: list[Report]) -> list[Step]:
    """What happened to the thing, oldest first, and what is to be done now."""
    moments: list[tuple[datetime, str, str]] = [(subject.posted_at, words.posted(), "")]
    if subject.edited_at is not None:
        moments.append((subject.edited_at, words.edited(), ""))
    if not reports:
        moments.append((case.opened_at, words.came_to_the_desk(), ""))
    moments += [(report.at, words.was_reported(), report.by.display_name) for report in reports]
    moments += [
        (at, words.verdict(Verdict(verdict), rule), name) for at, verdict, rule, name in _decisions(case)
    ]
    steps = [
        Step(title, "done", words.when(spoken_datetime(at), who))
        for at, title, who in sorted(moments, key=_moment)
    ]
    return [*steps, Step(words.waits_for_you(), "now")] if case.closed_at is None else steps


def _moment(happened: tuple[datetime, str, str]) -> datetime:
    return happened[0]


def _decisions(case: Case) -> list[tuple[datetime, str, str, str]]:
    """All decisions about the same thing, also those of other cases."""
    same = Decision.comment_id == case.comment_id if case.comment_id else Decision.idea_id == case.idea_id
    found = select(Decision.at, Decision.verdict, Decision.rule, Person.display_name).join(
        Person, Person.id == Decision.by_id
    )
    return [tuple(row) for row in db.session.execute(found.where(same))]  # type: ignore[misc]
