"""The mails that wait in the outbox, read as their receivers read them."""

from __future__ import annotations

import re

from sqlalchemy import select

from ideas.core.db import db
from ideas.core.mail import Mail
from ideas.core.transactions import reading


def newest_mail(to: str | None) -> Mail:
    """The last mail to an address."""
    with reading():
        return db.session.scalars(select(Mail).where(Mail.to_address == to).order_by(Mail.id.desc())).all()[0]


def code_in_mail(to: str | None) -> str:
    """The six digits in it."""
    found = re.search(r"\b\d{6}\b", newest_mail(to).text or "")
    assert found is not None, f"no code in the mail to {to}"
    return found.group()
