"""People: who somebody is to the city, what they hold, and where they live.

A Person is an account; a Resident is somebody the city knows to live here.
Votes belong to residents, so that one human is one voice whatever the accounts.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_login import AnonymousUserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.core.db import Base


class Role(StrEnum):
    """What a person is to the city. Residency is not a role: it is a Resident row."""

    MEMBER = "member"
    MODERATOR = "moderator"
    OFFICER = "officer"
    COUNCIL_MEMBER = "council_member"
    ADMINISTRATOR = "administrator"


STAFF = frozenset({Role.MODERATOR, Role.OFFICER, Role.ADMINISTRATOR})
NEEDS_SECOND_FACTOR = STAFF | {Role.COUNCIL_MEMBER}


class Grant(StrEnum):
    """What a person may do beside their role."""

    FRONT_DESK = "front_desk"
    CLERK = "clerk"
    SECOND = "second"


class Kind(StrEnum):
    """A human, or an organisation that speaks under its badge and has no vote."""

    PERSON = "person"
    ORGANISATION = "organisation"


class Standing(StrEnum):
    """Whether the account may act."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    BANNED = "banned"
    ERASED = "erased"


class Level(StrEnum):
    """How well the city knows a resident."""

    ATTESTED = "attested"
    VERIFIED = "verified"


class ResidentState(StrEnum):
    """Whether a resident's votes may be cast at all."""

    ACTIVE = "active"
    ENDED = "ended"


AGE_BANDS = ("14-24", "25-39", "40-64", "65+")


class Department(Base):
    """A part of the city that owns answers and programs. `signer` is who signs its answers off."""

    __tablename__ = "department"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str]
    remit: Mapped[str] = mapped_column(default="")
    signer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", use_alter=True))


class Person(Base):
    """An account. `email` is kept folded and is empty only after erasure."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("length(display_name) BETWEEN 2 AND 60", name="display_name_length"),
        Index("ix_person_role", "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str | None] = mapped_column(unique=True)
    display_name: Mapped[str]
    kind: Mapped[Kind] = mapped_column(default=Kind.PERSON)
    role: Mapped[Role] = mapped_column(default=Role.MEMBER)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    standing: Mapped[Standing] = mapped_column(default=Standing.ACTIVE)
    suspended_until: Mapped[datetime | None]
    password_hash: Mapped[str | None]
    totp_secret: Mapped[str | None]
    totp_confirmed_at: Mapped[datetime | None]
    totp_last_step: Mapped[int] = mapped_column(default=0)
    locale: Mapped[str] = mapped_column(default="en")
    joined_at: Mapped[datetime]

    grants: Mapped[list[PersonGrant]] = relationship(lazy="raise_on_sql")
    resident: Mapped[Resident | None] = relationship(
        lazy="raise_on_sql", foreign_keys="Resident.person_id", viewonly=True
    )

    @property
    def is_authenticated(self) -> bool:
        """Flask-Login's question."""
        return True

    @property
    def is_active(self) -> bool:
        """Flask-Login's question; the gate asks `standing`."""
        return True

    @property
    def is_anonymous(self) -> bool:
        """Flask-Login's question."""
        return False

    def get_id(self) -> str:
        """Flask-Login's question."""
        return str(self.id)

    @property
    def is_staff(self) -> bool:
        """Whether the acts of this person enter the audit log."""
        return self.role in STAFF or bool(self.grants)

    @property
    def is_organisation(self) -> bool:
        """Whether this is a badge, not a human."""
        return self.kind is Kind.ORGANISATION

    @property
    def needs_second_factor(self) -> bool:
        """Staff and council members prove themselves twice."""
        return self.role in NEEDS_SECOND_FACTOR or bool(self.grants)

    def has_grant(self, grant: Grant) -> bool:
        """Whether the person holds this grant."""
        return any(held.grant is grant for held in self.grants)


class PersonGrant(Base):
    """One grant of one person."""

    __tablename__ = "person_grant"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    grant: Mapped[Grant] = mapped_column(primary_key=True)


class Scope(Base):
    """A topic or a district a moderator is limited to; no row means the whole city."""

    __tablename__ = "scope"
    __table_args__ = (
        UniqueConstraint("person_id", "topic_id", "district_id"),
        CheckConstraint("(topic_id IS NULL) <> (district_id IS NULL)", name="topic_or_district"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"))
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"))


class Resident(Base):
    """Somebody who lives here. `ref` is a keyed digest of the register's number, never the number.

    The row outlives the account: `person_id` becomes empty when an account is
    erased, so that the same human cannot vote twice.
    """

    __tablename__ = "resident"
    __table_args__ = (CheckConstraint("length(ref) = 32", name="ref_is_a_digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), unique=True)
    ref: Mapped[bytes] = mapped_column(unique=True)
    level: Mapped[Level]
    method: Mapped[str]
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"))
    age_band: Mapped[str | None]
    eligible_until: Mapped[datetime]
    verified_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verified_at: Mapped[datetime | None]
    state: Mapped[ResidentState] = mapped_column(default=ResidentState.ACTIVE)


class SignInCode(Base):
    """A six-digit code sent to an address, bound to the browser that asked. Stored hashed, five tries.

    `display_name` is what somebody who joins wants to be called; the account is
    made when the code comes back.
    """

    __tablename__ = "sign_in_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(index=True)
    display_name: Mapped[str] = mapped_column(default="")
    browser_hash: Mapped[bytes] = mapped_column(index=True)
    code_hash: Mapped[bytes]
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInFailure(Base):
    """A wrong password or second factor; what the limit per account counts."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_account", "account", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[bytes]
    at: Mapped[datetime]


class RecoveryCode(Base):
    """A printed code that stands in for the second factor once."""

    __tablename__ = "recovery_code"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    used_at: Mapped[datetime | None]


class Guest(AnonymousUserMixin):  # type: ignore[misc]
    """Nobody in particular: the null object for a visitor who is not signed in."""

    id: Any = None
    display_name = ""
    role: Any = None
    kind = Kind.PERSON
    standing = Standing.ACTIVE
    department_id: Any = None
    resident: Any = None
    grants: tuple[PersonGrant, ...] = ()
    locale = "en"
    is_staff = False
    is_organisation = False
    needs_second_factor = False

    def has_grant(self, _grant: Grant) -> bool:
        """Never."""
        return False


Viewer = Person | Guest
