"""Finding people: who is at the door, everybody else, and what is theirs."""

from ideas.accounts.queries.mine import (
    comments_of,
    department_of,
    ideas_of,
    recovery_codes_left,
    residency_of,
    sessions_of,
    supported_by,
)
from ideas.accounts.queries.people import (
    department_by,
    department_with,
    departments,
    grants_of,
    people_with_rights,
    person_by_email,
    person_with,
)
from ideas.accounts.queries.visitors import (
    code_of_browser,
    demo_mail,
    me,
    newest_code_id,
    person_of_session,
    viewer,
)

__all__ = [
    "code_of_browser",
    "comments_of",
    "demo_mail",
    "department_by",
    "department_of",
    "department_with",
    "departments",
    "grants_of",
    "ideas_of",
    "me",
    "newest_code_id",
    "people_with_rights",
    "person_by_email",
    "person_of_session",
    "person_with",
    "recovery_codes_left",
    "residency_of",
    "sessions_of",
    "supported_by",
    "viewer",
]
