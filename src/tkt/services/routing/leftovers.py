"""What nobody had time for when it came: tried again by each sweep, the most urgent first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.services.routing import reading

if TYPE_CHECKING:
    from datetime import datetime

    from tkt.domain.routing.deciding import Decider
    from tkt.domain.routing.needs import Need
    from tkt.services.acting import Acting
    from tkt.services.routing.assigning import Routed
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Transaction


def is_due(desk: Desk, *, now: datetime) -> bool:
    """Whether some ticket that waits would find somebody now.

    What tickets need is asked of, not each ticket: however many wait for one thing, it is one
    question.
    """
    return bool(_served(desk, reading.decider(desk, now=now)))


def _served(desk: Desk, decider: Decider) -> list[Need]:
    """What is needed, waits, and somebody has time for."""
    return [need for need, since in reading.needs(desk) if _has_room(decider, need, since)]


def _has_room(decider: Decider, need: Need, since: int) -> bool:
    if decider.routing(need.workflow) is None:
        return False
    group = decider.group(need, since)
    return group is not None and group.has_room(need.barred)


def route(desk: Desk, run: Transaction | None, acting: Acting) -> list[Routed]:
    """Give out what waits and somebody has time for."""
    from tkt.services.routing.assigning import give

    decider = reading.decider(desk, now=acting.now)
    served = _served(desk, decider)
    if not served:
        return []
    waiting = reading.waiting_for(desk, served)
    # Whoever comes when all hands are full waits on, and is not asked about one by one.
    found = []
    for ticket in waiting:
        if _has_room(decider, ticket.need, ticket.since):
            found += give(desk, run, decider, [ticket], acting)
    return found
