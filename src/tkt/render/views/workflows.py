"""Workflows as tables and cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt import texts
from tkt.domain.table import Card, Column, Part, Phrase, Section, Table
from tkt.domain.when import parse_duration
from tkt.domain.workflow.people import people
from tkt.render.graphs.drawing import approved, asked, called, listed
from tkt.render.views.process_in_time import in_time
from tkt.render.wording import rough_text
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tkt.domain.settings import Settings
    from tkt.domain.workflow import State, Workflow
    from tkt.domain.workflow.rules import Way

    Row = Mapping[str, Any]


def table(rows: Sequence[Row]) -> Table:
    """Every workflow of a desk, called as the language of the moment has it."""
    columns = (
        Column("name", "id"),
        Column("label", "name"),
        Column("tickets", "number"),
        Column("categories", "list"),
        Column("states", "list", 1),
    )
    return Table(columns, [{**row, "label": row[texts.current()]} for row in rows])


def data_of(flow: Workflow) -> dict[str, Any]:
    """A workflow for programs: what its file says, and the ways that follow from it."""
    return {
        "name": flow.name,
        "label": {"zh": flow.zh, "en": flow.en},
        "states": [
            {**state._asdict(), "to": [end.name for end in flow.targets(state.name)]}
            for state in flow.states
        ],
        **{key: value for key, value in flow.rules.data.items() if key != "transitions"},
        "transitions": [
            {"from": list(way.start), "to": list(way.end), "who": list(way.who),
             "requires": said.get("requires", {})}
            for way, said in zip(
                flow.rules.transitions, flow.rules.data.get("transitions", ()), strict=True
            )
        ],
        "path": flow.path,
    }  # fmt: skip


def card(flow: Workflow, settings: Settings) -> Card:
    """One workflow with its states, ways and guards, for people."""
    rules = flow.rules
    fields: dict[str, Any] = {}
    if text := rules.data.get("description"):
        fields["description"] = text
    if rules.categories:
        fields["categories"] = listed(rules.categories)
    if rules.defaults:
        fields["defaults"] = listed(f"{name}={value}" for name, value in rules.defaults.items())
    if rules.approval:
        fields["approval"] = approved(flow, settings)
    within = rules.reopens_within
    fields["reopen"] = (
        say("workflow.reopens", within=rough_text(parse_duration(within)))
        if within
        else say("workflow.reopens_always")
    )
    fields["path"] = flow.path
    sections = tuple(_sections(flow, settings))
    return Card(f"{flow.name}  {called(flow)}", fields, sections, data_of(flow))


def _sections(flow: Workflow, settings: Settings) -> Iterator[Section]:
    columns = (Column("name", "id"), Column("label", "name"), Column("state"),
               Column("pauses", "bool"), Column("final", "bool"), Column("requires"))  # fmt: skip
    rows = [_state(flow, state, settings) for state in flow.states]
    yield Section(say("workflow.states"), Table(columns, rows))
    ways = (Column("from", "name"), Column("to", "name"), Column("who"), Column("requires"))
    rules = flow.rules
    if rules.has_transitions:
        told = [_way(flow, way, settings) for way in rules.transitions]
    else:
        told = [_ways(flow, state) for state in flow.states if flow.targets(state.name)]
    yield Section(say("workflow.ways"), Table(ways, told))
    if rules.checklist:
        items = (Column("item", "id"), Column("label", "name"), Column("states"))
        lines = [
            {"item": item.name, "label": getattr(item, texts.current()),
             "states": _names(flow, item.states)}
            for item in rules.checklist
        ]  # fmt: skip
        yield Section(say("workflow.items"), Table(items, lines))
    yield from in_time(flow)


def _state(flow: Workflow, state: State, settings: Settings) -> Row:
    needs = flow.rules.requires
    told = [one for name in dict.fromkeys((state.category, state.name)) if name in needs
            for one in asked(flow, needs[name], settings)]  # fmt: skip
    return {
        "name": state.name,
        "label": called(state),
        "state": Phrase(Part(say(f"workflow.state.{state.category}"), f"state:{state.category}")),
        "pauses": state.pauses or None,
        "final": state.final or None,
        "requires": listed(told),
    }


def _way(flow: Workflow, way: Way, settings: Settings) -> Row:
    who = getattr(people(settings, way.who), texts.current()) if way.who else None
    return {
        "from": _names(flow, way.start),
        "to": _names(flow, way.end),
        "who": who or say("workflow.anybody"),
        "requires": listed(asked(flow, way.needs, settings)),
    }


def _ways(flow: Workflow, state: State) -> Row:
    ends = [end.name for end in flow.targets(state.name)]
    return {
        "from": called(state),
        "to": _names(flow, ends),
        "who": say("workflow.anybody"),
        "requires": "",
    }


def _names(flow: Workflow, names: Sequence[str]) -> str:
    states = ((name, flow.named(name)) for name in names)
    return listed(called(state) if state else name for name, state in states)
