"""Who may run a program."""

from __future__ import annotations

from ideas.accounts.models import Role, Viewer
from ideas.accounts.rules import administrators, clerks, may_act, officers
from ideas.programs.models import Program


def may_create_program(viewer: Viewer, department_id: int) -> bool:
    """An officer for their own department, an administrator for any, the clerk while recording a result."""
    return (
        administrators(viewer)
        or clerks(viewer)
        or (officers(viewer) and viewer.department_id == department_id)
    )


def may_run(viewer: Viewer, program: Program) -> bool:
    """Officers of the program's department and administrators."""
    return may_act(viewer) and (
        viewer.role is Role.ADMINISTRATOR
        or (viewer.role is Role.OFFICER and viewer.department_id == program.department_id)
    )


def may_adopt(viewer: Viewer) -> bool:
    """The clerk records what the council decided; an administrator may mend it."""
    return clerks(viewer) or administrators(viewer)


def program_people(viewer: Viewer) -> bool:
    """Those who run programs: officers and administrators."""
    return officers(viewer) or administrators(viewer)
