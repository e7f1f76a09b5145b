"""What nobody needs any more goes each night: old codes with their addresses, old tries, dead sessions."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from ideas.accounts.models import SignInCode, SignInFailure
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.jobs import nightly
from ideas.core.sessions import WebSession
from ideas.core.transactions import transaction

KEPT = timedelta(days=2)  # longer than the day for which codes are counted


@nightly
def forget_what_is_over() -> None:
    """Delete it; running twice finds nothing the second time."""
    with transaction():
        now = town_now()
        db.session.execute(delete(SignInCode).where(SignInCode.created_at < now - KEPT))
        db.session.execute(delete(SignInFailure).where(SignInFailure.at < now - KEPT))
        db.session.execute(delete(WebSession).where(WebSession.expires_at < now))
