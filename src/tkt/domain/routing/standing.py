"""How much agents have to do, and what they were given of late, kept up while tickets go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from tkt.domain.routing.rule import Weights
    from tkt.domain.settings import Agent, Settings
    from tkt.domain.training.lapse import Lapse

    Lapses = Callable[[str], Mapping[str, Lapse]]
    """By agent: the skills that they lack for want of training."""

OF_LATE = 3600
"""So many seconds are *of late*: the pace at which tickets go out is measured over them."""
SHARED = 7 * 86400
"""Over so many seconds shares are kept."""
UNIT = 10
"""What somebody without a capacity counts as, where loads are compared."""


class Held(NamedTuple):
    """What the index knows of one agent: open tickets by state and priority, and what was given.

    ``last`` is when they were given a ticket last, in seconds since 1970.
    """

    counts: Mapping[tuple[str, str], int] = {}
    of_late: int = 0
    shared: int = 0
    last: int = 0


class Standing:
    """One agent while tickets go out."""

    __slots__ = ("_loads", "agent", "counts", "last", "of_late", "shared")

    def __init__(self, agent: Agent, held: Held) -> None:
        self.agent = agent
        self.counts = dict(held.counts)
        self.of_late = held.of_late
        self.shared = held.shared
        self.last = (held.last, 0)
        self._loads: dict[Weights, float] = {}

    def load(self, weights: Weights) -> float:
        """How much their open tickets weigh."""
        if weights not in self._loads:
            self._loads[weights] = sum(
                count * weights.of(state, priority)
                for (state, priority), count in self.counts.items()
            )
        return self._loads[weights]

    def has_room(self, load: float) -> bool:
        """Whether somebody with such a load takes more."""
        capacity = self.agent.capacity
        return capacity is None or load < capacity

    def ratio(self, load: float) -> float:
        """A load as a part of what they can do."""
        return load / (self.agent.capacity or UNIT)

    def given(self, state: str, priority: str, turn: tuple[int, int]) -> None:
        """They have one ticket more; ``turn`` tells which of a run it was."""
        key = (state, priority)
        self.counts[key] = self.counts.get(key, 0) + 1
        for weights in self._loads:
            self._loads[weights] += weights.of(state, priority)
        self.of_late += 1
        self.shared += 1
        self.last = turn


class Pool:
    """All agents of a desk at one moment, and what goes out to them.

    ``off`` is why somebody takes no work, ``lapses`` are the skills that they lack for want of
    training. ``look`` tells what agents have to do; each is asked for
    once, and only where nothing else speaks against them.
    """

    def __init__(
        self,
        settings: Settings,
        at: int,
        *,
        off: Callable[[str], str | None],
        look: Callable[[Collection[str]], Mapping[str, Held]],
        lapses: Lapses = lambda _: {},
    ) -> None:
        self.settings = settings
        self.at = at
        self.off = off
        self.lapses = lapses
        self.turns: list[str] = []
        self._look = look
        self._standings: dict[str, Standing] = {}

    def standings(self, agents: Iterable[Agent]) -> list[Standing]:
        """Where agents stand."""
        agents = list(agents)
        unknown = {agent.id: agent for agent in agents if agent.id not in self._standings}
        if unknown:
            held = self._look(list(unknown))
            for name, agent in unknown.items():
                self._standings[name] = Standing(agent, held.get(name, Held()))
        return [self._standings[agent.id] for agent in agents]

    def give(self, standing: Standing, state: str, priority: str) -> None:
        """A ticket goes to somebody."""
        self.turns.append(standing.agent.id)
        standing.given(state, priority, (self.at, len(self.turns)))
