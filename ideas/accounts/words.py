"""What people are called, and what they are to the city, in the reader's language."""

from __future__ import annotations

from ideas.accounts.models import Kind, Person, Role
from ideas.core.languages import gettext as _


def called(name: str | None) -> str:
    """The name, or what is said of somebody who left."""
    return name or _("Former member")


def name_of(person: Person | None, *, elsewhere: str = "") -> str:
    """The same for an account; `elsewhere` is the name on the platform that the words came from."""
    return called(person.display_name if person else elsewhere)


def badge(kind: Kind | None, role: Role | None, department: str | None = None) -> tuple[str, str]:
    """What somebody is, in words, and the kind of badge; two empty words for everybody else."""
    if kind is Kind.ORGANISATION:
        return _("Organisation"), "organisation"
    if role is Role.COUNCIL_MEMBER:
        return _("Council member"), "council"
    if role in {Role.OFFICER, Role.MODERATOR, Role.ADMINISTRATOR}:
        return department or (_("Moderator") if role is Role.MODERATOR else _("City staff")), "staff"
    return "", ""
