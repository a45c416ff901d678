"""What a desk says of states and of time, put together once for all its tickets."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tkt.domain.sla.course import Promises
from tkt.domain.sweeping.timer import Timers, Ways
from tkt.domain.workflow import SIMPLE

if TYPE_CHECKING:
    from tkt.domain.settings import Settings
    from tkt.domain.sla.clocks import Reckoning
    from tkt.domain.sla.track import Track
    from tkt.domain.workflow import Workflow


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
        flows = [
            (flow.name, flow.states, flow.rules.time) for flow in self.settings.workflows
        ]
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
        flow: Workflow = self.settings.flow(name or None)
        rules = flow.rules
        promises = Promises.of(
            rules.policies, calendar=self.settings.calendar, mode=flow.mode
        )
        return Ways(promises, rules.ladder, rules.upkeep, partial(self.category, name))

    def timers(self, track: Track, workflow: object) -> Timers:
        """What time will do to a ticket."""
        return Timers(track, self.ways(workflow))

    def reckoning(self, track: Track, workflow: object) -> Reckoning:
        """The clocks of a ticket."""
        return self.timers(track, workflow).reckoning
