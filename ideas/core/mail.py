"""Mail: written in the transaction of what it tells, sent from the outbox by a job.

One row per `key`; a crash between sending and marking may send it again, with
the same Message-ID. A slow or absent mail server never slows a page.
"""

from __future__ import annotations

import hashlib
import logging
import re
import smtplib
import ssl
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from flask import current_app
from sqlalchemy import Text, select
from sqlalchemy.orm import Mapped, mapped_column

from ideas.config import Settings
from ideas.core.city import city
from ideas.core.clock import town_now
from ideas.core.db import Base, BigId, db, insert_into
from ideas.core.languages import speaking
from ideas.core.transactions import transaction, wake_jobs_after_commit

log = logging.getLogger(__name__)

GIVE_UP_AFTER = 12
FIRST_DELAY = timedelta(seconds=20)
LONGEST_DELAY = timedelta(hours=4)
LEASE = timedelta(minutes=3)
TIMEOUT_S = 15


class Mail(Base):
    """A mail to one address. `text` and `html` are emptied once it was sent: mails carry codes."""

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    to_address: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str | None] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
    unsubscribe_url: Mapped[str | None]
    created_at: Mapped[datetime]
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


class Parcel(NamedTuple):
    """A mail that waits to be put into the outbox."""

    key: str
    to_address: str
    subject: str
    text: str
    html: str | None = None
    unsubscribe_url: str | None = None


def send_mails(parcels: Sequence[Parcel]) -> None:
    """Put mails into the outbox in one statement, each once per key."""
    if not parcels:
        return
    now = town_now()
    rows = [
        {**p._asdict(), "subject": " ".join(p.subject.split()), "created_at": now, "next_at": now, "tries": 0}
        for p in parcels
    ]
    db.session.execute(insert_into(Mail).values(rows).on_conflict_do_nothing(index_elements=["key"]))
    wake_jobs_after_commit()


def mail_page(template: str, *, locale: str = "en", **variables: Any) -> tuple[str, str]:
    """The text and the HTML of a mail, from `template`.txt and `template`.html, in the reader's language.

    Both extend `email` and know `city`, `site_url` (for whole addresses) and what they are given.
    """
    settings: Settings = current_app.config["SETTINGS"]
    words = {"city": city(), "site_url": settings.site_url, **variables}
    with speaking(locale):
        text, html = (
            current_app.jinja_env.get_template(f"{template}.{kind}").render(words) for kind in ("txt", "html")
        )
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", html


def deliver_mail() -> int:
    """Send what is due; returns how many went out. Without SMTP_URL the outbox just keeps them."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.smtp_url:
        return 0
    sent = 0
    while (row := _take_one()) is not None:
        sent += _try(row, settings)
    return sent


def _take_one() -> Mail | None:
    """Lease one due mail by moving its next try into the future."""
    with transaction():
        now = town_now()
        row = db.session.scalar(
            select(Mail)
            .where(Mail.sent_at.is_(None), Mail.next_at <= now)
            .order_by(Mail.next_at, Mail.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is not None:
            row.tries += 1
            delay = max(LEASE, min(FIRST_DELAY * 2**row.tries, LONGEST_DELAY))
            row.next_at = now + delay if row.tries < GIVE_UP_AFTER else None
        return row


def _try(row: Mail, settings: Settings) -> bool:
    try:
        _hand_over(compose(row, settings), settings.smtp_url)
    except (OSError, smtplib.SMTPException, ValueError, MessageError) as fault:
        log.warning("mail %s was not taken: %s", row.id, type(fault).__name__)
        with transaction():
            db.session.get_one(Mail, row.id).last_error = f"{type(fault).__name__}"
        return False
    with transaction():
        kept = db.session.get_one(Mail, row.id)
        kept.sent_at, kept.text, kept.html, kept.last_error = town_now(), None, None, None
    return True


def compose(row: Mail, settings: Settings) -> EmailMessage:
    """The message as it goes over the wire; the Message-ID is a function of the row."""
    message = EmailMessage()
    host = urlsplit(settings.site_url).hostname
    message["From"] = settings.mail_from or f"ideas@{host}"
    message["To"] = row.to_address
    message["Subject"] = row.subject
    message["Date"] = format_datetime(row.created_at)
    message["Message-ID"] = f"<{hashlib.sha256(row.key.encode()).hexdigest()[:32]}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    if row.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{row.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(row.text or "")
    if row.html:
        message.add_alternative(row.html, subtype="html")
    return message


def _hand_over(message: EmailMessage, url: str) -> None:
    """Speak SMTP: smtp:// plain, smtp+starttls:// upgraded, smtps:// encrypted from the start."""
    parts = urlsplit(url)
    host, port = parts.hostname or "localhost", parts.port
    tls = ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT_S, context=tls)
    else:
        server = smtplib.SMTP(host, port or 25, timeout=TIMEOUT_S)
    with server:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=tls)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
