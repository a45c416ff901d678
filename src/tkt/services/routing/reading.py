"""What routing asks the index: who waits for what, and who has how much to do."""

from __future__ import annotations

import json
from functools import cache, partial
from typing import TYPE_CHECKING

from tkt.domain.fields import PRIORITIES
from tkt.domain.roster.duty import Duty
from tkt.domain.routing.deciding import Decider, Waiting
from tkt.domain.routing.needs import Need
from tkt.domain.routing.rule import routing_of
from tkt.domain.routing.standing import OF_LATE, SHARED, Held, Pool
from tkt.domain.training.standing import Training

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from tkt.domain.settings import Settings
    from tkt.storage.desk import Desk

_RANKED = tuple(PRIORITIES)
_NAMES = "(SELECT value FROM json_each(?))"
_LOADS = (
    "SELECT assignee, state, priority_rank, count(*) FROM tickets INDEXED BY tickets_by_assignee"
    f" WHERE assignee IN {_NAMES} AND state IN ('new', 'open', 'pending')"
    " GROUP BY assignee, state, priority_rank"
)
_GIFTS = (
    "SELECT value, (SELECT max(at) FROM gifts WHERE agent = value),"
    " (SELECT count(*) FROM gifts WHERE agent = value AND at > ?),"
    " (SELECT count(*) FROM gifts WHERE agent = value AND at > ?) FROM json_each(?)"
)
_WAITING = (
    "SELECT tickets.id, need, since, state, priority, customer, parked"
    " FROM waits CROSS JOIN tickets USING (num) WHERE"
)
URGENT_FIRST = "ORDER BY priority_rank DESC, due IS NULL, due, since, num"
"""The most urgent first; of those alike what is due first, and then who has waited longest."""
# From each need to the next one in the index: what thousands wait for costs as one of them.
_NEEDS = (
    "WITH RECURSIVE held (need) AS ("
    " SELECT min(need) FROM waits WHERE parked = 0 UNION ALL"
    " SELECT (SELECT min(need) FROM waits WHERE parked = 0 AND need > held.need)"
    " FROM held WHERE need IS NOT NULL)"
    " SELECT need, (SELECT min(since) FROM waits WHERE parked = 0 AND waits.need = held.need)"
    " FROM held WHERE need IS NOT NULL"
)
_LAST = "SELECT customer, assignee, updated FROM tickets WHERE updated >= ? AND"


def decider(
    desk: Desk, *, now: datetime, customer: str | None = None, settings: Settings | None = None
) -> Decider:
    """Decides for a desk as it is now; of which ``customer`` if only one's tickets are asked of."""
    known = settings or desk.settings
    at = int(now.timestamp())
    off = partial(Duty(known).reason_off, at=now)
    training = Training(known)
    lapses = cache(partial(training.lapses, day=training.day(now)))
    pool = Pool(known, at, off=off, look=partial(held, desk, at=at), lapses=lapses)
    return Decider(pool, partial(last_agents, desk, known, at=at, customer=customer))


def held(desk: Desk, agents: Collection[str], *, at: int) -> Mapping[str, Held]:
    """What agents have to do, and what they were given of late."""
    names = json.dumps(sorted(agents))
    counts: dict[str, dict[tuple[str, str], int]] = {name: {} for name in agents}
    for name, state, rank, count in desk.index.select(_LOADS, (names,)):
        counts[name][state, _RANKED[rank]] = count
    given = desk.index.select(_GIFTS, (at - OF_LATE, at - SHARED, names))
    return {
        name: Held(counts[name], of_late, shared, last or 0)
        for name, last, of_late, shared in given
    }


def last_agents(
    desk: Desk, settings: Settings, *, at: int, customer: str | None = None
) -> dict[str, tuple[str, int]]:
    """Who had each customer's last ticket and when, as far back as any workflow asks."""
    spans = [r.returning for flow in settings.workflows if (r := routing_of(flow)) and r.returning]
    if not spans:
        return {}
    whose = "customer IS NOT NULL" if customer is None else "customer = ?"
    params = (at - max(spans), *(() if customer is None else (customer,)))
    rows = desk.index.select(
        f"{_LAST} {whose} AND assignee IS NOT NULL ORDER BY updated, num", params
    )
    return {customer: (agent, updated) for customer, agent, updated in rows}


def needs(desk: Desk) -> Iterator[tuple[Need, int]]:
    """What waiting tickets need, each once, and since when the first of them has waited."""
    for text, since in desk.index.select(_NEEDS):
        yield Need.of(text), since


def waiting_for(desk: Desk, needs: Iterable[Need]) -> list[Waiting]:
    """The tickets that wait for one of several things, the most urgent first."""
    texts = json.dumps([need.text for need in needs], ensure_ascii=False)
    return _read(desk, f"parked = 0 AND need IN {_NAMES} {URGENT_FIRST}", texts)


def waiting_among(desk: Desk, numbers: Iterable[int]) -> list[Waiting]:
    """Those of some tickets that wait for anybody, the most urgent first."""
    return _read(desk, f"waits.num IN {_NAMES} {URGENT_FIRST}", json.dumps(list(numbers)))


def _read(desk: Desk, where: str, param: str) -> list[Waiting]:
    texts: dict[str, Need] = {}
    found = []
    rows = desk.index.select(f"{_WAITING} {where}", (param,))
    for ticket_id, text, since, state, priority, customer, parked in rows:
        need = texts.get(text) or texts.setdefault(text, Need.of(text))
        urgency = priority or "normal"
        found.append(Waiting(ticket_id, need, since, state, urgency, customer, bool(parked)))
    return found
