"""Mails about notices: written once per kind of reader and language, then addressed to each."""

from __future__ import annotations

from typing import NamedTuple

from ideas.core.mail import mail_page
from ideas.notifications.stories import Told

PLACE = "https://unsubscribe.invalid/here"
"""Where the reader's own address to stop mails comes to stand."""


class Letter(NamedTuple):
    """A mail still without its reader."""

    subject: str
    text: str
    html: str


def write(told: Told, *, locale: str) -> Letter:
    """The words of one notice in a language."""
    text, html = mail_page("notifications/mail", locale=locale, told=told, unsubscribe_url=PLACE)
    return Letter(text.partition("\n")[0], text, html)


def addressed(letter: Letter, unsubscribe_url: str) -> Letter:
    """The same with the reader's own address to stop mails."""
    return Letter(
        letter.subject,
        letter.text.replace(PLACE, unsubscribe_url),
        letter.html.replace(PLACE, unsubscribe_url),
    )
