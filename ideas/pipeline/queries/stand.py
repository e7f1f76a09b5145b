"""Where an idea stands: five steps, computed from the idea alone."""

from __future__ import annotations

from ideas.board.models import Idea, Status
from ideas.core.clock import town_now
from ideas.core.parts import Step
from ideas.pipeline import words

PLACES = {
    Status.WAITING: 0,
    Status.OPEN: 0,
    Status.UNDER_REVIEW: 1,
    Status.SHORTLISTED: 2,
    Status.BEFORE_COUNCIL: 3,
    Status.ADOPTED: 4,
    Status.IN_DELIVERY: 4,
    Status.DELIVERED: 4,
}


def stands(idea: Idea) -> list[Step]:
    """The steps of “Where it stands”; needs `answer_owner` loaded and asks the database nothing."""
    if idea.status not in PLACES:
        return [*_walked(idea), Step(words.aside_word(idea.status), "now", words.aside_note(idea))]
    here = PLACES[idea.status]
    return [_step(idea, title, place, here) for place, title in enumerate(words.road())]


def _walked(idea: Idea) -> list[Step]:
    posted, review, *_rest = words.road()
    steps = [Step(posted, "done", words.short_day(idea.posted_at))]
    if idea.answer_since is not None:
        steps.append(Step(review, "done", words.short_day(idea.answer_since)))
    return steps


def _step(idea: Idea, title: str, place: int, here: int) -> Step:
    if place > here:
        return Step(title, "to_come")
    if place == here:
        return Step(title, _state_here(idea), words.now_note(idea))
    dates = {0: idea.posted_at, 1: idea.answer_since}
    moment = dates.get(place)
    return Step(title, "done", words.short_day(moment) if moment else "")


def _state_here(idea: Idea) -> str:
    if idea.status is Status.DELIVERED:
        return "done"
    late = idea.answer_due_at is not None and idea.answer_due_at < town_now()
    return "overdue" if late else "now"
