"""Who may open calls and set their phases."""

from __future__ import annotations

from ideas.accounts.models import Viewer
from ideas.accounts.rules import administrators


def may_keep_calls(viewer: Viewer) -> bool:
    """Administrators."""
    return administrators(viewer)
