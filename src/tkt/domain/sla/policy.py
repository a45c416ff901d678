"""SLA policies: which promises a ticket is held to, as a workflow's ``sla`` says them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tkt.domain.calendar import parse_budget
from tkt.domain.condition import WHEN, Condition, condition
from tkt.domain.fields import PRIORITIES
from tkt.domain.shape import Fault
from tkt.domain.spec.nested import Either, Key, Keyed, ListOf, Record
from tkt.domain.spec.simple import Choice, Flag, Name, Number, Parsed
from tkt.domain.when import parse_duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tkt.domain.calendar import Budget

CLOCKS = ("first_response", "next_response", "periodic_update", "solution")
"""The clocks that a ticket may have, in the order in which they are told."""
ANY_PRIORITY = "*"
MAIN = "main"
"""The calendar of a policy that names none."""


def _is_priority(key: object) -> bool:
    return key == ANY_PRIORITY or key in PRIORITIES


_BUDGET = Parsed(parse_budget, "sla.not_budget", examples=("30s", "15m", "4h", "24h!", "2d"))
_OFF = Number(0, 0)
_TARGET = Either(
    _OFF,
    Record("target", {
        "target": Key(_BUDGET, needed=True),
        "clock": Choice("working", "wall"),
        "end_of_day": Flag(),
    }),
    _BUDGET,
)  # fmt: skip
_TARGETS = Record("targets", dict.fromkeys(CLOCKS, _TARGET))
POLICY = Record("policy", {
    "name": Key(Name(), needed=True),
    "default": Flag(),
    "when": WHEN,
    "calendar": Name(),
    "clock": Choice("working", "wall"),
    "targets": Key(
        Keyed(_TARGETS, check=_is_priority, fault="sla.not_priority", whole=True), needed=True
    ),
    "boundary": Choice("close", "next_open"),
    "first_response_pausable": Flag(),
    "next_response_pausable": Flag(),
    "periodic_update_pausable": Flag(),
    "solution_pausable": Flag(),
    "periodic_from": Choice("first_reply", "opening"),
    "on_reopen": Choice("resume", "restart"),
    "restart_after": Parsed(parse_duration, "config.not_duration", examples=("7d",)),
})  # fmt: skip
POLICIES = ListOf(POLICY, whole=True)
"""A workflow's section ``sla``. A fault in any of it leaves none: a ticket is not held to less."""


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
    """Policies out of what :data:`POLICIES` took."""
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
    return None if budget.is_nothing else budget


def choose(policies: Sequence[Policy], fields: Mapping[str, Any]) -> Policy | None:
    """The policy that a ticket with these fields is held to: the first that fits."""
    for policy in policies:
        if policy.default or policy.when.fits(fields):
            return policy
    return None


def decided_by(policies: Iterable[Policy]) -> frozenset[str]:
    """The fields of which a change may choose another policy or another target."""
    return frozenset({"priority"}.union(*(policy.when.fields for policy in policies)))


def faults_among(policies: Sequence[Policy], calendars: Iterable[str]) -> list[Fault]:
    """Conditions that fit nothing, defaults that are not the last, calendars that are not there."""
    from tkt.domain.spec.kind import unknown

    faults: list[Fault] = []
    known = list(calendars)
    names: set[str] = set()
    for place, policy in enumerate(policies):
        where = ("sla", place)
        if policy.name in names:
            faults.append(Fault((*where, "name"), "sla.name_twice", {"name": policy.name}))
        names.add(policy.name)
        if policy.default and place != len(policies) - 1:
            faults.append(Fault((*where, "default"), "sla.default_not_last", {"name": policy.name}))
        if policy.default and policy.when.wanted:
            faults.append(Fault((*where, "when"), "sla.default_when", {"name": policy.name}))
        if not policy.default and policy.when.is_empty:
            faults.append(Fault(where, "sla.no_condition", {"name": policy.name}))
        if policy.calendar not in known:
            place_of = (*where, "calendar")
            faults.append(unknown(place_of, "sla.no_calendar", policy.calendar, known))
    return faults
