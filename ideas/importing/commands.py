"""Bringing ideas over from another platform: their words, dates and numbers, and nothing that counts here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ideas.board.commands import Entry, Move, current_cycle_id, enter_many
from ideas.board.models import Channel, Status
from ideas.board.queries import known_elsewhere
from ideas.calls.models import Call
from ideas.core.events import events_marked_as_handled, record
from ideas.core.text import excerpt, slug
from ideas.importing.consul import Proposal
from ideas.importing.topics import TopicGuess


@dataclass(frozen=True)
class Plan:
    """Where to and how: the call, what the old platform is called, in which language people wrote there."""

    call: Call
    source: str
    language: str
    topic: TopicGuess


@dataclass
class Sums:
    """What an import came to."""

    added: int = 0
    there_already: int = 0
    withdrawn: int = 0
    support_before: int = 0
    topics: Counter[int] = field(default_factory=Counter)


def bring_over(proposals: Sequence[Proposal], plan: Plan, sums: Sums, *, only_look: bool = False) -> None:
    """Enter those that are not here yet. A second run adds nothing: the old number is kept with each idea.

    Support on the old platform is carried beside the idea and never counted; no vote,
    no event of the ledger and no notice comes of an import.
    """
    there = known_elsewhere(plan.source, [proposal.foreign_id for proposal in proposals])
    fresh = [proposal for proposal in proposals if proposal.foreign_id not in there]
    cycle_id = None if only_look else current_cycle_id(plan.call.id)
    entries = [_entry(proposal, plan, cycle_id) for proposal in fresh]
    if not only_look and entries:
        enter_many(entries)
        with events_marked_as_handled():
            about = {"source": plan.source, "ideas": len(entries)}
            record("ideas.imported", actor=None, subject=plan.call, about=about)
    sums.there_already += len(there)
    sums.added += len(entries)
    sums.withdrawn += sum(proposal.retired_at is not None for proposal in fresh)
    sums.support_before += sum(proposal.supporters for proposal in fresh)
    sums.topics.update(entry.columns["topic_id"] for entry in entries)


def _entry(proposal: Proposal, plan: Plan, cycle_id: int | None) -> Entry:
    moves = [
        Move(proposal.posted_at, Status.OPEN, f"Posted on {plan.source}, before the move to this platform.")
    ]
    if proposal.retired_at is not None:
        moves.append(
            Move(proposal.retired_at, Status.WITHDRAWN, f"Withdrawn by its author on {plan.source}.")
        )
    columns: dict[str, Any] = {
        "slug": slug(proposal.title),
        "title": proposal.title,
        "body": proposal.body,
        "excerpt": excerpt(proposal.body),
        "language": plan.language,
        "author_id": None,
        "author_name": plan.source,
        "topic_id": plan.topic.of(proposal.title, proposal.body),
        "call_id": plan.call.id,
        "cycle_id": cycle_id,
        "channel": Channel.IMPORT,
        "place": "",
        "status": moves[-1].to,
        "status_since": moves[-1].at,
        "posted_at": proposal.posted_at,
        "answer_moves": 0,
        "foreign_source": plan.source,
        "foreign_id": proposal.foreign_id,
        "support_before": proposal.supporters,
    }
    return Entry(columns, moves, plan.source)
