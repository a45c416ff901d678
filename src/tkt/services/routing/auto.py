"""Giving out on request what waits: all of it, or what a query finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.services import querying
from tkt.services.routing import reading
from tkt.services.routing.assigning import Manner, give

if TYPE_CHECKING:
    from tkt.domain.routing.deciding import Waiting
    from tkt.services.acting import Acting
    from tkt.services.routing.assigning import Routed
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Transaction


def assign(
    desk: Desk, query: str, *, acting: Acting, dry_run: bool = False, explain: bool = False
) -> list[Routed]:
    """Give out what waits, the most urgent first, each an action of its own; or say what would be.

    What a ``query`` finds is asked for by a person: a parked ticket among it is given out too.
    """

    def decide(run: Transaction | None) -> list[Routed]:
        decider = reading.decider(desk, now=acting.now)
        manner = Manner(asked=bool(query), explain=explain)
        return give(desk, run, decider, _waiting(desk, query, acting), acting, manner)

    if dry_run:
        return decide(None)
    return desk.write(decide, acting.grouping("assign"))


def _waiting(desk: Desk, query: str, acting: Acting) -> list[Waiting]:
    if not query:
        return reading.waiting_for(desk, [need for need, _ in reading.needs(desk)])
    found = querying.matching_numbers(desk, query, now=acting.now, me=acting.by)
    return reading.waiting_among(desk, found)
