"""Who may draw the city's districts."""

from __future__ import annotations

from ideas.accounts.models import Viewer
from ideas.accounts.rules import administrators


def may_keep_districts(viewer: Viewer) -> bool:
    """Administrators."""
    return administrators(viewer)
