"""What follows from an event: an idea that enough residents support goes under review by itself."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideas.board.models import Idea, Status
from ideas.core.db import db
from ideas.core.events import Event, on
from ideas.pipeline.commands import promote


@on("idea.crossed_threshold")
def take_under_review(event: Event) -> None:
    """The city owes an answer from now on; an idea that has moved on already is left alone."""
    idea = db.session.scalar(
        select(Idea)
        .where(Idea.id == event.subject_id)
        .options(joinedload(Idea.topic))
        .with_for_update(of=Idea, key_share=True)
    )
    if idea is not None and idea.status is Status.OPEN:
        promote(idea, by=None, text=_words(event), rule="threshold")


def _words(event: Event) -> str:
    threshold = event.about.get("threshold")
    reached = (
        f"{threshold:,} supporters" if isinstance(threshold, int) else "the number of supporters it takes"
    )
    return f"This idea reached {reached}. By the city’s published rule it is now owed an answer."
