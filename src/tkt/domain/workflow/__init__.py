"""Workflows: the states a ticket goes through, and the ways between.

* ``rules``     what a workflow asks beyond its states, read from plain data when it is needed
* ``reading``   a workflow's file: what it may say, and taking it
* ``guards``    whether a ticket may enter a state, decided in one place
* ``records``   the same asked of a record from elsewhere
* ``approving`` who set an amount, and whether a second person has approved of it
* ``graph``     which states lead to which, seen as a whole
* ``checking``  mistakes that only show when all is seen together
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.workflow.rules import Rules
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

CATEGORIES = ("new", "open", "pending", "resolved", "closed", "merged")
"""What a state means to clocks and lists, whatever a desk calls it."""
UNFINISHED = ("new", "open", "pending")
"""Categories in which somebody still has something to do."""
OVER = ("resolved", "closed", "merged")
"""Categories in which a ticket is over, for now or for good."""


WAYS = {
    "new": ("open", "pending", "resolved", "closed"),
    "open": ("open", "pending", "resolved", "closed"),
    "pending": ("open", "pending", "resolved", "closed"),
    "resolved": ("closed",),
    "closed": (),
    "merged": (),
}
"""Where a state leads by its category; back from where a ticket is over leads only reopening."""


class State(NamedTuple):
    """One state: its name in files, its labels for people, its category.

    ``pauses``: clocks that can pause do. ``final``: nothing leads out of it, not even reopening.
    """

    name: str
    zh: str
    en: str
    category: str
    pauses: bool = False
    final: bool = False


class Workflow(NamedTuple):
    """One business process; what it asks beyond its states are its ``rules``."""

    name: str
    zh: str
    en: str
    states: tuple[State, ...]
    rules: Rules = Rules()

    @property
    def path(self) -> str:
        """The file that says it, relative to the desk."""
        return f"workflows/{self.name}.yaml"

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

    def toward(self, category: str, status: str) -> State | None:
        """The state of a category to go to from ``status``: that itself, or what it leads to.

        Where no way leads into the category, its first state.
        """
        here = self.named(status)
        if here and here.category == category:
            return here
        near = (state for state in self.targets(status) if state.category == category)
        return next(near, None) or self.of_category(category)

    def opened(self, status: str) -> State | None:
        """The state that a new ticket enters when somebody begins with it; None for any other.

        None as well where the way there asks for something: then a person has to go it.
        """
        if self.category_of(status) != "new":
            return None
        ways = (state for state in self.targets(status) if state.category == "open")
        return next((to for to in ways if not self.rules.asks(status, to.name, to.category)), None)

    def reopened(self) -> State:
        """The state in which work goes on with a ticket that was over."""
        return self.named(self.rules.reopens_to or "") or self.of_category("open") or self.initial

    def is_over(self, status: str) -> bool:
        """Whether nobody has to do anything any more on a ticket in this state."""
        return self.category_of(status) in OVER

    def targets(self, status: str) -> tuple[State, ...]:
        """The states that a ticket in this one may be moved to."""
        state = self.state(status)
        if state is None:
            return self.states
        if state.final:
            return ()
        if self.rules.has_transitions:
            ways = self.rules.ways(state.name)
            return tuple(to for to in self.states if to.name in ways and to != state)
        categories = WAYS[state.category]
        return tuple(to for to in self.states if to.category in categories and to != state)

    def named(self, name: str) -> State | None:
        """The state whose name in files is ``name``."""
        return next((state for state in self.states if state.name == name), None)

    def state(self, name: str) -> State | None:
        """The state called ``name``, or labelled so; a name goes before another's label."""
        if state := self.named(name):
            return state
        wanted = name.casefold()
        for state in self.states:
            if state.name.casefold() == wanted:
                return state
        for state in self.states:
            if wanted in (state.zh.casefold(), state.en.casefold()):
                return state
        return None

    def landing(self, category: str, status: str) -> State:
        """Where a ticket stands that comes out of another workflow: a state of the same kind."""
        return self.named(status) or self.of_category(category) or self.initial


SIMPLE = Workflow(
    "simple",
    "通用",
    "general",
    (
        State("new", "新建", "new", "new"),
        State("open", "处理中", "open", "open"),
        State("pending", "等待中", "pending", "pending", pauses=True),
        State("resolved", "已解决", "resolved", "resolved"),
        State("closed", "已关闭", "closed", "closed"),
    ),
)
"""What a desk without a workflow of its own works by."""


def category_of(workflows: Iterable[Workflow], workflow: str | None, status: str) -> str:
    """The category of a ticket's state; ``open`` where its workflow is not to be found."""
    known = {flow.name: flow for flow in workflows}
    for candidate in (known.get(workflow or ""), SIMPLE, *known.values()):
        if candidate and (state := candidate.state(status)):
            return state.category
    return "open"
