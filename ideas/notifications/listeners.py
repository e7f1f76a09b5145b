"""When people are told: which events are news, for whom, and in which role."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from ideas.board.models import Status, StatusEvent
from ideas.comments.models import Comment
from ideas.core.db import db
from ideas.core.events import Event, on
from ideas.council.models import Ending, Result
from ideas.moderation.models import Decision, Verdict
from ideas.notifications import recipients as who
from ideas.notifications.commands import News, follow_by_talking, tell
from ideas.pipeline.models import Answer
from ideas.programs.models import ProgramMove


@on("idea.moved")
def tell_of_a_move(event: Event) -> None:
    """The status of an idea changed; what a program moves, its own news tells."""
    about = event.about
    if str(about.get("rule", "")).startswith("program:") or about.get("from") == Status.WAITING:
        return
    move = db.session.get_one(StatusEvent, about["status_event_id"])
    news = _news(event, idea_id=event.subject_id, to=about["to"], wording_id=move.wording_id)
    if about["to"] == Status.HIDDEN:
        _tell_of_a_hidden_idea(news, rule=str(about.get("rule", "")))
        return
    tell(news, *_people_of(event.subject_id))


@on("answer.published")
def tell_of_an_answer(event: Event) -> None:
    """The city answered."""
    answer = db.session.get_one(Answer, event.subject_id)
    news = _news(event, idea_id=answer.idea_id, wording_id=answer.wording_id, answer_id=answer.id)
    tell(news, *_people_of(answer.idea_id))


@on("result.recorded")
def tell_of_a_deferral(event: Event) -> None:
    """The council deferred an idea; the other results move it, and the move tells."""
    result = db.session.get_one(Result, event.subject_id)
    if result.ending is not Ending.DEFERRED or result.deferred_to is None:
        return
    news = _news(
        event, idea_id=result.idea_id, wording_id=result.wording_id, on=result.deferred_to.isoformat()
    )
    tell(news, *_people_of(result.idea_id))


@on("comment.posted")
def tell_of_a_comment(event: Event) -> None:
    """Whoever was answered, named, or posted the idea; and who comments follows it."""
    comment = db.session.get_one(Comment, event.subject_id)
    news = _news(event, idea_id=comment.idea_id, comment_id=comment.id)
    answered = who.author_of_comment(event.about.get("parent_id"))
    if comment.author_id is not None:
        follow_by_talking(comment.author_id, comment.idea_id)
    tell(
        news,
        ("reply", [answered] if answered else []),
        ("mention", who.mentioned_in(comment)),
        ("author", who.authors(who.the_idea(comment.idea_id))),
    )


@on("program.moved")
def tell_of_a_program(event: Event) -> None:
    """A program is in another status: one notice for everybody whose ideas it takes up."""
    move = db.session.scalars(
        select(ProgramMove)
        .where(ProgramMove.program_id == event.subject_id, ProgramMove.to_status == event.about["to"])
        .where(ProgramMove.at <= event.at)
        .order_by(ProgramMove.id.desc())
        .limit(1)
    ).first()
    news = _news(
        event,
        program_id=event.subject_id,
        to=event.about["to"],
        program_move_id=move.id if move else None,
    )
    tell(news, *_people_of_program(event.subject_id))


@on("program.updated")
def tell_of_an_update(event: Event) -> None:
    """A program has something to report."""
    program_id = event.about["program_id"]
    tell(_news(event, program_id=program_id, update_id=event.subject_id), *_people_of_program(program_id))


@on("milestone.slipped")
def tell_of_a_slip(event: Event) -> None:
    """A date moved."""
    program_id = event.about["program_id"]
    tell(_news(event, program_id=program_id, slip_id=event.subject_id), *_people_of_program(program_id))


@on("milestone.done")
def tell_of_a_step_done(event: Event) -> None:
    """A step is done."""
    program_id = event.about["program_id"]
    tell(_news(event, program_id=program_id, milestone_id=event.subject_id), *_people_of_program(program_id))


@on("resident.verified")
def tell_who_is_verified(event: Event) -> None:
    """The city knows now that somebody lives here; what they pressed before counts."""
    tell(_news(event, number=event.about.get("counted", 0)), ("self", [event.subject_id]))


@on("case.decided")
def tell_of_a_decision(event: Event) -> None:
    """The author hears what the desk decided, with rule and text; a report that was not upheld is no news."""
    decision = db.session.get_one(Decision, event.about["decision_id"])
    if decision.verdict is Verdict.KEPT:
        return
    comment = db.session.get(Comment, decision.comment_id) if decision.comment_id else None
    news = _news(
        event,
        idea_id=comment.idea_id if comment else decision.idea_id,
        to=decision.verdict,
        rule=decision.rule,
        wording_id=decision.wording_id,
        of="comment" if comment else "idea",
    )
    if comment is not None:
        tell(news, ("author", [comment.author_id] if comment.author_id else []))
    elif decision.idea_id is not None:
        tell(news, ("author", who.authors(who.the_idea(decision.idea_id))))


def _news(event: Event, *, idea_id: int | None = None, program_id: int | None = None, **about: Any) -> News:
    kept = {key: value for key, value in about.items() if value is not None}
    return News(event.id, event.kind, event.actor_id, event.at, kept, idea_id, program_id)


def _people_of(idea_id: int) -> list[tuple[str, who.People]]:
    ideas = who.the_idea(idea_id)
    return [
        ("author", who.authors(ideas)),
        ("supporter", who.supporters(ideas)),
        ("follower", who.followers(ideas)),
    ]


def _people_of_program(program_id: int) -> list[tuple[str, who.People]]:
    ideas = who.ideas_of(program_id)
    groups = [
        ("author", who.authors(ideas)),
        ("supporter", who.supporters(ideas)),
        ("follower", who.followers(ideas)),
        ("follower", who.followers_of_program(program_id)),
    ]
    return [(role, who.without(people, who.muted_the_program(program_id))) for role, people in groups]


def _tell_of_a_hidden_idea(news: News, *, rule: str) -> None:
    """Its author hears it from the desk; who supported it hears that it is gone, and by which rule."""
    kept = {key: value for key, value in news.about.items() if key != "wording_id"}
    ideas = who.the_idea(news.idea_id or 0)
    tell(
        news._replace(about={**kept, "rule": rule}),
        ("supporter", who.without(who.supporters(ideas), who.authors(ideas))),
        ("follower", who.without(who.followers(ideas), who.authors(ideas))),
    )
