"""What a desk says of time, put together once for all its tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.routing.rule import read_fallback
from tkt.domain.sla.promised import Promised
from tkt.domain.sweeping.ladder import read_ladder
from tkt.domain.sweeping.timer import Timers, Ways
from tkt.domain.sweeping.upkeep import read_upkeep

if TYPE_CHECKING:
    from tkt.domain.settings import Settings
    from tkt.domain.sla.track import Track
    from tkt.domain.workflow import Workflow


class Plan(Promised):
    """What each workflow promises, and what it does by itself."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._ways: dict[str, Ways] = {}

    @property
    def times(self) -> object:
        """What decides on when tickets are due and sweeps have to do with them."""
        flows = [(flow.name, flow.states, _of_time(flow)) for flow in self.settings.workflows]
        return flows, self.settings.calendars, self.settings.workflow, bool(self.settings.agents)

    def ways(self, workflow: object) -> Ways:
        """What holds for tickets of a workflow: nothing, where it cannot be read."""
        name = str(workflow or "")
        if name not in self._ways:
            data = self.flow(name).rules.data
            self._ways[name] = Ways(
                self.promises(name),
                read_ladder(data.get("escalation", ())),
                read_upkeep(data.get("automation", {})),
                self.category,
                # Where there is nobody to find, nobody is missed.
                read_fallback(data.get("routing", {})) if self.settings.agents else None,
            )
        return self._ways[name]

    def timers(self, track: Track, workflow: object) -> Timers:
        """What time will do to a ticket."""
        return Timers(track, self.ways(workflow))


def _of_time(flow: Workflow) -> list[object]:
    data = flow.rules.data
    upkeep = {k: v for k, v in data.get("automation", {}).items() if k != "rules"}
    fallback = data.get("routing", {}).get("fallback")
    return [data.get("sla"), data.get("escalation"), upkeep, fallback]
