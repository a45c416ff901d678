"""How the tickets of a workflow find their agents: the section ``routing`` as values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.fields import PRIORITIES
from tkt.domain.when import parse_duration
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.domain.workflow import Workflow

LEAST_LOADED, ROUND_ROBIN, MOST_SKILLED, WEIGHTED = (
    "least_loaded", "round_robin", "most_skilled", "weighted",
)  # fmt: skip
STRATEGIES = (LEAST_LOADED, ROUND_ROBIN, MOST_SKILLED, WEIGHTED)
"""Who of those whom nothing speaks against comes first; the first one unless said otherwise."""
OCCASIONS = ("open", "reopen", "returned")
"""When a ticket is routed at once: opened, opened again, or given back by whoever had it."""
ROUTED = ("new", "open")
"""Categories of states in which a ticket needs somebody; one that waits for a customer does not."""
STATES: Mapping[str, float] = {"new": 1, "open": 1, "pending": 0.25}
"""How much a ticket weighs by the category of its state: who waits for a customer has time."""


class Fallback(NamedTuple):
    """What happens to a ticket that nobody has had for ``after`` seconds; it happens once."""

    after: int
    team: str | None = None
    tell: tuple[str, ...] = ("lead",)


class Weights(NamedTuple):
    """How much open tickets weigh: by the category of their state, times their priority."""

    states: tuple[tuple[str, float], ...] = tuple(STATES.items())
    priorities: tuple[tuple[str, float], ...] = ()

    def of(self, state: str, priority: str | None) -> float:
        """What one ticket weighs."""
        weight = dict(self.states).get(state, 0)
        return weight * dict(self.priorities).get(priority or "normal", 1)


class Routing(NamedTuple):
    """How the tickets of one workflow find their agents; ``rule`` is where its file says it.

    ``relax`` and ``returning`` are in seconds. ``shares`` count for the strategy ``weighted``.
    """

    rule: str
    strategy: str = LEAST_LOADED
    team: str | None = None
    skills: tuple[tuple[str, int], ...] = ()
    relax: int | None = None
    returning: int | None = None
    shares: tuple[tuple[str, float], ...] = ()
    weights: Weights = Weights()
    fallback: Fallback | None = None
    on: tuple[str, ...] = OCCASIONS


def routing_of(flow: Workflow) -> Routing | None:
    """How a workflow's tickets find their agents; None where its file does not speak of it."""
    data = flow.rules.data.get("routing")
    return None if data is None else read(data, flow.name)


def read(data: Mapping[str, Any], name: str) -> Routing:
    """The section of the workflow ``name`` out of what is sound in it.

    Shares without a strategy mean that they count.
    """
    load = data.get("load", {})
    usual = WEIGHTED if "shares" in data else LEAST_LOADED
    return Routing(
        f"workflows/{name}.yaml#routing",
        data.get("strategy", usual),
        data.get("team"),
        tuple(sorted(data.get("skills", {}).items())),
        _seconds(data.get("relax")),
        _seconds(data.get("returning")),
        tuple(sorted(data.get("shares", {}).items())),
        Weights(
            tuple((state, load.get(state, usual)) for state, usual in STATES.items()),
            tuple((name, load[name]) for name in PRIORITIES if name in load),
        ),
        read_fallback(data),
        tuple(data.get("on", OCCASIONS)),
    )


def read_fallback(data: Mapping[str, Any]) -> Fallback | None:
    """What happens to tickets that nobody gets."""
    said = data.get("fallback")
    if not said:
        return None
    after = _seconds(said["after"])
    assert after is not None
    return Fallback(after, said.get("team"), tuple(said.get("tell", ("lead",))))


def _seconds(text: str | None) -> int | None:
    return None if text is None else int(parse_duration(text).total_seconds())
