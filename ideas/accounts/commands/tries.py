"""Tries of a secret: each is written down before the secret is looked at, and forgotten if it was right.

The other way round, fifty tries at once would all be looked at before the
first of them is counted.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func, select

from ideas.accounts.codes import digest_of_account
from ideas.accounts.models import SignInFailure
from ideas.core.clock import town_now
from ideas.core.db import db, take_turn
from ideas.core.errors import TooMany

MOST = 10
WINDOW = timedelta(minutes=5)


def spend_try(whose: str, *, of: str) -> None:
    """Count one more try of a secret (`of` says which); TooMany after ten in five minutes.

    The caller commits before the secret is looked at. `whose` need not exist:
    strangers and neighbours are answered alike.
    """
    account, now = digest_of_account(whose, of=of), town_now()
    take_turn(account.hex())
    recent = (SignInFailure.account == account) & (SignInFailure.at > now - WINDOW)
    tries, first = db.session.execute(
        select(func.count(), func.min(SignInFailure.at)).select_from(SignInFailure).where(recent)
    ).one()
    if tries >= MOST:
        seconds = max(1, int((first + WINDOW - now).total_seconds()))
        raise TooMany("That was tried too often. Wait five minutes, then try again.", retry_after=seconds)
    db.session.add(SignInFailure(account=account, at=now))
    db.session.flush()


def forgive_tries(whose: str, *, of: str) -> None:
    """It was right: what went before does not count."""
    account = digest_of_account(whose, of=of)
    db.session.execute(delete(SignInFailure).where(SignInFailure.account == account))
