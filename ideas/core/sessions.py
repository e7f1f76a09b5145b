"""Sessions live on the server: 256-bit ids, stored hashed, revocable one by one or all at once.

Guests have none. Flask's own cookie session is switched off; what Flask-Login
would keep in it is this table's row.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
from datetime import datetime, timedelta

from flask import Flask, Response, current_app, g, has_request_context, request
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import ForeignKey, delete, update
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import CallbackDict

from ideas.core.clock import town_now
from ideas.core.db import Base, db
from ideas.core.transactions import transaction

log = logging.getLogger(__name__)

MEMBER_LIFE = timedelta(days=180)
STAFF_IDLE = timedelta(hours=2)
FRESH = timedelta(minutes=15)


class WebSession(Base):
    """One browser that is signed in.

    `fresh_at` is when the person last proved who they are, `proven_at` when they
    gave their second factor here; members never need to.
    """

    __tablename__ = "web_session"

    id_hash: Mapped[bytes] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    fresh_at: Mapped[datetime]
    proven_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]


class _NoCookieSession(CallbackDict[str, object], SessionMixin):
    """What extensions that insist on a session get: an empty one that is never kept."""


class NoCookieSessions(SessionInterface):
    """Flask's session, switched off."""

    def open_session(self, _app: Flask, _request: object) -> _NoCookieSession:
        """Always new, always empty."""
        return _NoCookieSession()

    def save_session(self, _app: Flask, _session: object, _response: Response) -> None:
        """Nothing is kept."""


def cookie_name() -> str:
    """The `__Host-` prefix binds the cookie to this very host, where the site has https."""
    return "__Host-session" if current_app.config["SETTINGS"].is_https else "session"


def presented_id() -> bytes | None:
    """The hash of the session id that the browser sent, or None."""
    value = request.cookies.get(cookie_name(), "")
    return hashlib.sha256(value.encode()).digest() if value else None


def recognise(row: WebSession) -> None:
    """Keep the session that this request came with, for the questions below."""
    if has_request_context():
        g.web_session = row


def is_fresh() -> bool:
    """Whether whoever asks has proved who they are in the last quarter of an hour."""
    row: WebSession | None = g.get("web_session")
    return row is not None and town_now() - row.fresh_at < FRESH


def is_proven() -> bool:
    """Whether the second factor was given in this session."""
    row: WebSession | None = g.get("web_session")
    return row is not None and row.proven_at is not None


def refresh_session() -> None:
    """The person has just proved again who they are."""
    held = presented_id()
    db.session.execute(update(WebSession).where(WebSession.id_hash == held).values(fresh_at=town_now()))


def begin_session(person_id: int, *, proven: bool = False) -> None:
    """Sign this browser in: a new id, the old one dead (session fixation ends here)."""
    end_session()
    token, now = secrets.token_urlsafe(32), town_now()
    row = WebSession(
        id_hash=hashlib.sha256(token.encode()).digest(),
        person_id=person_id,
        created_at=now,
        seen_at=now,
        fresh_at=now,
        proven_at=now if proven else None,
        expires_at=now + MEMBER_LIFE,
    )
    db.session.add(row)
    db.session.flush()
    g.new_session_id = row.id_hash
    _set_cookie(token, MEMBER_LIFE)


def end_session() -> None:
    """Sign this browser out."""
    held = presented_id()
    if held is not None:
        db.session.execute(delete(WebSession).where(WebSession.id_hash == held))
        _set_cookie("", timedelta())


def end_all_sessions(person_id: int, *, but: bytes | None = None) -> None:
    """Everywhere else too: password change, demotion, ban, erasure."""
    condition = WebSession.person_id == person_id
    if but is not None:
        condition &= WebSession.id_hash != but
    db.session.execute(delete(WebSession).where(condition))


def _set_cookie(value: str, life: timedelta) -> None:
    g.session_cookie = (value, int(life.total_seconds()))


def send_cookie(response: Response) -> Response:
    """Give the browser its new session, or take it back; only with an answer that was committed."""
    change = g.pop("session_cookie", None)
    if change is not None and response.status_code < 400:
        value, seconds = change
        secure = current_app.config["SETTINGS"].is_https
        response.set_cookie(
            cookie_name(), value, max_age=seconds, secure=secure, httponly=True, samesite="Lax"
        )
    return response


class SeenBuffer:
    """When each session was last seen, held in this process and written every half minute.

    A GET never writes, and the idle time of staff must still be known. A crash
    loses at most one interval of it.
    """

    INTERVAL_S = 30.0

    def __init__(self) -> None:
        self._seen: dict[bytes, datetime] = {}
        self._lock = threading.Lock()

    def saw(self, id_hash: bytes, moment: datetime) -> None:
        """Remember in memory."""
        with self._lock:
            self._seen[id_hash] = moment

    def last_seen(self, row: WebSession) -> datetime:
        """The later of what is stored and what is buffered."""
        return max(row.seen_at, self._seen.get(row.id_hash, row.seen_at))

    def flush(self) -> None:
        """Write what gathered; an error keeps it for the next time."""
        with self._lock:
            gathered, self._seen = self._seen, {}
        if not gathered:
            return
        try:
            with transaction():
                for id_hash, moment in gathered.items():
                    db.session.execute(
                        update(WebSession)
                        .where(WebSession.id_hash == id_hash, WebSession.seen_at < moment)
                        .values(seen_at=moment)
                    )
        except Exception:
            log.exception("could not write when sessions were last seen")
            with self._lock:
                self._seen = {**gathered, **self._seen}


seen = SeenBuffer()
