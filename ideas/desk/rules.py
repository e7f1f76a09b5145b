"""Who may keep the city's own pages: its name, departments and topics."""

from __future__ import annotations

from ideas.accounts.models import Viewer
from ideas.accounts.rules import administrators


def may_keep_city(viewer: Viewer) -> bool:
    """Administrators."""
    return administrators(viewer)
