"""Calls: begin one, and the stretch in which one key makes the pseudonyms of its votes."""

from __future__ import annotations

from ideas.calls.models import Call
from ideas.core.city import city
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.keys import new_wrapped_key
from ideas.voting.models import Cycle


def begin_cycle(call: Call) -> Cycle:
    """A new key for what is posted in the call from now on; ideas keep the key they were posted under."""
    today = town_now().astimezone(city().zoneinfo).date()
    cycle = Cycle(call_id=call.id, begins_on=today, wrapped_key=new_wrapped_key())
    db.session.add(cycle)
    db.session.flush()
    return cycle
