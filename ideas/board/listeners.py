"""What follows from an event: who changes a name is found by the new one."""

from __future__ import annotations

from ideas.board.commands import index_ideas_of
from ideas.core.events import Event, on


@on("person.profile_changed")
def find_by_the_new_name(event: Event) -> None:
    """The ideas of a person are found by the name that stands on them now, and not by the one before."""
    index_ideas_of(event.subject_id)
