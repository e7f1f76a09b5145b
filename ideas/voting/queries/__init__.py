"""Finding what people support, and whether every number is the sum of what happened."""

from __future__ import annotations

from ideas.voting.queries.ballots import Ballot, Cast, Support, ballot, ballots, support

__all__ = ["Ballot", "Cast", "Support", "ballot", "ballots", "support"]
