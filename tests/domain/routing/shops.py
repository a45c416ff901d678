"""A desk of agents for tests of routing, and tickets that come in one after the other."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tkt.domain.routing.deciding import Decider, Waiting
from tkt.domain.routing.needs import Need
from tkt.domain.routing.standing import Held, Pool
from tkt.domain.settings import Agent, Settings, Team
from tkt.domain.workflow import SIMPLE
from tkt.domain.workflow.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from tkt.domain.classify.category import Category

NOW = 1_795_000_000
"""A Friday evening in November 2026."""


def agent(name: str, **said: Any) -> Agent:
    """Somebody of the after-sales team."""
    return Agent(name, name, teams=said.pop("teams", ("b",)), **said)


def shop(
    *agents: Agent,
    routing: Mapping[str, Any] | None = None,
    categories: tuple[Category, ...] = (),
    teams: tuple[Team, ...] = (Team("b", "售后组", categories=("refund",)),),
) -> Settings:
    """A desk with one workflow that routes by ``routing``."""
    flow = SIMPLE._replace(name="b", rules=Rules({"routing": dict(routing or {})}))
    return Settings(
        agents=agents, teams=teams, workflows=(flow,), workflow="b", categories=categories
    )


def decider(
    settings: Settings,
    held: Mapping[str, Held] | None = None,
    *,
    off: Mapping[str, str] | None = None,
    last: Mapping[str, tuple[str, int]] | None = None,
    at: int = NOW,
) -> Decider:
    """Decides for a desk on which agents have what is ``held``, and some are ``off``."""

    def look(names: Collection[str]) -> Mapping[str, Held]:
        return {name: (held or {}).get(name, Held()) for name in names}

    pool = Pool(settings, at, off=(off or {}).get, look=look)
    return Decider(pool, lambda: last or {})


def ticket(number: int = 0, since: int = NOW, **said: Any) -> Waiting:
    """A ticket on a refund that waits."""
    beside = ("state", "priority", "customer", "parked")
    ours = {key: said.pop(key) for key in beside if key in said}
    need = Need("b", **{"category": "refund", **said})
    return Waiting(f"261121-{number:04}", need, since, **ours)


def given(decider: Decider, tickets: Iterable[Waiting]) -> list[str | None]:
    """Who gets each ticket, one after the other; None for nobody."""
    found = []
    for each in tickets:
        decision = decider.decide(each)
        assert decision is not None
        if decision.agent is not None:
            decider.take(each, decision)
        found.append(decision.agent)
    return found


def counted(found: Iterable[str | None]) -> dict[str | None, int]:
    """How many each got."""
    return dict(Counter(found))


def busy(count: int, **said: int) -> Held:
    """Somebody with so many tickets in work."""
    return Held({("open", "normal"): count}, **said)
