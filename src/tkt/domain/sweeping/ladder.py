"""The escalation ladder of a workflow: when a rung fires, and what it does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tkt.domain.calendar.budget import parse_budget
from tkt.domain.condition import Condition, condition
from tkt.domain.sla.policy import CLOCKS
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tkt.domain.calendar.budget import Budget

_OFFSET = r"(\d{1,4}(?:\.\d{1,3})?)\s*%|([+-])\s*(\S.*)"

MOST_PERCENT = 1000
"""More of a target is a slip of the finger, not a rung."""


class Offset(NamedTuple):
    """Where on a clock a rung stands: ``percent`` of its target, or so long before or after due."""

    percent: float | None
    sign: int = 0
    budget: Budget | None = None

    @property
    def is_late(self) -> bool:
        """Whether it is only reached once the target is missed."""
        return self.percent >= 100 if self.percent is not None else self.sign > 0

    def seconds(self, target: int) -> int:
        """How many seconds of the clock have counted there; never less than nothing."""
        if self.percent is not None:
            return -int(-target * self.percent // 100)
        assert self.budget is not None
        return max(0, target + self.sign * self.budget.seconds)


def parse_offset(text: str) -> Offset:
    """``80%``, ``+30m`` or ``-15m``; ValueError for anything else, days and past 1000 % too."""
    match = re.fullmatch(_OFFSET, text.strip())
    if match is None:
        raise ValueError(text)
    if match[1]:
        if float(match[1]) > MOST_PERCENT:
            raise ValueError(text)
        return Offset(float(match[1]))
    budget = parse_budget(match[3])
    if budget.is_days or budget.wall:
        raise ValueError(text)
    return Offset(None, 1 if match[2] == "+" else -1, budget)


TRIGGERS = ("at", "idle", "reopened", "transferred", "rating", "promise")
"""What a rung may wait for: exactly one of these."""


class Rung(NamedTuple):
    """One rung: what it waits for (``trigger`` is one of :data:`TRIGGERS`), and what it does."""

    name: str
    trigger: str
    offset: Offset | None = None
    clocks: tuple[str, ...] = CLOCKS
    idle: Budget | None = None
    times: int = 0
    when: Condition = Condition(())
    tell: tuple[str, ...] = ()
    priority: str | None = None
    level: bool = False
    assign: str | None = None
    tags: tuple[str, ...] = ()

    @property
    def escalates(self) -> bool:
        """Whether it does more than to remind somebody."""
        return bool(self.priority or self.level or self.assign)


def read_ladder(data: Iterable[Mapping[str, Any]]) -> tuple[Rung, ...]:
    """Rungs out of a section that is sound; those that wait for nothing are left out."""
    return tuple(rung_of(entry) for entry in data if trigger_of(entry))


def trigger_of(entry: Mapping[str, Any]) -> str | None:
    """What a rung waits for; None if that is nothing or several things."""
    found = [name for name in TRIGGERS if name in entry]
    return found[0] if len(found) == 1 else None


def rung_of(entry: Mapping[str, Any]) -> Rung:
    """One rung out of its part of the file."""
    trigger = trigger_of(entry)
    assert trigger
    value = entry[trigger]
    return Rung(
        entry.get("name") or (str(value) if trigger in ("at",) else f"{trigger} {value}"),
        trigger,
        parse_offset(value) if trigger in ("at", "promise") else None,
        tuple(entry.get("clock", CLOCKS)),
        parse_budget(value) if trigger == "idle" else None,
        value if isinstance(value, int) else 0,
        condition(entry.get("when")),
        tuple(entry.get("tell", ())),
        entry.get("priority"),
        "level" in entry,
        entry.get("assign"),
        tuple(entry.get("tags", ())),
    )
