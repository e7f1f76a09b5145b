"""The audit log: who of the staff did what, each row linked to the one before by a hash."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from flask import g, has_request_context
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from ideas.core.clock import town_now
from ideas.core.db import Base, BigId, db, take_turn


class AuditRow(Base):
    """One act of staff or one refusal of it. Bodies, secrets and addresses have no column here."""

    __tablename__ = "audit_log"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[int | None]
    role: Mapped[str]
    act: Mapped[str]
    object: Mapped[str]
    result: Mapped[str]
    request_id: Mapped[str]
    prev_hash: Mapped[str]

    def digest(self) -> str:
        """SHA-256, hex, over the row's own words and the digest before it."""
        at = self.at.isoformat(timespec="milliseconds")
        words = [
            self.prev_hash,
            at,
            self.actor,
            self.role,
            self.act,
            self.object,
            self.result,
            self.request_id,
        ]
        return hashlib.sha256(json.dumps(words, separators=(",", ":")).encode()).hexdigest()


def audit(act: str, *, actor: int | None, role: str, about: str, result: str = "done") -> None:
    """Write one row in the act's own transaction; one writer at a time keeps the chain a chain."""
    take_turn("audit log")
    last = db.session.scalar(select(AuditRow).order_by(AuditRow.id.desc()).limit(1))
    now = town_now()
    db.session.add(
        AuditRow(
            at=now.replace(microsecond=now.microsecond // 1000 * 1000),
            actor=actor,
            role=role,
            act=act,
            object=about,
            result=result,
            request_id=g.get("request_id", "") if has_request_context() else "",
            prev_hash=last.digest() if last else "",
        )
    )
    db.session.flush()


def broken_links() -> list[int]:
    """The ids of rows whose link to the row before does not hold."""
    broken, before = [], ""
    for row in db.session.scalars(select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=500)):
        if row.prev_hash != before:
            broken.append(row.id)
        before = row.digest()
    return broken
