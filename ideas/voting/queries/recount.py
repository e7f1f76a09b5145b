"""Whether every number is the sum of what happened: tally, votes, events, and the figures beside filters."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import case, func, literal, select

from ideas.accounts.models import Level
from ideas.board import heat
from ideas.board.models import NOT_ON_THE_BOARD, BoardCount, Idea, Tally
from ideas.calls.models import Call
from ideas.comments.models import Comment, CommentState, Stance, TalkCount
from ideas.core.clock import town_now
from ideas.core.db import Timestamp, db, log2_total, weeks_between
from ideas.voting.fold import Sums, fold
from ideas.voting.leaf import leaf_hash
from ideas.voting.models import Checked, KeptVote, Vote, VoteEvent, VoteState
from ideas.voting.rules import counts

ALLOWED = 1e-9
AT_A_TIME = 2000
RESULT = "recount.json"


class Difference(NamedTuple):
    """One number that is not what it should be."""

    where: str
    what: str
    stored: Any
    found: Any

    def __str__(self) -> str:
        return f"{self.where}: {self.what} is {self.stored}, and should be {self.found}"


class Votes(NamedTuple):
    """The cast votes of one idea: how many of each level and check, and log2 of the warmth of each."""

    sums: Sums
    warmth: dict[tuple[str, str], float]


def differences() -> Iterator[Difference]:
    """Everything that does not add up, idea by idea, in one snapshot of the town."""
    _take_snapshot()
    yield from _of_ideas()
    yield from _of_the_board()
    yield from _of_the_talk()


def _take_snapshot() -> None:
    """People go on voting meanwhile; what they change is not seen. SQLite's transactions are snapshots."""
    if db.engine.dialect.name == "postgresql":
        db.session.rollback()
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _of_ideas() -> Iterator[Difference]:
    votes, kept = _votes(), _kept()
    events = _events()
    ahead = next(events, None)
    for idea_id, posted_at, counted, tally in _tallies():
        sums = Counter[tuple[str, str]]()
        while ahead is not None and ahead[0] <= idea_id:
            if ahead[0] == idea_id:
                sums = ahead[1]
                yield from ahead[2]
            ahead = next(events, None)
        mine = votes.get(idea_id, Votes(Counter(), {}))
        yield from _compared(f"idea {idea_id}", _as_it_should(mine, counted, kept[idea_id]), _stored(tally))
        yield from _compared_heat(f"idea {idea_id}", tally, posted_at, _warmth(mine, counted))
        if sums != mine.sums:
            yield Difference(f"idea {idea_id}", "the fold of its events", dict(sums), dict(mine.sums))


def _tallies() -> Iterator[Any]:
    rows = (
        select(Idea.id, Idea.posted_at, Call.counts, Tally)
        .join(Call, Call.id == Idea.call_id)
        .outerjoin(Tally, Tally.idea_id == Idea.id)
        .order_by(Idea.id)
        .execution_options(populate_existing=True)
    )
    return iter(db.session.execute(rows).all())


def _votes() -> dict[int, Votes]:
    now = town_now()
    warmth = log2_total(weeks_between(Vote.cast_at, literal(now, Timestamp)))
    rows = db.session.execute(
        select(Vote.idea_id, Vote.level, Vote.checked, func.count(), warmth)
        .where(Vote.state == VoteState.CAST)
        .group_by(Vote.idea_id, Vote.level, Vote.checked)
    )
    found: defaultdict[int, Votes] = defaultdict(lambda: Votes(Counter(), {}))
    for idea_id, level, checked, number, sum_of_weeks in rows:
        found[idea_id].sums[level, checked] = number
        found[idea_id].warmth[level, checked] = sum_of_weeks + heat.term(now, heat.COUNTED_VOTE)
    return found


def _kept() -> Counter[int]:
    rows = db.session.execute(select(KeptVote.idea_id, func.count()).group_by(KeptVote.idea_id))
    return Counter(dict(iter(rows)))


def _events() -> Iterator[tuple[int, Sums, list[Difference]]]:
    """Per idea the fold of its events, and the events whose hash is not that of their leaf."""
    rows = db.session.execute(
        select(VoteEvent.idea_id, VoteEvent.id, VoteEvent.leaf, VoteEvent.leaf_hash)
        .order_by(VoteEvent.idea_id, VoteEvent.id)
        .execution_options(yield_per=AT_A_TIME)
    )
    for idea_id, group in groupby(rows, key=lambda row: row.idea_id):
        broken: list[Difference] = []
        yield idea_id, fold(_leaves(group, broken)), broken


def _leaves(rows: Iterator[Any], broken: list[Difference]) -> Iterator[str]:
    for row in rows:
        if leaf_hash(row.leaf) != row.leaf_hash:
            found = leaf_hash(row.leaf).hex()
            broken.append(Difference(f"event {row.id}", "its hash", row.leaf_hash.hex(), found))
        yield row.leaf


def _counting(votes: Votes, counted: Level) -> list[tuple[str, str]]:
    levels = {level.value for level in Level if counts(level, counted)}
    return [key for key in votes.sums if key[0] in levels and key[1] == Checked.CLEAR]


def _as_it_should(votes: Votes, counted: Level, kept: int) -> dict[str, int]:
    return {
        "counted": sum(votes.sums[key] for key in _counting(votes, counted)),
        "attested": votes.sums[Level.ATTESTED, Checked.CLEAR],
        "held": sum(number for (_level, check), number in votes.sums.items() if check == Checked.HELD),
        "kept": kept,
    }


def _stored(tally: Tally | None) -> dict[str, Any]:
    return {name: getattr(tally, name, None) for name in ("counted", "attested", "held", "kept")}


def _warmth(votes: Votes, counted: Level) -> float | None:
    return heat.total(votes.warmth[key] for key in _counting(votes, counted))


def _compared(where: str, found: dict[str, int], stored: dict[str, Any]) -> Iterator[Difference]:
    for what, number in found.items():
        if stored[what] != number:
            yield Difference(where, what, stored[what], number)


def _compared_heat(
    where: str, tally: Tally | None, posted_at: Any, votes: float | None
) -> Iterator[Difference]:
    if tally is None:
        return
    parts = (heat.term(posted_at, heat.POSTING), votes, tally.heat_comments, tally.heat_answers)
    for what, stored, found in (
        ("heat_votes", tally.heat_votes, votes),
        ("heat", tally.heat, heat.total(parts)),
    ):
        if stored != found and (stored is None or found is None or abs(stored - found) > ALLOWED):
            yield Difference(where, what, stored, found)


def _of_the_board() -> Iterator[Difference]:
    key = (Idea.call_id, Idea.topic_id, func.coalesce(Idea.district_id, 0), Idea.status)
    there = select(*key, func.count()).where(Idea.status.not_in(NOT_ON_THE_BOARD)).group_by(*key)
    kept = select(
        BoardCount.call_id, BoardCount.topic_id, BoardCount.district_id, BoardCount.status, BoardCount.ideas
    ).where(BoardCount.ideas > 0)
    yield from _compared_figures("board_count", there, kept)


def _of_the_talk() -> Iterator[Difference]:
    columns = [
        func.sum(case((Comment.stance == stance, 1), else_=0)) for stance in Stance if stance != Stance.NOTE
    ]
    there = (
        select(Comment.idea_id, func.count(), *columns)
        .where(Comment.state == CommentState.VISIBLE)
        .group_by(Comment.idea_id)
    )
    kept = select(
        TalkCount.idea_id, TalkCount.comments, TalkCount.in_favour, TalkCount.against, TalkCount.questions
    ).where(TalkCount.comments > 0)
    yield from _compared_figures("talk_count", there, kept, figures=4)


def _compared_figures(table: str, there: Any, kept: Any, *, figures: int = 1) -> Iterator[Difference]:
    found = {tuple(row[:-figures]): tuple(row[-figures:]) for row in db.session.execute(there)}
    stored = {tuple(row[:-figures]): tuple(row[-figures:]) for row in db.session.execute(kept)}
    for key in sorted(found.keys() | stored.keys(), key=str):
        if found.get(key) != stored.get(key):
            where = f"{table} {', '.join(str(part) for part in key)}"
            yield Difference(where, "it", stored.get(key), found.get(key))
