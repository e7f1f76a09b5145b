"""Changing what is counted: people support and withdraw, and the city says who lives here."""

from __future__ import annotations

from ideas.voting.commands.casting import cast_vote, retract_vote
from ideas.voting.commands.residency import Verified, renew_eligibility, verify, verify_resident

__all__ = ["Verified", "cast_vote", "renew_eligibility", "retract_vote", "verify", "verify_resident"]
