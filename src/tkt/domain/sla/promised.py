"""What a desk says of states and promises, put together once for all its tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.sla.clocks import Reckoning
from tkt.domain.sla.course import Promises
from tkt.domain.sla.policy import read_policies
from tkt.domain.workflow import OVER, SIMPLE, UNFINISHED
from tkt.domain.workflow.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tkt.domain.settings import Settings
    from tkt.domain.sla.stretches import Mode
    from tkt.domain.sla.track import Track
    from tkt.domain.workflow import State, Workflow

_MODES: Mapping[str, Mode] = {
    **dict.fromkeys(UNFINISHED, "counts"), "pending": "pauses", **dict.fromkeys(OVER, "over")
}  # fmt: skip


class Promised:
    """The categories of all states, and what each workflow promises."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._promises: dict[str, Promises] = {}
        self._states = {
            flow.name: {state.name: state.category for state in flow.states}
            for flow in settings.workflows
        }
        simple = {state.name: state.category for state in SIMPLE.states}
        self._otherwise = {**simple, **self._states.get(settings.workflow, {})}

    @property
    def states(self) -> object:
        """What decides on the categories of tickets; equal where these are."""
        return self._states, self._otherwise

    def category(self, workflow: object, status: str) -> str:
        """The category of a status; ``open`` for one that no workflow knows."""
        states = self._states.get(str(workflow or ""), self._otherwise)
        return states.get(status) or self._otherwise.get(status) or "open"

    def flow(self, workflow: object) -> Workflow:
        """A workflow, with nothing beside its states where a ticket's own cannot be read.

        What another promises and does by itself is not for such a ticket.
        """
        name = str(workflow or "")
        flow = self.settings.flow(name or None)
        return flow if not name or name == flow.name else flow._replace(rules=Rules())

    def promises(self, workflow: object) -> Promises:
        """What tickets of a workflow are held to: nothing, where it cannot be read."""
        name = str(workflow or "")
        if name not in self._promises:
            flow = self.flow(name)
            modes = {state.name: _mode(state) for state in flow.states}
            self._promises[name] = Promises.of(
                read_policies(flow.rules.data.get("sla", ())),
                calendar=self.settings.calendar,
                mode=lambda status: modes.get(status) or _MODES[self.category(name, status)],
                elsewhere=self.promises,
            )
        return self._promises[name]

    def reckoning(self, track: Track, workflow: object) -> Reckoning:
        """The clocks of a ticket."""
        return Reckoning(track, self.promises(workflow))


def _mode(state: State) -> Mode:
    """What time in a state is to the clocks."""
    if state.category in OVER:
        return "over"
    return "pauses" if state.pauses else "counts"


def mode_in(flow: Workflow) -> Callable[[str], Mode]:
    """The same for any state of a workflow by its name."""
    modes = {state.name: _mode(state) for state in flow.states}
    return lambda status: modes.get(status, "counts")
