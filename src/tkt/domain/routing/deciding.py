"""Deciding on tickets, one after the other: each decision counts for the next."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tkt.domain.routing.because import Because
from tkt.domain.routing.group import Decision, Group
from tkt.domain.routing.needs import relaxations, wanted
from tkt.domain.routing.rule import routing_of
from tkt.domain.routing.vetoes import NO_TEAM, PARKED
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tkt.domain.routing.group import Candidate
    from tkt.domain.routing.needs import Need, Wanted
    from tkt.domain.routing.rule import Routing
    from tkt.domain.routing.standing import Pool


class Waiting(NamedTuple):
    """A ticket that waits for somebody, as much of it as routing looks at.

    ``since`` is since when nobody has it, in seconds since 1970.
    """

    id: str
    need: Need
    since: int
    state: str = "new"
    priority: str = "normal"
    customer: str | None = None
    parked: bool = False


class Decider:
    """Decides for one desk at one moment.

    ``find_last`` finds who had each customer's last ticket, and when, in seconds since 1970; it is
    asked once, and only where a workflow wants to know.
    """

    def __init__(
        self, pool: Pool, find_last: Callable[[], Mapping[str, tuple[str, int]]] = dict
    ) -> None:
        self.pool = pool
        self._find_last = find_last
        self._routings: dict[str | None, Routing | None] = {}
        self._groups: dict[tuple[Routing, Wanted], Group] = {}
        self._found: dict[tuple[Need, int], Group | None] = {}

    def routing(self, workflow: str | None) -> Routing | None:
        """How tickets of a workflow find their agents; None if they are not routed."""
        if workflow not in self._routings:
            self._routings[workflow] = routing_of(self.pool.settings.flow(workflow))
        return self._routings[workflow]

    def decide(self, ticket: Waiting, *, asked: bool = False) -> Decision | None:
        """Who gets a ticket; None if its workflow does not say that it is to be routed.

        One that a person left to nobody waits for a person, unless somebody ``asked`` for it.
        """
        routing = self.routing(ticket.need.workflow)
        if routing is None:
            return None
        if ticket.parked and not asked:
            return Decision(None, Because(PARKED))
        group = self.group(ticket.need, ticket.since)
        if group is None:
            return Decision(None, Because(NO_TEAM))
        barred = ticket.need.barred(self.pool.settings)
        return group.decide(barred, last=self._returning(routing, ticket))

    def take(self, ticket: Waiting, decision: Decision) -> None:
        """Let a decision count for the next ones."""
        group = self.group(ticket.need, ticket.since)
        if group is not None and decision.agent is not None:
            self.pool.give(group.fit[decision.agent], ticket.state, ticket.priority)

    def group(self, need: Need, since: int) -> Group | None:
        """The people for a ticket that has waited since an instant; None if no team is meant."""
        routing = self.routing(need.workflow)
        assert routing is not None
        relaxed = relaxations(routing, self.pool.at - since)
        key = need._replace(off=(), about=None), relaxed
        if key not in self._found:
            whom = wanted(need, routing, self.pool.settings, relaxed=relaxed)
            if whom is not None and (routing, whom) not in self._groups:
                self._groups[routing, whom] = Group(self.pool, routing, whom)
            self._found[key] = None if whom is None else self._groups[routing, whom]
        return self._found[key]

    def candidates(self, ticket: Waiting) -> list[Candidate]:
        """Everybody of the team with what speaks against them."""
        group = self.group(ticket.need, ticket.since)
        barred = ticket.need.barred(self.pool.settings)
        return [] if group is None else list(group.candidates(barred))

    @cached_property
    def _last(self) -> Mapping[str, tuple[str, int]]:
        return self._find_last()

    def _returning(self, routing: Routing, ticket: Waiting) -> str | None:
        """Who had the customer's last ticket, if that was not long ago."""
        if routing.returning is None or ticket.customer is None:
            return None
        agent, at = self._last.get(ticket.customer, (None, 0))
        return agent if self.pool.at - at <= routing.returning else None
