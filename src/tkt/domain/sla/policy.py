"""SLA policies: which promises a ticket is held to, as a workflow's ``sla`` says them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.calendar.budget import parse_budget
from tkt.domain.calendar.working import MAIN
from tkt.domain.condition import Condition, condition
from tkt.domain.when import parse_duration
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tkt.domain.calendar.budget import Budget

LABELS: Mapping[str, tuple[str, str]] = {
    "first_response": ("首次响应", "first response"),
    "next_response": ("后续响应", "next response"),
    "periodic_update": ("进展通报", "periodic update"),
    "solution": ("解决", "solution"),
}
"""The clocks that a ticket may have, in the order in which they are told, with their labels."""
CLOCKS = tuple(LABELS)
ANY_PRIORITY = "*"


class Policy(NamedTuple):
    """What some tickets are promised; ``targets`` by priority, then by clock."""

    name: str
    when: Condition
    targets: Mapping[str, Mapping[str, Budget]]
    default: bool = False
    calendar: str = MAIN
    boundary: str = "close"
    pausable: frozenset[str] = frozenset({"periodic_update", "solution"})
    periodic_from: str = "first_reply"
    on_reopen: str = "resume"
    restart_after: int | None = None

    def target(self, clock: str, priority: object) -> Budget | None:
        """What is promised for a clock at a priority; None where nothing is."""
        at_priority = self.targets.get(str(priority))
        if at_priority is None:
            at_priority = self.targets.get(ANY_PRIORITY, {})
        return at_priority.get(clock)

    def restarts(self, away: int) -> bool:
        """Whether reopening begins anew for a ticket that was over for ``away`` seconds."""
        if self.restart_after is not None:
            return away > self.restart_after
        return self.on_reopen == "restart"


def read_policies(data: Iterable[Mapping[str, Any]]) -> tuple[Policy, ...]:
    """Policies out of a workflow's section ``sla``, which is sound."""
    return tuple(map(_policy, data))


def _policy(data: Mapping[str, Any]) -> Policy:
    wall = data.get("clock") == "wall"
    pausable = Policy._field_defaults["pausable"]
    for clock in CLOCKS:
        said = data.get(f"{clock}_pausable")
        if said is not None:
            pausable = pausable | {clock} if said else pausable - {clock}
    after = data.get("restart_after")
    return Policy(
        data["name"],
        condition(data.get("when")),
        {
            priority: {
                clock: budget
                for clock, said in targets.items()
                if (budget := _budget(said, wall)) is not None
            }
            for priority, targets in data["targets"].items()
        },
        data.get("default", False),
        data.get("calendar", MAIN),
        data.get("boundary", "close"),
        pausable,
        data.get("periodic_from", "first_reply"),
        data.get("on_reopen", "resume"),
        None if after is None else int(parse_duration(after).total_seconds()),
    )


def _budget(said: Any, wall: bool) -> Budget | None:
    """A target; None for one that is switched off."""
    more: Mapping[str, Any] = said if isinstance(said, dict) else {}
    text = more.get("target", said)
    if text == 0:
        return None
    budget = parse_budget(str(text))
    if "clock" in more or wall:
        budget = budget._replace(wall=budget.wall or more.get("clock", "wall") == "wall")
    if more.get("end_of_day"):
        budget = budget._replace(end_of_day=True)
    return budget if budget.seconds or budget.is_days else None


def spelt(budget: Budget) -> str:
    """A target as a file would say it: ``1h30m``, ``2d``, ``24h!``."""
    if budget.is_days:
        text = f"{budget.days}d"
    else:
        parts = ((budget.seconds // 3600, "h"), (budget.seconds // 60 % 60, "m"),
                 (budget.seconds % 60, "s"))  # fmt: skip
        text = "".join(f"{count}{unit}" for count, unit in parts if count)
    return text + ("!" if budget.wall else "") + (" end_of_day" if budget.end_of_day else "")


def choose(policies: Sequence[Policy], fields: Mapping[str, Any]) -> Policy | None:
    """The policy that a ticket with these fields is held to: the first that fits."""
    for policy in policies:
        if policy.default or policy.when.fits(fields):
            return policy
    return None


def decided_by(policies: Iterable[Policy]) -> frozenset[str]:
    """The fields of which a change may choose another policy or another target."""
    return frozenset({"priority"}.union(*(policy.when.fields for policy in policies)))
