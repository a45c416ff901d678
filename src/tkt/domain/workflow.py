"""Workflows: the states a ticket goes through, each in one of a few categories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tkt.domain.fields import is_name
from tkt.domain.shape import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

CATEGORIES = ("new", "open", "pending", "resolved", "closed", "merged")
"""What a state means to clocks and lists, whatever a desk calls it."""
UNFINISHED = ("new", "open", "pending")
"""Categories in which somebody still has something to do."""
OVER = ("resolved", "closed", "merged")
"""Categories in which a ticket is over, for now or for good."""


_WAYS = {
    "new": ("open", "pending", "resolved", "closed"),
    "open": ("open", "pending", "resolved", "closed"),
    "pending": ("open", "pending", "resolved", "closed"),
    "resolved": ("closed",),
    "closed": (),
    "merged": (),
}
"""Where a state leads by its category; back from where a ticket is over leads only reopening."""


class State(NamedTuple):
    """One state: its name in files, its labels for people, its category."""

    name: str
    zh: str
    en: str
    category: str


class Workflow(NamedTuple):
    """One business process."""

    name: str
    zh: str
    en: str
    states: tuple[State, ...]

    @property
    def initial(self) -> State:
        """The state of a ticket just opened: the first in the file."""
        return self.states[0]

    def of_category(self, category: str) -> State | None:
        """The first state of a category."""
        return next((state for state in self.states if state.category == category), None)

    def category_of(self, status: str) -> str:
        """The category of one of its states; ``open`` for one that it does not have."""
        state = self.state(status)
        return state.category if state else "open"

    def opened(self, status: str) -> State | None:
        """The state that a new ticket enters when somebody begins with it; None for any other."""
        to = self.of_category("open")
        return to if self.category_of(status) == "new" and to in self.targets(status) else None

    def is_over(self, status: str) -> bool:
        """Whether nobody has to do anything any more on a ticket in this state."""
        return self.category_of(status) in OVER

    def targets(self, status: str) -> tuple[State, ...]:
        """The states that a ticket in this one may be moved to."""
        state = self.state(status)
        if state is None:
            return self.states
        ways = _WAYS[state.category]
        return tuple(to for to in self.states if to.category in ways and to != state)

    def state(self, name: str) -> State | None:
        """The state called ``name``, or labelled so; a name goes before another's label."""
        wanted = name.casefold()
        for state in self.states:
            if state.name == name:
                return state
        for state in self.states:
            if state.name.casefold() == wanted:
                return state
        for state in self.states:
            if wanted in (state.zh.casefold(), state.en.casefold()):
                return state
        return None


SIMPLE = Workflow(
    "simple",
    "通用",
    "general",
    (
        State("new", "新建", "new", "new"),
        State("open", "处理中", "open", "open"),
        State("pending", "等待中", "pending", "pending"),
        State("resolved", "已解决", "resolved", "resolved"),
        State("closed", "已关闭", "closed", "closed"),
    ),
)
"""What a desk without a workflow of its own works by."""


def parse(data: Any, *, name: str) -> tuple[Workflow | None, list[Fault]]:
    """A workflow from its YAML; None with the faults if it cannot serve."""
    if not isinstance(data, dict):
        return None, [Fault((), "config.not_mapping")]
    raw = data.get("states")
    if not isinstance(raw, dict) or not raw:
        return None, [Fault(("states",) if "states" in data else (), "workflow.no_states")]
    faults: list[Fault] = []
    states = [_state(key, value, faults) for key, value in raw.items()]
    if faults:
        return None, faults
    zh, en = _labels(data.get("label"), name)
    return Workflow(name, zh, en, tuple(states)), []


def _state(name: str, value: Any, faults: list[Fault]) -> State:
    where = ("states", name)
    if not is_name(name):
        faults.append(Fault(where, "field.not_name", {"field": "states", "value": name}))
    if not isinstance(value, dict):
        faults.append(Fault(where, "config.not_mapping"))
        return State(name, name, name, "open")
    category = value.get("category")
    if category not in CATEGORIES:
        faults.append(
            Fault(
                (*where, "category"),
                "workflow.bad_category",
                {"found": category, "known": ", ".join(CATEGORIES)},
            )
        )
    zh, en = _labels(value.get("label"), name)
    return State(name, zh, en, str(category))


def _labels(label: Any, name: str) -> tuple[str, str]:
    """Labels from ``label: {zh: 新建, en: new}``, or one text for both; the name if missing."""
    if isinstance(label, dict):
        zh, en = label.get("zh"), label.get("en")
        return str(zh or en or name), str(en or zh or name)
    return (str(label), str(label)) if label else (name, name)


def category_of(workflows: Iterable[Workflow], workflow: str | None, status: str) -> str:
    """The category of a ticket's state; ``open`` where its workflow is not to be found."""
    known = {flow.name: flow for flow in workflows}
    for candidate in (known.get(workflow or ""), SIMPLE, *known.values()):
        if candidate and (state := candidate.state(status)):
            return state.category
    return "open"
