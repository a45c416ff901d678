"""Who of a group of agents comes first: those who have what tickets of one kind need.

A group keeps its people in order while tickets go out, so that ten thousand are decided upon
without comparing everybody each time.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from typing import TYPE_CHECKING, Any

from tkt.domain.routing import rule
from tkt.domain.routing.because import Because
from tkt.domain.routing.standing import UNIT
from tkt.domain.routing.vetoes import lacking, members, standing_veto, telling
from tkt.domain.routing.wording import sentence
from tkt.domain.training.lapse import effective
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from tkt.domain.routing.needs import Wanted
    from tkt.domain.routing.rule import Routing
    from tkt.domain.routing.standing import Pool, Standing

AHEAD = 3
"""Nobody is given, of late, more than so many and twice as many as another who also has room: who
comes back with empty hands fills them over an hour or two, not at once."""
_NAMED = 5


class Candidate(NamedTuple):
    """One agent of the team as routing sees them; ``veto`` is what speaks against them.

    ``courses`` are those that they would have to pass for it to be no longer so.
    """

    agent: str
    load: float
    capacity: int | None
    veto: str | None
    given: int = 0
    courses: tuple[str, ...] = ()


class Decision(NamedTuple):
    """Who gets a ticket, or nobody, and why."""

    agent: str | None
    because: Because

    @property
    def reason(self) -> str | None:
        """Why nobody gets it, in one word."""
        return self.because.reason

    @property
    def team(self) -> str | None:
        """Whose business the ticket is."""
        return self.because.team

    @property
    def sentence(self) -> str:
        """Why, as the commit says it."""
        return sentence(self.because)


class Group:
    """The people for tickets that need the same, by the routing of one workflow."""

    def __init__(self, pool: Pool, routing: Routing, wanted: Wanted) -> None:
        self.pool, self.routing, self.wanted = pool, routing, wanted
        self._shares = dict(routing.shares)
        self.vetoed: dict[str, str] = {}
        self._courses: dict[str, tuple[str, ...]] = {}
        fit = []
        team = pool.settings.team(wanted.team) if wanted.team else None
        lead = team.lead if team else None
        for agent in members(pool.settings, wanted.team):
            lapses = pool.lapses(agent.id)
            veto = standing_veto(
                agent, wanted, shares=self._shares, off=pool.off, lapses=lapses, lead=lead
            )
            if veto is None:
                fit.append(agent)
            else:
                self.vetoed[agent.id] = veto
            if veto == "untrained":
                self._courses[agent.id] = lacking(agent, wanted, lapses)
        self.fit: dict[str, Standing] = {s.agent.id: s for s in pool.standings(fit)}
        self._order: list[tuple[Any, ...]] = []
        self._paces: list[tuple[float, str]] = []
        self._keys: dict[str, tuple[tuple[Any, ...], tuple[float, str]]] = {}
        self._seen = len(pool.turns)
        for name in self.fit:
            self._place(name)

    # -- order --------------------------------------------------------------------------------

    def _place(self, name: str) -> None:
        """Put somebody where they belong now; who has no room stands nowhere."""
        if held := self._keys.pop(name, None):
            order, pace = held
            del self._order[bisect_left(self._order, order)]
            del self._paces[bisect_left(self._paces, pace)]
        standing = self.fit[name]
        load = standing.load(self.routing.weights)
        if standing.has_room(load):
            keys = (*self._key(standing, load), name), (standing.of_late / self._unit(name), name)
            self._keys[name] = keys
            insort(self._order, keys[0])
            insort(self._paces, keys[1])

    def _key(self, standing: Standing, load: float) -> tuple[Any, ...]:
        """Who has the least comes first; of two alike whoever has been idle longest."""
        ratio, idle = standing.ratio(load), (standing.last, standing.shared)
        match self.routing.strategy:
            case rule.ROUND_ROBIN:
                return idle
            case rule.MOST_SKILLED:
                return -self._skill(standing), ratio, *idle
            case rule.WEIGHTED:
                return (standing.shared + 1) / self._share(standing.agent.id), *idle
            case _:
                return ratio, *idle

    def _skill(self, standing: Standing) -> int:
        """Their levels in what is needed; where nothing is, the level up to which they work."""
        skills, lapses = standing.agent.skills, self.pool.lapses(standing.agent.id)
        needed = [
            effective(skills.get(name, 0), lapses.get(name)) for name, _ in self.wanted.skills
        ]
        return sum(needed) if needed else standing.agent.level

    def _share(self, name: str) -> float:
        return self._shares.get(name, 1)

    def _unit(self, name: str) -> float:
        """What of two agents' pace is alike: their share, or how much they can do."""
        if self.routing.strategy == rule.WEIGHTED:
            return self._share(name)
        return self.fit[name].agent.capacity or UNIT

    def _refresh(self) -> None:
        """Take in what has gone out since, from this group or another."""
        turns = self.pool.turns
        if self._seen < len(turns):
            for name in {n for n in turns[self._seen :] if n in self.fit}:
                self._place(name)
            self._seen = len(turns)

    # -- deciding -----------------------------------------------------------------------------

    def decide(self, barred: Mapping[str, str], *, last: str | None = None) -> Decision:
        """Who gets the next ticket, unless ``barred``; the customer's ``last`` agent first."""
        self._refresh()
        if last in self._keys and last not in barred:
            return self._chosen(last, [last], [], returning=True)
        ahead: list[str] = []
        for key in self._order:
            name = key[-1]
            if name in barred:
                continue
            if self._is_ahead(name):
                ahead.append(name)
                continue
            return self._chosen(name, self._named(name, barred, ahead), ahead)
        if ahead:
            return self._chosen(ahead[0], self._named(ahead[0], barred, []), [])
        vetoes = list(self._vetoes(barred).values())
        counted = tuple(sorted(Counter(vetoes).items()))
        team, skilled = self.wanted.team, self.wanted.skills
        return Decision(None, Because(telling(vetoes), team, skilled, vetoes=counted))

    def has_room(self, barred: Collection[str] = ()) -> bool:
        """Whether anybody takes one more ticket."""
        self._refresh()
        return any(key[-1] not in barred for key in self._order)

    def _is_ahead(self, name: str) -> bool:
        """Whether somebody was given so much of late that the others come first."""
        given = self.fit[name].of_late
        if given < AHEAD or self.routing.strategy in (rule.ROUND_ROBIN, rule.MOST_SKILLED):
            return False
        others = (pace for pace, other in self._paces[:2] if other != name)
        slowest = next(others, None)
        return slowest is not None and given >= AHEAD + 2 * slowest * self._unit(name)

    def _named(self, first: str, barred: Collection[str], passed: list[str]) -> list[str]:
        """The chosen one and who would have come next."""
        rest = (key[-1] for key in self._order[: _NAMED + len(passed) + len(barred) + 1])
        return [first, *(n for n in rest if n != first and n not in barred and n not in passed)]

    def _chosen(
        self, name: str, named: list[str], ahead: list[str], *, returning: bool = False
    ) -> Decision:
        weights = self.routing.weights
        fit = ((each, self.fit[each]) for each in named[:_NAMED])
        loads = tuple((each, held.load(weights), held.agent.capacity) for each, held in fit)
        passed = tuple((each, self.fit[each].of_late) for each in ahead[:_NAMED])
        team, skilled = self.wanted.team, self.wanted.skills
        strategy, free = self.routing.strategy, len(self._order)
        return Decision(
            name, Because(None, team, skilled, strategy, free, loads, passed, returning)
        )

    # -- looking ------------------------------------------------------------------------------

    def _vetoes(self, barred: Mapping[str, str]) -> dict[str, str]:
        """What speaks against each agent of the team against whom anything does."""
        found = dict(self.vetoed)
        for name in self.fit:
            if name in barred:
                found[name] = barred[name]
            elif name not in self._keys:
                found[name] = "capacity"
        return found

    def candidates(self, barred: Mapping[str, str]) -> Iterator[Candidate]:
        """Everybody of the team: who comes first, then the rest by id, each with their veto."""
        self._refresh()
        vetoes = self._vetoes(barred)
        free = [key[-1] for key in self._order if key[-1] not in vetoes]
        agents = {agent.id: agent for agent in members(self.pool.settings, self.wanted.team)}
        names = [*free, *(name for name in agents if name in vetoes)]
        standings = self.pool.standings(agents[name] for name in names)
        for name, standing in zip(names, standings, strict=True):
            load = standing.load(self.routing.weights)
            capacity = agents[name].capacity
            courses = self._courses.get(name, ())
            yield Candidate(name, load, capacity, vetoes.get(name), standing.of_late, courses)
