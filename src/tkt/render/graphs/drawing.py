"""A workflow as nodes and arrows, with what is asked for in the words of the moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt import texts
from tkt.domain.when import parse_duration
from tkt.domain.workflow import OVER
from tkt.domain.workflow.people import people
from tkt.named import NamedTuple
from tkt.render.views.tickets import field_label
from tkt.render.wording import rough_text
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tkt.domain.settings import Settings
    from tkt.domain.workflow import State, Workflow
    from tkt.domain.workflow.rules import Needs


class Node(NamedTuple):
    """A state: what it is called, and below that what entering it asks for."""

    state: State
    label: str
    asked: tuple[str, ...]


class Arrow(NamedTuple):
    """A way between two nodes, by their numbers; ``back`` if it is a reopening.

    One that asks for nothing in either direction is drawn as one arrow that goes ``both`` ways.
    """

    start: int
    end: int
    asked: tuple[str, ...]
    back: bool = False
    both: bool = False


class Drawing(NamedTuple):
    """A whole workflow."""

    title: str
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]


PAUSE = "‖"
"""Behind a state in which the clocks pause; fonts that have Chinese have it."""
COLOURS = {
    "new": ("#dbeafe", "#2563eb"),
    "open": ("#dcfce7", "#16a34a"),
    "pending": ("#fef3c7", "#d97706"),
    "resolved": ("#ede9fe", "#7c3aed"),
    "closed": ("#e5e7eb", "#6b7280"),
    "merged": ("#e5e7eb", "#6b7280"),
}
"""Category to the fill and the outline of its states."""


def drawing(flow: Workflow, settings: Settings) -> Drawing:
    """What there is to draw of a workflow."""
    number = {state.name: i for i, state in enumerate(flow.states)}
    nodes = tuple(
        Node(state, called(state), tuple(_on_entering(flow, state, settings)))
        for state in flow.states
    )
    arrows = [
        Arrow(number[state.name], number[end.name], tuple(_on_way(flow, state, end, settings)))
        for state in flow.states
        for end in flow.targets(state.name)
    ]
    return Drawing(called(flow), nodes, (*_joined(arrows), *_reopening(flow, number)))


def _joined(arrows: list[Arrow]) -> Iterator[Arrow]:
    """The arrows, those that only differ in their direction as one."""
    plain = {(arrow.start, arrow.end) for arrow in arrows if not arrow.asked}
    for arrow in arrows:
        start, end = arrow.start, arrow.end
        if arrow.asked or (end, start) not in plain:
            yield arrow
        elif start < end:
            yield arrow._replace(both=True)


def called(thing: State | Workflow) -> str:
    """The label of a state or a workflow in the language of the moment."""
    return str(getattr(thing, texts.current()))


def _reopening(flow: Workflow, number: dict[str, int]) -> Iterator[Arrow]:
    """The ways back from the states in which a ticket is over, as far as they are not final."""
    back = flow.reopened()
    within = flow.rules.reopens_within
    told = (f"≤ {rough_text(parse_duration(within))}",) if within else ()
    for state in flow.states:
        if state.category in OVER and state.category != "merged" and not state.final:
            yield Arrow(number[state.name], number[back.name], told, back=True)


def _on_entering(flow: Workflow, state: State, settings: Settings) -> Iterator[str]:
    rules = flow.rules
    for name in dict.fromkeys((state.category, state.name)):
        if name in rules.requires:
            yield from asked(flow, rules.requires[name], settings)
    approval = rules.approval
    if approval and state.name in approval.states:
        yield approved(flow, settings)


def approved(flow: Workflow, settings: Settings) -> str:
    """Which amount has to be approved, and by whom."""
    approval = flow.rules.approval
    assert approval
    who = getattr(people(settings, approval.by), texts.current())
    field = field_label(approval.field, settings)
    return say("workflow.approved", field=field, above=f"{approval.above:g}", who=who)


def _on_way(flow: Workflow, start: State, end: State, settings: Settings) -> Iterator[str]:
    way = flow.rules.way(start.name, end.name) if flow.rules.has_transitions else None
    if way and way.who:
        yield getattr(people(settings, way.who), texts.current())
    if way:
        yield from asked(flow, way.needs, settings)


def asked(flow: Workflow, needs: Needs, settings: Settings) -> Iterator[str]:
    """What is asked for, piece by piece."""
    if needs.fields:
        yield listed(field_label(name, settings) for name in needs.fields)
    if needs.checklist is True:
        yield say("workflow.whole_checklist")
    elif needs.checklist:
        items = listed(_item(flow, name) for name in needs.checklist)
        yield say("workflow.ticked", items=items)
    for flag, key in ((needs.reply, "workflow.reply"), (needs.note, "workflow.note"),
                      (needs.until, "workflow.until")):  # fmt: skip
        if flag:
            yield say(key)
    if needs.any:
        ways = " / ".join(listed(asked(flow, one, settings)) for one in needs.any)
        yield say("workflow.any_of", ways=ways)


def _item(flow: Workflow, name: str) -> str:
    item = flow.rules.item(name)
    return str(getattr(item, texts.current())) if item else name


def listed(words: Iterable[str]) -> str:
    """Words one behind the other, as the language has it."""
    return ("、" if texts.current() == "zh" else ", ").join(words)
