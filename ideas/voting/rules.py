"""Who may support an idea, when, what then counts, and who may say that somebody lives here."""

from __future__ import annotations

from datetime import datetime

from ideas.accounts.models import Level, Resident, ResidentState, Viewer
from ideas.accounts.rules import front_desk, may_act
from ideas.board.models import Idea


def may_vote(viewer: Viewer) -> bool:
    """Humans in good standing. Organisations have no vote; their people have theirs."""
    return may_act(viewer) and not viewer.is_organisation


def is_eligible(resident: Resident, now: datetime) -> bool:
    """Whether a resident's right to be counted has not run out."""
    return resident.state is ResidentState.ACTIVE and now < resident.eligible_until


def takes_support(idea: Idea, now: datetime) -> bool:
    """Whether the idea's status and a phase of its call, by this clock, both accept support."""
    return idea.takes_support and idea.call.takes_support(now)


def counts(level: Level, counted: Level) -> bool:
    """Whether a vote of this level counts where the call says `counted`."""
    return level is Level.VERIFIED or counted is Level.ATTESTED


def may_verify(viewer: Viewer) -> bool:
    """People of the front desk."""
    return front_desk(viewer)
