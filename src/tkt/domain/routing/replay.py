"""The past done otherwise: tickets come in as they did, and are given out by other rules.

What is known of a ticket is when it came, what it needed, and how long it was in somebody's hands.
Each is in the chosen one's hands for as long; nobody gives anything back.
"""

from __future__ import annotations

import heapq
from collections import Counter
from itertools import count
from statistics import pstdev, quantiles
from typing import TYPE_CHECKING

from tkt.domain.routing.deciding import Decider
from tkt.domain.routing.standing import OF_LATE, SHARED, Held, Pool
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from tkt.domain.routing.deciding import Waiting
    from tkt.domain.routing.standing import Lapses
    from tkt.domain.settings import Settings

SWEEPS = 300
"""So many seconds apart are the sweeps by which whoever waits is tried again."""
RETURNS = 24 * 3600
"""A customer who comes again within so many seconds counts as one who returns."""
_URGENCY = ("urgent", "high", "normal", "low")


class Arrival(NamedTuple):
    """A ticket as it came in, and for how many seconds somebody had it.

    ``agent`` is who had it first and ``waited`` for how long nobody did; both None if nobody ever
    had it. ``team`` is that in which it ended.
    """

    ticket: Waiting
    handling: int
    agent: str | None = None
    waited: int | None = None
    team: str | None = None


class Fate(NamedTuple):
    """Who had a ticket first, and after how many seconds; None for nobody."""

    arrival: Arrival
    agent: str | None
    waited: int | None


class Figures(NamedTuple):
    """How a stretch of time went. Waits are in seconds; shares are from 0 to 1."""

    given: int
    waiting: int
    wait_median: int | None
    wait_p90: int | None
    wait_most: int | None
    spread: float | None
    most: int
    least: int
    transfers: int
    returned: float | None


def as_it_was(arrivals: Iterable[Arrival]) -> list[Fate]:
    """What became of them in fact."""
    return [Fate(each, each.agent, each.waited) for each in arrivals]


def replay(
    settings: Settings,
    arrivals: Iterable[Arrival],
    *,
    off: Callable[[str, int], str | None],
    lapses: Callable[[int], Lapses],
    until: int,
) -> list[Fate]:
    """What would have become of them by the routing of ``settings``.

    ``off`` is why somebody took no work at a time, ``lapses`` which skills they lacked then.
    """
    return _Replay(settings, off, lapses).run(arrivals, until)


class _Replay:
    """Events in the order of time: tickets come, are done with, and sweeps try again."""

    def __init__(
        self,
        settings: Settings,
        off: Callable[[str, int], str | None],
        lapses: Callable[[int], Lapses],
    ) -> None:
        self.settings = settings
        self.off, self.lapses = off, lapses
        self.open: dict[str, Counter[tuple[str, str]]] = {a.id: Counter() for a in settings.agents}
        self.given: dict[str, list[int]] = {agent.id: [] for agent in settings.agents}
        self.last: dict[str, tuple[str, int]] = {}
        self.waiting: list[Arrival] = []
        self.fates: list[Fate] = []
        self._serial = count()
        self._events: list[tuple[int, int, Arrival | None, str | None]] = []

    def run(self, arrivals: Iterable[Arrival], until: int) -> list[Fate]:
        """All of them; what waits at the end has nobody."""
        for each in arrivals:
            self._at(each.ticket.since, each)
        while self._events and self._events[0][0] < until:
            at = self._events[0][0]
            while self._events and self._events[0][0] == at:
                _, _, arrival, agent = heapq.heappop(self._events)
                self._happens(arrival, agent)
            self._give_out(at)
        return [*self.fates, *(Fate(each, None, None) for each in self.waiting)]

    def _at(self, at: int, arrival: Arrival | None, agent: str | None = None) -> None:
        heapq.heappush(self._events, (at, next(self._serial), arrival, agent))

    def _happens(self, arrival: Arrival | None, agent: str | None) -> None:
        if arrival is None:
            return  # a sweep
        if agent is None:
            self.waiting.append(arrival)
        else:
            self.open[agent]["open", arrival.ticket.priority] -= 1

    def _give_out(self, at: int) -> None:
        if not self.waiting:
            return
        pool = Pool(
            self.settings,
            at,
            off=lambda name: self.off(name, at),
            look=self._look(at),
            lapses=self.lapses(at),
        )
        decider = Decider(pool, lambda: self.last)
        left: list[Arrival] = []
        for arrival in sorted(self.waiting, key=_urgency):
            ticket = arrival.ticket
            decision = decider.decide(ticket)
            if decision is None or decision.agent is None:
                left.append(arrival)
                continue
            decider.take(ticket, decision)
            self._given(arrival, decision.agent, at)
        self.waiting = left
        if left and not any(arrival is None for _, _, arrival, _ in self._events[:1]):
            self._at(at + SWEEPS, None)

    def _given(self, arrival: Arrival, agent: str, at: int) -> None:
        ticket = arrival.ticket
        self.fates.append(Fate(arrival, agent, at - ticket.since))
        self.open[agent]["open", ticket.priority] += 1
        self.given[agent].append(at)
        self._at(at + max(1, arrival.handling), arrival, agent)
        if ticket.customer is not None:
            self.last[ticket.customer] = agent, at

    def _look(self, at: int) -> Callable[[Collection[str]], Mapping[str, Held]]:
        def look(names: Collection[str]) -> Mapping[str, Held]:
            return {name: self._held(name, at) for name in names}

        return look

    def _held(self, name: str, at: int) -> Held:
        given = self.given[name]
        late = sum(1 for each in _back(given, at - OF_LATE))
        shared = sum(1 for each in _back(given, at - SHARED))
        return Held(self.open[name], late, shared, given[-1] if given else 0)


def _back(given: list[int], since: int) -> Iterator[int]:
    """Instants after ``since``, the last first."""
    for at in reversed(given):
        if at <= since:
            return
        yield at


def _urgency(arrival: Arrival) -> tuple[int, int, str]:
    ticket = arrival.ticket
    return _URGENCY.index(ticket.priority), ticket.since, ticket.id


def figures(fates: Sequence[Fate], settings: Settings) -> Figures:
    """What there is to compare of a stretch of time."""
    waits = sorted(fate.waited for fate in fates if fate.waited is not None)
    counts = by_agent(fates, settings)
    shares = quantiles(waits, n=10, method="inclusive") if len(waits) > 1 else waits * 9
    loads = list(counts.values())
    return Figures(
        len(waits),
        len(fates) - len(waits),
        int(shares[4]) if waits else None,
        int(shares[8]) if waits else None,
        waits[-1] if waits else None,
        round(pstdev(loads), 2) if loads else None,
        max(loads, default=0),
        min(loads, default=0),
        sum(_passed_on(fate, settings) for fate in fates),
        _returned(fates),
    )


def by_agent(fates: Iterable[Fate], settings: Settings) -> dict[str, int]:
    """How many tickets each agent had first, those without any too, by id."""
    counts = Counter({agent.id: 0 for agent in settings.agents})
    counts.update(fate.agent for fate in fates if fate.agent is not None)
    return dict(sorted(counts.items()))


def _passed_on(fate: Fate, settings: Settings) -> bool:
    """Whether whoever had it first is not of the team in which it ended."""
    team = fate.arrival.team
    agent = settings.agent(fate.agent) if fate.agent is not None else None
    return team is not None and agent is not None and team not in agent.teams


def _returned(fates: Iterable[Fate]) -> float | None:
    """Of the customers who came again soon, how many had the same agent."""
    last: dict[str, tuple[str, int]] = {}
    again = same = 0
    for fate in sorted(fates, key=lambda fate: fate.arrival.ticket.since):
        ticket = fate.arrival.ticket
        if ticket.customer is None or fate.agent is None:
            continue
        agent, at = last.get(ticket.customer, (None, 0))
        if agent is not None and ticket.since - at <= RETURNS:
            again += 1
            same += agent == fate.agent
        last[ticket.customer] = fate.agent, ticket.since
    return round(same / again, 3) if again else None
