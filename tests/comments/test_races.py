"""Two who take one comment away in the same moment: the figures beside the idea lose it once."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from ideas.accounts.models import Person
from ideas.comments import commands
from ideas.comments.models import Comment, Stance
from ideas.core.db import db
from ideas.core.errors import Refused
from ideas.core.transactions import transaction
from tests.support.racing import at_once
from tests.voting.pressing import recounted

ROUNDS = 8


def test_a_comment_removed_and_hidden_in_one_moment_is_taken_from_the_figures_once(app, town):
    idea, lena = town.idea(), town.member("Lena S.")
    said = []
    for n in range(ROUNDS):
        with transaction():
            words = f"Comment {n}"
            said.append(commands.post_comment(idea, by=lena, stance=Stance.FOR, body=words).id)

    def remove(number: int, by: Person) -> None:
        with suppress(Refused), transaction():
            commands.remove_comment(db.session.get_one(Comment, number), by=by)

    def hide(number: int) -> None:
        with suppress(Refused), transaction():
            commands.hide_comment(db.session.get_one(Comment, number), rule="2")

    for number in said[1:]:
        at_once(app, partial(remove, number, lena), partial(hide, number))

    assert recounted() == []
