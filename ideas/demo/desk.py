"""What came to the desk of the demo city: reports, what was decided, and who may not act for a while."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from ideas.accounts.models import Standing
from ideas.comments.commands import post_comment
from ideas.comments.models import Comment, CommentState, HelpfulPress, Stance
from ideas.core.db import db
from ideas.demo.world import World
from ideas.moderation.commands import decide, open_case, report
from ideas.moderation.models import CaseKind, Verdict

MOST_PRESSES = 24
OPEN_ENDED = timedelta(days=30)


def plan_desk(world: World) -> None:
    """Words that somebody reported, what became of them, and the presses on all others."""
    for words in world.stock.desk["report"]:
        _plan_reported_comment(world, words)
    hidden = world.stock.desk["hidden"]
    for number, said in enumerate(hidden["reports"]):
        moment = world.almanac.moment(said["day"], f"hidden report {number}")
        world.plan(moment, lambda said=said: _report_idea(world, hidden["idea"], said))  # type: ignore[misc]
    decided = world.almanac.moment(hidden["decided"]["day"], "hidden idea")
    world.plan(decided, lambda: _decide_idea(world, hidden))
    world.plan(world.almanac.now, lambda: press_helpful(world))
    world.plan(world.almanac.now, lambda: _suspend(world))


def _plan_reported_comment(world: World, words: dict[str, Any]) -> None:
    there: list[Comment] = []

    def post() -> None:
        idea, by = world.idea(words["idea"]), world.people[words["by"]]
        there.append(post_comment(idea, by=by, stance=Stance(words["stance"]), body=words["text"]))

    world.plan(world.almanac.moment(words["day"], words["text"]), post)
    for said in words["reports"]:
        moment = world.almanac.moment(said["day"], f"{words['text']} reported")
        world.plan(moment, lambda said=said: _report_comment(world, there[0], said))  # type: ignore[misc]
    if "decided" in words:
        moment = world.almanac.moment(words["decided"]["day"], f"{words['text']} decided")
        world.plan(moment, lambda: _decide_comment(world, there[0], words["decided"]))


def _report_comment(world: World, comment: Comment, said: dict[str, Any]) -> None:
    report(comment, by=world.people[said["by"]], rule=said["rule"], words=said["words"])


def _report_idea(world: World, key: str, said: dict[str, Any]) -> None:
    report(world.idea(key), by=world.people[said["by"]], rule=said["rule"], words=said["words"])


def _decide_comment(world: World, comment: Comment, decided: dict[str, Any]) -> None:
    case = open_case(CaseKind.REPORTED, comment=comment)
    verdict, by = Verdict(decided["verdict"]), world.people[decided["by"]]
    decide(case, by=by, verdict=verdict, rule=decided.get("rule", ""), text=decided["text"])


def _decide_idea(world: World, hidden: dict[str, Any]) -> None:
    case = open_case(CaseKind.REPORTED, idea=world.idea(hidden["idea"]))
    decided = hidden["decided"]
    decide(
        case,
        by=world.people[decided["by"]],
        verdict=Verdict.HIDDEN,
        rule=decided["rule"],
        text=decided["text"],
    )


def press_helpful(world: World) -> None:
    """People say which comments helped them; the figures are those that the command keeps."""
    pressing = [world.people[key] for key in world.humans()]
    seen = (
        select(Comment.id, Comment.author_id)
        .where(Comment.state == CommentState.VISIBLE)
        .order_by(Comment.id)
    )
    presses, figures = [], []
    for comment_id, author_id in db.session.execute(seen):
        able = [person.id for person in pressing if person.id != author_id]
        by = world.dice.sample(able, int(world.dice.random() ** 2.4 * MOST_PRESSES))
        liked = world.dice.uniform(0.55, 1.0)
        said = [world.dice.random() < liked for _ in by]
        presses += [
            {"comment_id": comment_id, "person_id": person, "is_helpful": helpful}
            for person, helpful in zip(by, said, strict=True)
        ]
        figures.append({"of": comment_id, "yes": sum(said), "no": len(said) - sum(said)})
    db.session.execute(insert(HelpfulPress), presses)
    change = update(Comment).where(Comment.id == bindparam("of"))
    change = change.values(helpful=bindparam("yes"), not_helpful=bindparam("no"))
    db.session.connection().execute(change, figures)
    for row in [row for row in db.session if isinstance(row, Comment)]:
        db.session.expire(row)


def _suspend(world: World) -> None:
    """Who was hidden too often rests for a month."""
    for words in world.stock.people["members"]:
        if words.get("standing") == Standing.SUSPENDED:
            person = world.people[words["key"]]
            person.standing = Standing.SUSPENDED
            person.suspended_until = world.almanac.now + OPEN_ENDED
    db.session.flush()
