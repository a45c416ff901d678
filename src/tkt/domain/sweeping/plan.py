"""What a desk says of states and of time, put together once for all its tickets."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tkt.domain.sla.course import Promises
from tkt.domain.sla.policy import read_policies
from tkt.domain.sweeping.ladder import read_ladder
from tkt.domain.sweeping.timer import Timers, Ways
from tkt.domain.sweeping.upkeep import read_upkeep
from tkt.domain.workflow import OVER, SIMPLE, UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tkt.domain.settings import Settings
    from tkt.domain.sla.clocks import Reckoning
    from tkt.domain.sla.stretches import Mode
    from tkt.domain.sla.track import Track
    from tkt.domain.workflow import State, Workflow


class Plan:
    """The categories of all states, and what each workflow promises and does by itself."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._ways: dict[str, Ways] = {}
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

    @property
    def promises(self) -> object:
        """What decides on when tickets are due; equal where that is."""
        flows = [(flow.name, flow.states, _of_time(flow)) for flow in self.settings.workflows]
        return flows, self.settings.calendars, self.settings.workflow

    def category(self, workflow: object, status: str) -> str:
        """The category of a status; ``open`` for one that no workflow knows."""
        states = self._states.get(str(workflow or ""), self._otherwise)
        return states.get(status) or self._otherwise.get(status) or "open"

    def ways(self, workflow: object) -> Ways:
        """What holds for tickets of a workflow; the desk's own default where there is none."""
        name = str(workflow or "")
        if name not in self._ways:
            self._ways[name] = self._made(name)
        return self._ways[name]

    def _made(self, name: str) -> Ways:
        flow = self.settings.flow(name or None)
        data = flow.rules.data
        modes = {state.name: _mode(state) for state in flow.states}
        promises = Promises.of(
            read_policies(data.get("sla", ())),
            calendar=self.settings.calendar,
            mode=lambda status: modes.get(status) or _MODES[self.category(name, status)],
        )
        return Ways(
            promises,
            read_ladder(data.get("escalation", ())),
            read_upkeep(data.get("automation", {})),
            partial(self.category, name),
        )

    def timers(self, track: Track, workflow: object) -> Timers:
        """What time will do to a ticket."""
        return Timers(track, self.ways(workflow))

    def reckoning(self, track: Track, workflow: object) -> Reckoning:
        """The clocks of a ticket."""
        return self.timers(track, workflow).reckoning


_MODES: Mapping[str, Mode] = {
    **dict.fromkeys(UNFINISHED, "counts"),
    "pending": "pauses",
    **dict.fromkeys(OVER, "over"),
}


def _mode(state: State) -> Mode:
    """What time in a state is to the clocks."""
    if state.category in OVER:
        return "over"
    return "pauses" if state.pauses else "counts"


def mode_in(flow: Workflow) -> Callable[[str], Mode]:
    """The same for any state of a workflow by its name."""
    modes = {state.name: _mode(state) for state in flow.states}
    return lambda status: modes.get(status, "counts")


def _of_time(flow: Workflow) -> list[object]:
    data = flow.rules.data
    upkeep = {k: v for k, v in data.get("automation", {}).items() if k != "rules"}
    return [data.get("sla"), data.get("escalation"), upkeep]
