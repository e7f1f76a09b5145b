"""Votes and the ledger: what is true of support, and what nobody can take back from the record.

`vote` is the present state, `vote_event` its append-only history with the leaf
that enters the public tree. A vote's `state` belongs to its owner; `checked`
belongs to an approved correction; neither touches the other's.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from ideas.accounts.models import Level
from ideas.board.models import Channel
from ideas.core.db import Base, BigId


class VoteState(StrEnum):
    """The owner's word."""

    CAST = "cast"
    RETRACTED = "retracted"


class Checked(StrEnum):
    """The house's word, changed only by an approved correction."""

    CLEAR = "clear"
    HELD = "held"
    VOID = "void"


class VoteEventKind(StrEnum):
    """What happened to a vote."""

    CAST = "cast"
    RETRACT = "retract"
    CARRY = "carry"
    UNCARRY = "uncarry"
    HOLD = "hold"
    RELEASE = "release"
    VOID = "void"
    RESTORE = "restore"


class Cycle(Base):
    """A stretch in which one key makes the pseudonyms: a call, or half a year of the open board.

    `wrapped_key` is encrypted with the house's key, which is not in the
    database; when the cycle is over for good it is destroyed here.
    """

    __tablename__ = "cycle"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    begins_on: Mapped[date]
    wrapped_key: Mapped[bytes | None]
    destroyed_at: Mapped[datetime | None]


class Vote(Base):
    """One resident's support for one idea.

    A vote has neither weight nor direction: it is there or it is not. The
    database, not the page, holds a resident to one.
    """

    __tablename__ = "vote"
    __table_args__ = (Index("ix_vote_resident", "resident_id", "idea_id"),)

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), primary_key=True)
    state: Mapped[VoteState]
    checked: Mapped[Checked] = mapped_column(default=Checked.CLEAR)
    level: Mapped[Level]
    channel: Mapped[Channel] = mapped_column(default=Channel.WEB)
    origin_idea_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"))
    version: Mapped[int] = mapped_column(default=1)
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    cast_at: Mapped[datetime]


class KeptVote(Base):
    """Support pressed before verification; it becomes a vote in the transaction of the verification."""

    __tablename__ = "kept_vote"
    __table_args__ = (Index("ix_kept_vote_person", "person_id"),)

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kept_at: Mapped[datetime]


class VoteEvent(Base):
    """One thing that happened to a vote, with the public leaf. Append-only."""

    __tablename__ = "vote_event"
    __table_args__ = (Index("ix_vote_event_idea", "idea_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    kind: Mapped[VoteEventKind]
    leaf: Mapped[str] = mapped_column(Text)
    leaf_hash: Mapped[bytes] = mapped_column(unique=True)
    not_before: Mapped[date]
    correction_id: Mapped[int | None] = mapped_column(ForeignKey("correction.id"))


class TreeLeaf(Base):
    """The place of an event in the public tree. Append-only."""

    __tablename__ = "tree_leaf"

    leaf_index: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(ForeignKey("vote_event.id"), unique=True)


class TreeHead(Base):
    """A signed head of the tree. Append-only."""

    __tablename__ = "tree_head"

    size: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    root: Mapped[bytes]
    note: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class Correction(Base):
    """A change of a published count that no voter made: two people, a reason, both counts. Append-only."""

    __tablename__ = "correction"
    __table_args__ = (CheckConstraint("approved_by <> opened_by", name="two_people"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    n: Mapped[int]
    before: Mapped[int]
    after: Mapped[int]
    published_at: Mapped[datetime]
    appeal_until: Mapped[datetime | None]
