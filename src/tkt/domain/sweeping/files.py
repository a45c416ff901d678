"""The sections ``escalation`` and ``automation`` of a workflow: what they may say, and mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.automation.language import RULES
from tkt.domain.calendar.budget import parse_budget
from tkt.domain.fields import PRIORITIES
from tkt.domain.shape import Fault
from tkt.domain.sla.policy import CLOCKS
from tkt.domain.sla.policy_file import WHEN
from tkt.domain.spec.kind import unknown
from tkt.domain.spec.nested import Key, ListOf, Record
from tkt.domain.spec.simple import Choice, Elsewhere, Name, Number, Parsed, Text, Texts
from tkt.domain.sweeping.ladder import TRIGGERS, parse_offset, rung_of, trigger_of
from tkt.domain.when import parse_duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tkt.domain.sweeping.upkeep import Upkeep
    from tkt.domain.workflow import Workflow

_AT = Parsed(parse_offset, "sweep.not_offset", examples=("55%", "80%", "100%", "+30m", "+2h"))
_PERIOD = Parsed(parse_budget, "sla.not_budget", examples=("24h", "2d"))
RUNG = Record("rung", {
    "name": Name(),
    "at": _AT,
    "clock": ListOf(Choice(*CLOCKS), lone=True),
    "idle": _PERIOD,
    "reopened": Number(1, 99),
    "transferred": Number(1, 99),
    "rating": Number(1, 5),
    "promise": _AT,
    "when": WHEN,
    "tell": Texts(),
    "priority": Choice("up", *PRIORITIES),
    "level": Choice("up"),
    "assign": Text(),
    "tags": Texts(named=True),
})  # fmt: skip
LADDER = ListOf(RUNG)
"""A workflow's section ``escalation``; a faulty rung is left out, the others serve."""

_AFTER = Parsed(parse_duration, "config.not_duration", examples=("3d", "14d"))
AUTOMATION = Record("automation", {
    "rules": Elsewhere(RULES),
    "auto_move": ListOf(Record("auto_move", {
        "from": Key(Texts(named=True), needed=True),
        "after": Key(_AFTER, needed=True),
        "to": Key(Name(), needed=True),
        "why": Text(),
    })),
    "wait_over": Choice("open", "remind"),
    "survey": Record("survey", {"after": Key(_AFTER, needed=True)}),
    "archive": Record("archive", {"after": Key(_AFTER, needed=True)}),
})  # fmt: skip
"""What the section may say beside its rules, which read themselves."""


def faults_in_ladder(data: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """Rungs that wait for nothing or for two things, do nothing, share a name, or say too much."""
    faults: list[Fault] = []
    names: set[tuple[str, str]] = set()
    for place, entry in enumerate(data):
        where = ("escalation", place)
        if trigger_of(entry) is None:
            faults.append(Fault(where, "sweep.one_trigger", {"known": ", ".join(TRIGGERS)}))
            continue
        rung = rung_of(entry)
        if rung.trigger == "promise" and rung.offset and rung.offset.percent is not None:
            faults.append(Fault((*where, "promise"), "sweep.share_of_promise"))
        if rung.trigger != "at" and "clock" in entry:
            faults.append(Fault((*where, "clock"), "sweep.no_clock", {"trigger": rung.trigger}))
        if not (rung.tell or rung.escalates or rung.tags):
            faults.append(Fault(where, "sweep.does_nothing", {"rung": rung.name}))
        for clock in rung.clocks if rung.trigger == "at" else ("",):
            if (clock, rung.name) in names:
                faults.append(Fault(where, "sweep.rung_twice", {"rung": rung.name}))
                break
            names.add((clock, rung.name))
    return faults


def faults_in_upkeep(upkeep: Upkeep, flow: Workflow) -> list[Fault]:
    """Automatic moves from or to states that the workflow does not have."""
    faults: list[Fault] = []
    states = [state.name for state in flow.states]
    for place, move in enumerate(upkeep.moves):
        where = ("automation", "auto_move", place)
        for key, names in (("from", move.states), ("to", (move.to,))):
            faults += [
                unknown((*where, key), "workflow.no_state", name, states)
                for name in names
                if name not in states
            ]
    return faults
