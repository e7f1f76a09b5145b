"""Changing what is counted: people support and withdraw, and the city says who lives here."""

from __future__ import annotations

from ideas.voting.commands.casting import cast_vote, retract_vote

__all__ = ["cast_vote", "retract_vote"]
