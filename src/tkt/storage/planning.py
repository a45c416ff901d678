"""What the index's settings say of time, made once in a process: it compiles calendars."""

from __future__ import annotations

from functools import lru_cache

from tkt.domain.sweeping.plan import Plan
from tkt.storage.packing import unpack


@lru_cache(4)
def plan_of(text: str) -> Plan:
    """What packed settings say of states and of time."""
    return Plan(unpack(text)[0])
