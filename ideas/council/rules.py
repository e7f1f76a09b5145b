"""Who sits in the council room."""

from __future__ import annotations

from ideas.accounts.models import Viewer
from ideas.accounts.rules import clerks, council_members


def may_take_position(viewer: Viewer) -> bool:
    """Members of the council."""
    return council_members(viewer)


def may_record_meeting(viewer: Viewer) -> bool:
    """The clerk."""
    return clerks(viewer)
