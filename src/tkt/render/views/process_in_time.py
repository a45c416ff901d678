"""What a workflow does in time, in short: promises, the ladder, upkeep, rules and macros."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tkt.domain.sla.policy import CLOCKS, LABELS, read_policies, spelt
from tkt.domain.sweeping.ladder import read_ladder
from tkt.domain.sweeping.upkeep import read_upkeep
from tkt.domain.table import Column, Section, Table
from tkt.render.graphs.drawing import called, listed
from tkt.render.wording import rough_text
from tkt.texts import LANGUAGES, current, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tkt.domain.condition import Condition
    from tkt.domain.sla.policy import Policy
    from tkt.domain.sweeping.ladder import Rung
    from tkt.domain.workflow import Workflow

    Row = Mapping[str, Any]

_PROMISES = (Column("policy", "name"), Column("when"), Column("priority", "name"),
             *(Column(clock, "name") for clock in CLOCKS))  # fmt: skip
_RUNGS = (Column("name"), Column("clock"), Column("when"), Column("do"))


def in_time(flow: Workflow) -> Iterator[Section]:
    """A section for each of them that the workflow has."""
    data = flow.rules.data
    promises = [row for policy in read_policies(data.get("sla", ())) for row in _promised(policy)]
    if promises:
        yield Section(say("workflow.promises"), Table(_PROMISES, promises))
    rungs = [_rung(rung) for rung in read_ladder(data.get("escalation", ()))]
    if rungs:
        yield Section(say("workflow.ladder"), Table(_RUNGS, rungs))
    automation = data.get("automation", {})
    if lines := list(_upkeep(flow)):
        yield Section(say("workflow.upkeep"), "\n".join(lines))
    if names := _names(automation.get("rules")):
        yield Section(say("workflow.rules"), names)
    if names := _names(data.get("macros")):
        yield Section(say("workflow.macros"), names)


def _promised(policy: Policy) -> Iterator[Row]:
    for priority, targets in policy.targets.items():
        yield {
            "policy": policy.name,
            "when": _when(policy.when),
            "priority": priority,
            **{clock: spelt(target) for clock, target in targets.items()},
        }


def _rung(rung: Rung) -> Row:
    told = {
        "tell": listed(rung.tell),
        "priority": rung.priority,
        "level": "up" if rung.level else None,
        "assign": rung.assign,
        "tags": listed(rung.tags),
    }
    every = rung.trigger != "at" or rung.clocks == CLOCKS
    at = LANGUAGES.index(current())
    return {
        "name": rung.name,
        "clock": "" if every else listed(LABELS[clock][at] for clock in rung.clocks),
        "when": _when(rung.when),
        "do": "; ".join(f"{name}: {value}" for name, value in told.items() if value),
    }


def _when(when: Condition) -> str:
    return " ".join(f"{name}:{','.join(sorted(values))}" for name, values in when.wanted)


def _upkeep(flow: Workflow) -> Iterator[str]:
    automation = flow.rules.data.get("automation", {})
    upkeep = read_upkeep(automation)
    for move in upkeep.moves:
        ends = [state and called(state) for state in map(flow.named, (*move.states, move.to))]
        if all(ends):
            start, end = listed(map(str, ends[:-1])), ends[-1]
            yield say("workflow.moves", start=start, end=end, span=_span(move.after))
    if upkeep.survey is not None:
        yield say("workflow.surveys", span=_span(upkeep.survey))
    if upkeep.archive is not None:
        yield say("workflow.archives", span=_span(upkeep.archive))


def _span(seconds: int) -> str:
    return rough_text(timedelta(seconds=seconds))


def _names(said: Any) -> str:
    """The names of rules or macros, whose sections read themselves and may be faulty."""
    entries = said if isinstance(said, list) else [{"name": name} for name in said or ()]
    return listed(
        str(each["name"]) for each in entries if isinstance(each, dict) and "name" in each
    )
