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
    """Whether some ticket that waits would find somebody now, or at least the team that it is for.

    What tickets need is asked of, not each ticket: however many wait for one thing, it is one
    question.
    """
    return bool(_served(desk, reading.decider(desk, now=now)))


def _served(desk: Desk, decider: Decider) -> list[Need]:
    """What is needed and waits, if somebody has time for it or no ticket says whose it is."""
    return [
        need
        for need, since in reading.needs(desk)
        if _lacks_team(decider, need, since) or _has_room(decider, need, since)
    ]


def _lacks_team(decider: Decider, need: Need, since: int) -> bool:
    """Whether a team is meant that the tickets do not name: once they do, it is not asked again."""
    if need.team is not None or decider.routing(need.workflow) is None:
        return False
    group = decider.group(need, since)
    return group is not None and group.wanted.team is not None


def _has_room(decider: Decider, need: Need, since: int) -> bool:
    if decider.routing(need.workflow) is None:
        return False
    group = decider.group(need, since)
    return group is not None and group.has_room(need.barred(decider.pool.settings))


def route(desk: Desk, run: Transaction | None, acting: Acting) -> list[Routed]:
    """Give out what waits and somebody has time for; of the rest say whose business it is."""
    from tkt.services.routing.assigning import give

    decider = reading.decider(desk, now=acting.now)
    served = _served(desk, decider)
    if not served:
        return []
    waiting = reading.waiting_for(desk, served)
    # Whoever comes when all hands are full waits on, and is not asked about one by one.
    found = []
    for ticket in waiting:
        need, since = ticket.need, ticket.since
        if _lacks_team(decider, need, since) or _has_room(decider, need, since):
            found += give(desk, run, decider, [ticket], acting)
    return found
