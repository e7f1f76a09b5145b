"""The evidence on one idea: what a member should know before the meeting. Nobody who voted is named."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from ideas.accounts.models import Level
from ideas.board.models import Idea, Tally
from ideas.calls.models import Call
from ideas.comments.models import TalkCount
from ideas.core.db import db
from ideas.core.errors import Missing
from ideas.pipeline.models import Assessment
from ideas.pipeline.queries import newest_assessment
from ideas.shortlists.models import Shortlist
from ideas.shortlists.queries import FEWEST, Line, Turnout, standing, turnout_on
from ideas.voting.models import Checked, Vote, VoteState


class Levels(NamedTuple):
    """Support by how well the city knows the residents; held waits for a check, kept for verification."""

    counted: int
    verified: int
    attested: int
    held: int
    kept: int
    counts: Level


class Stances(NamedTuple):
    """What people say under the idea, in numbers."""

    comments: int
    in_favour: int
    against: int
    questions: int


class Evidence(NamedTuple):
    """What a member should know of one idea before the meeting. Nobody who voted is named in it."""

    line: Line
    levels: Levels
    districts: list[Turnout]
    missing: list[str]
    stances: Stances
    assessment: Assessment | None


def evidence(shortlist: Shortlist, idea: Idea) -> Evidence:
    """The sheet on one idea of a list; the same number of statements however long the list is."""
    line = next((line for line in standing(shortlist) if line.idea_id == idea.id), None)
    if line is None:
        raise Missing("This idea does not lie before the council.")
    districts = turnout_on(idea.id, shortlist)
    return Evidence(
        line=line,
        levels=_levels(idea, shortlist.call),
        districts=districts,
        missing=[row.district for row in districts if (row.voters or 0) < FEWEST],
        stances=_stances(idea.id),
        assessment=newest_assessment(idea.id),
    )


def _levels(idea: Idea, call: Call) -> Levels:
    tally = db.session.get_one(Tally, idea.id, populate_existing=True)
    rows = db.session.execute(
        select(Vote.level, func.count())
        .where(Vote.idea_id == idea.id, Vote.state == VoteState.CAST, Vote.checked == Checked.CLEAR)
        .group_by(Vote.level)
    )
    clear = {row[0]: row[1] for row in rows}
    return Levels(
        tally.counted,
        clear.get(Level.VERIFIED, 0),
        clear.get(Level.ATTESTED, 0),
        tally.held,
        tally.kept,
        call.counts,
    )


def _stances(idea_id: int) -> Stances:
    counts = db.session.get(TalkCount, idea_id)
    if counts is None:
        return Stances(0, 0, 0, 0)
    return Stances(counts.comments, counts.in_favour, counts.against, counts.questions)
