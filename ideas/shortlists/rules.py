"""Who keeps the shortlists."""

from __future__ import annotations

from ideas.accounts.models import Viewer
from ideas.accounts.rules import clerks


def may_keep_shortlist(viewer: Viewer) -> bool:
    """The clerk, and nobody else: not who posts, answers or decides."""
    return clerks(viewer)
