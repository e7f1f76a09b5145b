"""What the templates of the talk take."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from ideas.core.parts import Tab

REPLIES_OPENED = 200


class Point(NamedTuple):
    """One of the strongest points for or against."""

    body: str
    author: str
    helpful: str
    href: str


class Shown(NamedTuple):
    """One comment as comments/_comment.html shows it, with those of its replies that are shown."""

    id: int
    author: str
    badge: str
    badge_kind: str
    stance: str
    stance_word: str
    posted: str
    href: str
    body: Markup
    is_gone: str
    from_idea: str
    helpful: str
    pressed: bool | None
    may_press: bool
    reply_action: str
    edit_url: str
    delete_url: str
    report_url: str
    replies: list[Shown]
    more_replies_url: str
    more_replies_words: str


class Presses(NamedTuple):
    """What comments/_presses.html shows: how many a comment helped, and what the viewer pressed."""

    id: int
    helpful: str
    pressed: bool | None
    may_press: bool


class Talk(NamedTuple):
    """What people say under an idea, as comments/_talk.html shows it."""

    words: str
    points_for: list[Point]
    points_against: list[Point]
    orders: list[Tab]
    comments: list[Shown]
    older_url: str
    may_comment: bool
    closed_words: str
    form_action: str
    stances: list[tuple[str, str]]
    stance: str
    body: str
    errors: list[str]
    sign_in_url: str


class Thread(NamedTuple):
    """A comment whose replies are all open, and how many of them were shown before."""

    top: int
    skipped: int


def thread_word(top: int, skipped: int) -> str:
    """An opened thread as addresses say it: 15, or 15-200 when so many replies were shown before."""
    return f"{top}-{skipped}" if skipped else str(top)


def thread_of(text: str | None) -> Thread | None:
    """The thread that an address opens; None for nonsense."""
    top, _dash, skipped = (text or "").partition("-")
    numbers = [int(part or 0) for part in (top, skipped) if len(part) < 10 and (part or "0").isdecimal()]
    return Thread(*numbers) if len(numbers) == 2 and numbers[0] else None
