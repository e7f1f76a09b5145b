"""Who is told: authors, supporters and followers of ideas, without those who asked to hear no more.

Each function is a SELECT of person ids, so that a hundred thousand of them never pass through Python.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CompoundSelect, Select, exists, select, union

from ideas.accounts.models import Person, Resident
from ideas.board.models import Idea
from ideas.comments.models import Comment, CommentState
from ideas.core.db import db
from ideas.notifications.models import Follow
from ideas.programs.models import Source
from ideas.voting.models import KeptVote, Vote, VoteState

MOST_IN_A_TALK = 2000

People = Select[Any] | CompoundSelect[Any]


def the_idea(idea_id: int) -> Select[Any]:
    """One idea, as the functions below take it."""
    return select(Idea.id).where(Idea.id == idea_id)


def ideas_of(program_id: int) -> Select[Any]:
    """The source ideas of a program."""
    return select(Source.idea_id).where(Source.program_id == program_id)


def authors(ideas: Select[Any]) -> People:
    """Who posted them."""
    return select(Idea.author_id).where(
        Idea.id.in_(ideas), Idea.author_id.is_not(None), ~_muted(Idea.author_id, Idea.id)
    )


def supporters(ideas: Select[Any]) -> People:
    """Who supports them: by a vote that is cast, counted or not, or by one that is kept."""
    cast = (
        select(Resident.person_id)
        .join(Vote, Vote.resident_id == Resident.id)
        .where(
            Vote.idea_id.in_(ideas),
            Vote.state == VoteState.CAST,
            Resident.person_id.is_not(None),
            ~_muted(Resident.person_id, Vote.idea_id),
        )
    )
    kept = select(KeptVote.person_id).where(
        KeptVote.idea_id.in_(ideas), ~_muted(KeptVote.person_id, KeptVote.idea_id)
    )
    return union(cast, kept)


def followers(ideas: Select[Any]) -> People:
    """Who follows them without supporting them."""
    return select(Follow.person_id).where(Follow.idea_id.in_(ideas), Follow.is_muted.is_(False))


def followers_of_program(program_id: int) -> People:
    """Who follows the program itself."""
    return select(Follow.person_id).where(Follow.program_id == program_id, Follow.is_muted.is_(False))


def muted_the_program(program_id: int) -> People:
    """Who asked to hear nothing more of the program, whatever they support."""
    return select(Follow.person_id).where(Follow.program_id == program_id, Follow.is_muted.is_(True))


def without(people: People, others: People) -> People:
    """The people of the first who are not among the second."""
    all_of_them = people.subquery()
    person_id = all_of_them.c[0]
    return select(person_id).where(person_id.not_in(others))


def author_of_comment(comment_id: int | None) -> int | None:
    """Who wrote a comment that is there to be read."""
    return db.session.scalar(
        select(Comment.author_id).where(Comment.id == comment_id, Comment.state == CommentState.VISIBLE)
    )


def mentioned_in(comment: Comment) -> list[int]:
    """Who of this talk is named in the comment by an @ and their name."""
    if "@" not in comment.body:
        return []
    talkers = select(Comment.author_id).where(Comment.idea_id == comment.idea_id)
    author = select(Idea.author_id).where(Idea.id == comment.idea_id)
    rows = db.session.execute(
        select(Person.id, Person.display_name)
        .where(Person.id.in_(talkers) | Person.id.in_(author))
        .order_by(Person.id)
        .limit(MOST_IN_A_TALK)
    )
    said = comment.body.casefold()
    return [person_id for person_id, name in rows if f"@{name.casefold()}" in said]


def _muted(person: Any, idea: Any) -> Any:
    return exists().where(Follow.person_id == person, Follow.idea_id == idea, Follow.is_muted.is_(True))
