"""What a notice tells: its words are read when it is shown; what a law orders away is gone here too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from ideas.accounts.models import Person
from ideas.board.models import Idea, Status, Wording
from ideas.comments.models import Comment, CommentState
from ideas.core.db import db
from ideas.core.text import excerpt
from ideas.notifications import words
from ideas.notifications.models import Notice
from ideas.programs.models import Milestone, Program, ProgramMove, Slip, Update

LENGTH = 280


class Told(NamedTuple):
    """One notice in the shape that page and mail take.

    `role` is why this person is told: author, supporter, follower, reply,
    mention or self. `of` says whether a decision was on an idea or a comment, `what` is
    the name of a milestone or update, `who` whoever commented, `number` a count,
    `text` the beginning of the public words.
    """

    id: int
    kind: str
    role: str
    title: str
    path: str
    to: str
    who: str
    what: str
    on: date | None
    number: int
    rule: str
    of: str
    text: str
    at: datetime
    is_read: bool

    @property
    def sentence(self) -> str:
        """What happened."""
        return words.sentence(self)

    @property
    def more(self) -> str:
        """What belongs to it besides."""
        return words.more(self)

    @property
    def because(self) -> str:
        """Why this person is told."""
        return words.because(self)


class Words(NamedTuple):
    """What belongs to one notice besides its idea or program."""

    text: str = ""
    who: str = ""
    what: str = ""
    on: date | None = None


def stories(notices: Sequence[Notice]) -> list[Told]:
    """The notices as they are shown: one statement per kind of words on the page, however many there are.

    Each comes with its idea and program.
    """
    found = _words_of(notices)
    return [_told(notice, found) for notice in notices]


def _told(notice: Notice, words_of: dict[tuple[str, int], Words]) -> Told:
    about = notice.about
    found = next((words_of[key] for key in _keys(about) if key in words_of), Words())
    return Told(
        id=notice.id,
        kind=notice.kind,
        role=about.get("as", ""),
        title=_title(notice.idea, notice.program),
        path=_path(notice),
        to=about.get("to", ""),
        who=found.who,
        what=found.what,
        on=date.fromisoformat(about["on"]) if about.get("on") else found.on,
        number=int(about.get("number") or 0),
        rule=about.get("rule", ""),
        of=about.get("of", ""),
        text=excerpt(found.text, LENGTH),
        at=notice.at,
        is_read=notice.read_at is not None,
    )


def _title(idea: Idea | None, program: Program | None) -> str:
    """The name of the thing; empty where a moderator took it away."""
    if program is not None:
        return program.title
    return idea.title if idea is not None and idea.status is not Status.HIDDEN else ""


def _path(notice: Notice) -> str:
    comment_id, answer_id = notice.about.get("comment_id"), notice.about.get("answer_id")
    if comment_id is not None:
        return f"/comments/{comment_id}"
    if notice.program is not None:
        return notice.program.path
    if notice.idea is None:
        return "/me"
    if notice.idea.status is Status.HIDDEN:
        return f"/ideas/{notice.idea.id}"
    return f"/ideas/{notice.idea.id}/case-file#answer-{answer_id}" if answer_id else notice.idea.path


KEYS = ("comment_id", "slip_id", "milestone_id", "update_id", "program_move_id", "wording_id")


def _keys(about: dict[str, Any]) -> list[tuple[str, int]]:
    return [(key, about[key]) for key in KEYS if about.get(key) is not None]


def _words_of(notices: Iterable[Notice]) -> dict[tuple[str, int], Words]:
    wanted: dict[str, set[int]] = {}
    for notice in notices:
        for key, number in _keys(notice.about):
            wanted.setdefault(key, set()).add(number)
    return {
        (key, row[0]): READ[key](*row[1:])
        for key, ids in wanted.items()
        for row in db.session.execute(_select(key, ids))
    }


def _select(key: str, ids: set[int]) -> Select[Any]:
    statement: Select[Any] = SELECTS[key]
    return statement.where(statement.selected_columns[0].in_(ids))


SELECTS: dict[str, Any] = {
    "wording_id": select(Wording.id, Wording.text),
    "comment_id": select(Comment.id, Comment.body, Comment.state, Person.display_name).outerjoin(
        Person, Person.id == Comment.author_id
    ),
    "update_id": select(Update.id, Update.title, Update.body),
    "milestone_id": select(Milestone.id, Milestone.title, Milestone.done_on, Milestone.evidence),
    "slip_id": select(Slip.id, Milestone.title, Slip.to_on, Slip.reason).join(
        Milestone, Milestone.id == Slip.milestone_id
    ),
    "program_move_id": select(ProgramMove.id, ProgramMove.text),
}


def _comment(body: str, state: CommentState, author: str | None) -> Words:
    """A comment that was taken away tells nothing any more."""
    return Words(text=body if state is CommentState.VISIBLE else "", who=author or "")


READ: dict[str, Any] = {
    "wording_id": lambda text: Words(text=text or ""),
    "comment_id": _comment,
    "update_id": lambda title, body: Words(text=body, what=title),
    "milestone_id": lambda title, done_on, evidence: Words(text=evidence, what=title, on=done_on),
    "slip_id": lambda title, to_on, reason: Words(text=reason, what=title, on=to_on),
    "program_move_id": lambda text: Words(text=text),
}
