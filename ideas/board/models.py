"""The board: ideas, what became of them, and the counts beside them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.accounts.models import Department, Person
from ideas.calls.models import Call
from ideas.core.db import Base, BigId, choice
from ideas.places.models import District


class Status(StrEnum):
    """Where an idea stands in its life."""

    WAITING = "waiting"
    OPEN = "open"
    UNDER_REVIEW = "under_review"
    SHORTLISTED = "shortlisted"
    BEFORE_COUNCIL = "before_council"
    ADOPTED = "adopted"
    IN_DELIVERY = "in_delivery"
    DELIVERED = "delivered"
    DECLINED = "declined"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"


LEGAL_MOVES: dict[Status, frozenset[Status]] = {
    Status.WAITING: frozenset({Status.OPEN, Status.HIDDEN, Status.WITHDRAWN}),
    Status.OPEN: frozenset(
        {
            Status.UNDER_REVIEW,
            Status.SHORTLISTED,
            Status.DECLINED,
            Status.MERGED,
            Status.WITHDRAWN,
            Status.HIDDEN,
        }
    ),
    Status.UNDER_REVIEW: frozenset(
        {
            Status.OPEN,
            Status.SHORTLISTED,
            Status.BEFORE_COUNCIL,
            Status.ADOPTED,
            Status.DECLINED,
            Status.MERGED,
            Status.WITHDRAWN,
            Status.HIDDEN,
        }
    ),
    Status.SHORTLISTED: frozenset(
        {Status.UNDER_REVIEW, Status.BEFORE_COUNCIL, Status.DECLINED, Status.WITHDRAWN, Status.HIDDEN}
    ),
    Status.BEFORE_COUNCIL: frozenset({Status.ADOPTED, Status.DECLINED, Status.UNDER_REVIEW, Status.HIDDEN}),
    Status.ADOPTED: frozenset({Status.IN_DELIVERY, Status.DELIVERED, Status.UNDER_REVIEW, Status.HIDDEN}),
    Status.IN_DELIVERY: frozenset({Status.DELIVERED, Status.ADOPTED, Status.UNDER_REVIEW, Status.HIDDEN}),
    Status.DELIVERED: frozenset({Status.ADOPTED, Status.IN_DELIVERY, Status.UNDER_REVIEW, Status.HIDDEN}),
    Status.DECLINED: frozenset({Status.OPEN, Status.HIDDEN}),
    Status.MERGED: frozenset({Status.OPEN, Status.UNDER_REVIEW}),
    Status.WITHDRAWN: frozenset({Status.HIDDEN}),
    Status.HIDDEN: frozenset(Status) - {Status.HIDDEN, Status.MERGED},
}
TAKES_SUPPORT = frozenset({Status.OPEN, Status.UNDER_REVIEW, Status.SHORTLISTED, Status.BEFORE_COUNCIL})
NOT_ON_THE_BOARD = frozenset({Status.WAITING, Status.HIDDEN})


class Channel(StrEnum):
    """Where something came from."""

    WEB = "web"
    DESK = "desk"
    PHONE = "phone"
    PAPER = "paper"
    SMS = "sms"
    EVENT = "event"
    IMPORT = "import"


class Wording(Base):
    """Public words that a law may order away.

    The record stays; the words become NULL once, with a line that says why.
    """

    __tablename__ = "wording"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    text: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str]
    redacted_at: Mapped[datetime | None]
    redacted_why: Mapped[str | None]


class Topic(Base):
    """What ideas are about. Each names the department that an automatic move goes to."""

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    sentence: Mapped[str] = mapped_column(default="")
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))


class Idea(Base):
    """What somebody proposes. The city owes an answer while `answer_due_at` is set.

    `support_before` is what people said on another platform before the move: it
    is shown apart and never counted.
    """

    __tablename__ = "idea"
    __table_args__ = (
        UniqueConstraint("foreign_source", "foreign_id"),
        CheckConstraint("(lon IS NULL) = (lat IS NULL)", name="point_is_whole"),
        Index("ix_idea_newest", "posted_at", "id"),
        Index("ix_idea_status", "status", "posted_at"),
        Index("ix_idea_author", "author_id"),
        Index("ix_idea_due", "answer_due_at"),
        Index("ix_idea_call", "call_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    excerpt: Mapped[str]
    language: Mapped[str] = mapped_column(default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    author_name: Mapped[str] = mapped_column(default="")
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"))
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    channel: Mapped[Channel] = mapped_column(default=Channel.WEB)
    place: Mapped[str] = mapped_column(default="")
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    status: Mapped[Status]
    status_since: Mapped[datetime]
    posted_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id", use_alter=True))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"))
    hidden_rule: Mapped[str | None]
    answer_owner_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    answer_since: Mapped[datetime | None]
    answer_due_at: Mapped[datetime | None]
    answer_moves: Mapped[int] = mapped_column(default=0)
    foreign_source: Mapped[str | None]
    foreign_id: Mapped[str | None]
    support_before: Mapped[int] = mapped_column(default=0)

    author: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[author_id])
    topic: Mapped[Topic] = relationship(lazy="raise_on_sql")
    district: Mapped[District | None] = relationship(lazy="raise_on_sql")
    call: Mapped[Call] = relationship(lazy="raise_on_sql")
    answer_owner: Mapped[Department | None] = relationship(
        lazy="raise_on_sql", foreign_keys=[answer_owner_id]
    )
    tally: Mapped[Tally] = relationship(lazy="raise_on_sql", viewonly=True)

    @property
    def path(self) -> str:
        """The idea's address: its number decides, the words are for people."""
        return f"/ideas/{self.id}-{self.slug}" if self.slug else f"/ideas/{self.id}"

    @property
    def is_on_the_board(self) -> bool:
        """Whether everybody can read it."""
        return self.status not in NOT_ON_THE_BOARD

    @property
    def takes_support(self) -> bool:
        """Whether its status lets people support it; the phase of its call has the other word."""
        return self.status in TAKES_SUPPORT

    @property
    def is_before_council(self) -> bool:
        """Whether council members have it in front of them."""
        return self.status is Status.BEFORE_COUNCIL


class Revision(Base):
    """The words of an idea as they were. A vote remembers the one it was given to."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("idea_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    number: Mapped[int]
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class StatusEvent(Base):
    """One move in the case file: from, to, the public text, what is owed by whom until when. Append-only."""

    __tablename__ = "status_event"
    __table_args__ = (Index("ix_status_event_idea", "idea_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    at: Mapped[datetime]
    from_status: Mapped[Status | None] = mapped_column(choice(Status, "from_status"))
    to_status: Mapped[Status]
    wording_id: Mapped[int] = mapped_column(ForeignKey("wording.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    due_at: Mapped[datetime | None]
    rule: Mapped[str] = mapped_column(default="")

    wording: Mapped[Wording] = relationship(lazy="raise_on_sql")
    department: Mapped[Department | None] = relationship(lazy="raise_on_sql")
    by: Mapped[Person | None] = relationship(lazy="raise_on_sql")


class Tally(Base):
    """What an idea's votes add up to, and its heat: changed in the act's transaction, never read first.

    `heat` is log2 of a sum of 2^(t / 7 days); its three parts can be recomputed apart.
    """

    __tablename__ = "tally"
    __table_args__ = (
        CheckConstraint("counted >= 0", name="counted_not_negative"),
        CheckConstraint("attested >= 0", name="attested_not_negative"),
        CheckConstraint("held >= 0", name="held_not_negative"),
        CheckConstraint("kept >= 0", name="kept_not_negative"),
        Index("ix_tally_heat", "heat", "idea_id"),
        Index("ix_tally_counted", "counted", "idea_id"),
    )

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True)
    counted: Mapped[int] = mapped_column(default=0)
    attested: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)
    kept: Mapped[int] = mapped_column(default=0)
    heat_votes: Mapped[float | None] = mapped_column(Float)
    heat_comments: Mapped[float | None] = mapped_column(Float)
    heat_answers: Mapped[float | None] = mapped_column(Float)
    heat: Mapped[float] = mapped_column(Float)


class BoardCount(Base):
    """How many ideas are on the board per call, topic, district, status. District 0 is the whole city."""

    __tablename__ = "board_count"
    __table_args__ = (CheckConstraint("ideas >= 0", name="ideas_not_negative"),)

    call_id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[Status] = mapped_column(primary_key=True)
    ideas: Mapped[int] = mapped_column(default=0)


class SearchEntry(Base):
    """An idea's words folded in Python, the same for both engines. Their full-text indexes hang on it."""

    __tablename__ = "search_entry"

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)


class SearchTerm(Base):
    """A word of the board and in how many ideas it stands; widens typing mistakes, drops common words."""

    __tablename__ = "search_term"

    word: Mapped[str] = mapped_column(primary_key=True)
    ideas: Mapped[int] = mapped_column(default=0)
