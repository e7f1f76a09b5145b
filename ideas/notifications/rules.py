"""Who may follow and be told."""

from __future__ import annotations

from ideas.accounts.models import Viewer
from ideas.accounts.rules import signed_in


def may_follow(viewer: Viewer) -> bool:
    """Everybody with an account, also a suspended one: reading on is no act on the board."""
    return signed_in(viewer)
