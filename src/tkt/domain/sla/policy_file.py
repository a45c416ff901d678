"""The section ``sla`` of a workflow: what it may say, and the mistakes that only show together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.calendar.budget import parse_budget
from tkt.domain.fields import PRIORITIES, is_field_name
from tkt.domain.shape import Fault
from tkt.domain.sla.policy import ANY_PRIORITY, CLOCKS
from tkt.domain.spec.kind import unknown
from tkt.domain.spec.nested import Either, Key, Keyed, ListOf, Record
from tkt.domain.spec.simple import Choice, Flag, Name, Number, Parsed, Text
from tkt.domain.when import parse_duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tkt.domain.sla.policy import Policy

_VALUE = Either(Number(-1e15, 1e15, whole=False), Text())
WHEN = Keyed(ListOf(_VALUE, lone=True), check=is_field_name, fault="field.bad_name", whole=True)
"""What a condition may say: ``{priority: [high, urgent], tags: vip}``."""


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
        Keyed(_TARGETS, check=_is_priority, fault="sla.not_priority", whole=True,
              words=(*PRIORITIES, ANY_PRIORITY)), needed=True
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


def faults_among(policies: Sequence[Policy]) -> list[Fault]:
    """Conditions that fit nothing, defaults that are not the last."""
    faults: list[Fault] = []
    names: set[str] = set()
    for place, policy in enumerate(policies):
        where = ("sla", place)
        if policy.name in names:
            faults.append(Fault((*where, "name"), "sla.name_twice", {"name": policy.name}))
        names.add(policy.name)
        if not policy.targets:
            faults.append(Fault((*where, "targets"), "sla.no_targets", {"name": policy.name}))
        if policy.default and place != len(policies) - 1:
            faults.append(Fault((*where, "default"), "sla.default_not_last", {"name": policy.name}))
        if policy.default and policy.when.wanted:
            faults.append(Fault((*where, "when"), "sla.default_when", {"name": policy.name}))
        if not policy.default and policy.when.is_empty:
            faults.append(Fault(where, "sla.no_condition", {"name": policy.name}))
    return faults


def without_calendar(policies: Sequence[Policy], calendars: Iterable[str]) -> list[Fault]:
    """Policies whose calendar does not exist, or cannot be read."""
    known = list(calendars)
    return [
        unknown(("sla", place, "calendar"), "sla.no_calendar", policy.calendar, known)
        for place, policy in enumerate(policies)
        if policy.calendar not in known
    ]
