"""Mistakes of workflows that only show when all is seen together: names, ways, clashes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.custom.values import fault_at, fits
from tkt.domain.fields import FIELDS
from tkt.domain.routing.checking import faults_in_routing
from tkt.domain.shape import Fault
from tkt.domain.sla.policy import read_policies
from tkt.domain.sla.policy_file import without_calendar
from tkt.domain.spec.kind import unknown
from tkt.domain.sweeping.files import faults_in_upkeep
from tkt.domain.sweeping.upkeep import read_upkeep
from tkt.domain.workflow import CATEGORIES, UNFINISHED
from tkt.domain.workflow.conditions import impossible
from tkt.domain.workflow.graph import Graph
from tkt.domain.workflow.people import ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tkt.domain.settings import Settings
    from tkt.domain.workflow import Workflow

    Where = tuple[str | int, ...]

_NO_AMOUNT = ("text", "date", "choice", "order", "phone")
_NOT_AT_FIRST = ("id", "status", "workflow", "title")


def crossed(flow: Workflow, settings: Settings) -> list[Fault]:
    """Names in a workflow's file that lead nowhere, and categories that another has already."""
    return [*_inside(flow), *_outside(flow, settings), *_clashes(flow, settings.workflows)]


def unknown_inside(flow: Workflow) -> list[Fault]:
    """The same as far as the file alone can tell."""
    return list(_inside(flow))


# -- names ------------------------------------------------------------------------------------


def _inside(flow: Workflow) -> Iterator[Fault]:
    """States and items of the checklist that the file itself does not have."""
    states = [state.name for state in flow.states]
    for where, name in _named_states(flow.rules.data):
        if name not in states:
            yield unknown(where, "workflow.no_state", name, states)
    data = flow.rules.data
    yield from faults_in_upkeep(read_upkeep(data.get("automation", {})), flow)
    for name in data.get("requires", {}):
        if name not in (*CATEGORIES, *states):
            yield unknown(("requires", name), "workflow.no_state", name, (*states, *CATEGORIES))
    yield from _items(data, [item.name for item in flow.rules.checklist])


def _items(data: dict[str, Any], items: list[str]) -> Iterator[Fault]:
    """Items of the checklist that share a name, or that it does not have."""
    for place, item in enumerate(data.get("checklist", ())):
        if item["name"] in items[:place]:
            twice = ("checklist", item["at"], "name")
            yield Fault(twice, "workflow.item_twice", {"item": item["name"]})
    for where, asked in _asked(data):
        wanted = asked.get("checklist")
        if wanted is True and not items:
            yield Fault((*where, "checklist"), "workflow.no_checklist")
        for i, name in enumerate(wanted if isinstance(wanted, list) else ()):
            if name not in items:
                yield unknown((*where, "checklist", i), "workflow.no_item", name, items)


def _named_states(data: dict[str, Any]) -> Iterator[tuple[Where, str]]:
    """(place, name) wherever a file names one of its states."""
    for way in data.get("transitions", ()):
        for key in ("from", "to"):
            yield from _each(("transitions", way["at"], key), way[key])
    for item in data.get("checklist", ()):
        yield from _each(("checklist", item["at"], "states"), item.get("states", ()))
    yield from _each(("approval", "states"), data.get("approval", {}).get("states", ()))
    if to := data.get("reopen", {}).get("to"):
        yield ("reopen", "to"), to


def _each(where: Where, names: Iterable[str]) -> Iterator[tuple[Where, str]]:
    for i, name in enumerate(names):
        yield (*where, i), name


def _asked(data: dict[str, Any]) -> Iterator[tuple[Where, dict[str, Any]]]:
    """(place, what is asked for) wherever a file asks for something."""
    found: list[tuple[Where, dict[str, Any]]] = [
        (("requires", name), asked) for name, asked in data.get("requires", {}).items()
    ]
    for way in data.get("transitions", ()):
        found.append((("transitions", way["at"], "requires"), way.get("requires", {})))
    for where, asked in found:
        yield where, asked
        for i, one in enumerate(asked.get("any", ())):
            yield (*where, "any", i), one


def _outside(flow: Workflow, settings: Settings) -> Iterator[Fault]:
    """Fields, agents and teams that the desk does not have."""
    data = flow.rules.data
    fields = [name for name, field in FIELDS.items() if field.settable]
    fields += [field.name for field in settings.fields]

    def field_fault(where: Where, name: str) -> Iterator[Fault]:
        if name not in fields and settings.fields.get(name) is None:
            yield unknown(where, "workflow.no_field", name, fields)

    for where, asked in _asked(data):
        for place, name in _each((*where, "fields"), asked.get("fields", ())):
            yield from field_fault(place, name)
    approval = data.get("approval")
    if approval:
        yield from field_fault(("approval", "field"), approval["field"])
        declared = settings.fields.get(approval["field"])
        if declared and declared.type in _NO_AMOUNT:
            yield Fault(("approval", "field"), "workflow.no_amount", {"field": declared.name})
    yield from without_calendar(
        read_policies(data.get("sla", ())), [calendar.name for calendar in settings.calendars]
    )
    yield from impossible(flow, settings)
    yield from _unknown_people(data, settings)
    yield from faults_in_routing(flow, settings)
    yield from _defaults(data.get("defaults", {}), settings, field_fault)


def _unknown_people(data: dict[str, Any], settings: Settings) -> Iterator[Fault]:
    """Those who may do something and are neither in team.yaml nor a part that somebody has."""
    if not settings.agents and not settings.teams:
        return
    known = [*ROLES, *(team.id for team in settings.teams), *(one.id for one in settings.agents)]
    named = [*_each(("approval", "by"), data.get("approval", {}).get("by", ()))]
    for way in data.get("transitions", ()):
        named += _each(("transitions", way["at"], "who"), way.get("who", ()))
    told = [*known, "team", "watchers", *(f"team:{team.id}" for team in settings.teams)]
    for place, rung in enumerate(data.get("escalation", ())):
        for where, name in _each(("escalation", place, "tell"), rung.get("tell", ())):
            if name not in told:
                yield unknown(where, "workflow.nobody", name, told)
        if (to := rung.get("assign")) and to not in known:
            yield unknown(("escalation", place, "assign"), "workflow.nobody", to, known)
    for where, name in named:
        if name not in known:
            yield unknown(where, "workflow.nobody", name, known)


def _defaults(
    said: dict[str, Any], settings: Settings, field_fault: Callable[[Where, str], Iterator[Fault]]
) -> Iterator[Fault]:
    for name, value in said.items():
        where = ("defaults", name)
        if name in _NOT_AT_FIRST:
            yield Fault(where, "workflow.no_default", {"field": name})
            continue
        yield from field_fault(where, name)
        declared = settings.fields.get(name)
        if declared and not fits(declared, value):
            yield fault_at(where, declared, value)
        known = {
            "team": [team.id for team in settings.teams],
            "assignee": [agent.id for agent in settings.agents],
            "channel": list(settings.channels),
        }.get(name)
        if known and value not in known:
            yield unknown(where, "workflow.nobody", str(value), known)


def _clashes(flow: Workflow, flows: Iterable[Workflow]) -> Iterator[Fault]:
    """Categories and labels that an earlier workflow has already."""
    for other in flows:
        if other.name >= flow.name:
            continue
        for where, category in _each(("categories",), flow.rules.categories):
            if category in other.rules.categories:
                said = {"category": category, "other": other.name}
                yield Fault(where, "workflow.category_twice", said)
        if flow.zh == other.zh or flow.en.casefold() == other.en.casefold():
            yield Fault(("label",), "workflow.label_twice", {"other": other.name})


# -- ways -------------------------------------------------------------------------------------


def odd(flow: Workflow) -> list[Fault]:
    """What can hardly be meant: states that nothing leads to, or that lead nowhere."""
    return [*_labels(flow), *_ways(flow), *_lost_states(flow)]


def _labels(flow: Workflow) -> Iterator[Fault]:
    """States that a person could not tell apart."""
    meant: dict[str, str] = {}
    for state in flow.states:
        for word in {state.name.casefold(), state.zh.casefold(), state.en.casefold()}:
            if meant.setdefault(word, state.name) != state.name:
                said = {"word": word, "other": meant[word]}
                yield Fault(("states", state.name, "label"), "workflow.state_twice", said)


def _ways(flow: Workflow) -> Iterator[Fault]:
    """Transitions that say nothing new, or what cannot be."""
    seen: dict[tuple[str, str], int] = {}
    states = {state.name: state for state in flow.states}
    for way in flow.rules.data.get("transitions", ()):
        where = ("transitions", way["at"])
        for start in way["from"]:
            state = states.get(start)
            if state and state.final:
                yield Fault((*where, "from"), "workflow.out_of_final", {"state": start})
            for end in way["to"]:
                if start == end:
                    yield Fault((*where, "to"), "workflow.to_itself", {"state": start})
                first = seen.setdefault((start, end), way["at"])
                if first != way["at"]:
                    said = {"start": start, "end": end, "number": first + 1}
                    yield Fault(where, "workflow.way_twice", said)


def _lost_states(flow: Workflow) -> Iterator[Fault]:
    graph = Graph(flow)
    reached, ending = _reached(flow, graph), graph.ending()
    for state in flow.states:
        where = ("states", state.name)
        if state.name not in reached:
            yield Fault(where, "workflow.unreachable", {"state": state.name})
        if state.category not in UNFINISHED:
            continue
        if not graph.leads_out(state.name):
            yield Fault(where, "workflow.dead_end", {"state": state.name})
        elif state.name not in ending:
            yield Fault(where, "workflow.no_end", {"state": state.name})


def _reached(flow: Workflow, graph: Graph) -> set[str]:
    """The states that a ticket can come into, also by reopening and by a customer's message."""
    found = graph.onward(flow.initial)
    states = [graph.states[name] for name in found]
    if any(state.category in ("resolved", "closed") and not state.final for state in states):
        found |= graph.onward(flow.reopened())
    opening = flow.of_category("open")
    waits = any(graph.states[name].category == "pending" for name in found)
    if opening and waits and flow.rules.opens_on_message:
        found |= graph.onward(opening)
    return found | {state.name for state in flow.states if state.category == "merged"}
