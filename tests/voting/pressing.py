"""What the tests of voting share: an idea as the door gives it, and its tally as it is stored."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ideas.accounts.models import Person
from ideas.board.models import Idea, Tally
from ideas.calls.models import Call
from ideas.core.db import Base, db
from ideas.core.transactions import reading, transaction
from ideas.voting.commands import cast_vote, retract_vote
from ideas.voting.queries import Cast
from ideas.voting.queries.recount import differences


def fresh(idea: Idea) -> Idea:
    """The idea as a page has it, read again."""
    return (
        db.session.scalars(
            select(Idea)
            .where(Idea.id == idea.id)
            .options(
                joinedload(Idea.call).joinedload(Call.phases),
                joinedload(Idea.district),
                joinedload(Idea.tally),
            )
            .execution_options(populate_existing=True)
        )
        .unique()
        .one()
    )


def tally_of(idea: Idea) -> Tally:
    """The sums as they are stored now."""
    with reading():
        return db.session.get_one(Tally, idea.id, populate_existing=True)


def presses(idea: Idea, person: Person) -> Cast:
    """Support the idea, in a transaction of its own."""
    with transaction():
        return cast_vote(fresh(idea), by=person)


def takes_back(idea: Idea, person: Person) -> Cast:
    """Take the support back, in a transaction of its own."""
    with transaction():
        return retract_vote(fresh(idea), by=person)


def number_of(model: type[Base], *where: Any) -> int:
    """How many rows there are."""
    with reading():
        return db.session.scalars(select(func.count()).select_from(model).where(*where)).one()


def recounted() -> list[str]:
    """What a recount finds wrong."""
    with reading():
        return [str(difference) for difference in differences()]
