"""The sweep: everything that time has made ripe happens, once, and each for its own reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.change import Person
from tkt.domain.sweeping import SWEEP
from tkt.domain.workflow import UNFINISHED
from tkt.errors import TktError
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tkt.domain.change import Change
    from tkt.domain.sweeping.timer import Timer
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved, Transaction

ACTOR = Person(SWEEP, "tkt sweep", f"{SWEEP}@localhost")
_RIPE = "SELECT id FROM tickets WHERE wake <= ? ORDER BY priority_rank DESC, wake, num"

_WAITS = "SELECT 1 FROM waits WHERE parked = 0 LIMIT 1"


class Deed(NamedTuple):
    """One thing that happened to a ticket, or in a preview would.

    It has no ``timer`` if the ticket found an agent because somebody has time for it now.
    """

    timer: Timer | None
    change: Change
    saved: Saved | None

    @property
    def is_untold(self) -> bool:
        """Whether somebody was to be told, and nobody was."""
        data = self.change.events[0].data
        rung = self.timer.rung if self.timer else None
        wanted = bool(rung.tell) if rung else "rung" in data
        return wanted and not data.get("tell")


class Swept(NamedTuple):
    """What a sweep did, in its order, and the tickets of which something could not be done.

    ``unclocked`` counts the open tickets of workflows whose promises cannot be read.
    """

    deeds: list[Deed]
    refused: list[tuple[str, TktError]]
    unclocked: dict[str, int]

    @property
    def untold(self) -> list[str]:
        """The tickets of which somebody should have been told, and there is nobody."""
        found = (deed.change.ticket_id for deed in self.deeds if deed.is_untold)
        return list(dict.fromkeys(found))


def sweep(
    desk: Desk, *, now: datetime, acting: Callable[[], Acting], dry_run: bool = False
) -> Swept:
    """Let everything happen that is ripe, the most urgent tickets first; or only say what would.

    What is late catches up in the order in which it was due. Nothing to do makes no commit, and is
    found out by one look at the index.
    """
    first = f"{_RIPE} LIMIT 1"
    ripe = next(desk.index.select(first, (int(now.timestamp()),)), None)
    if ripe is None and not _finds_agents(desk, now):
        return Swept([], [], unclocked(desk))
    if dry_run:
        return _swept(desk, None, acting())
    doing = acting()._replace(person=ACTOR)
    return desk.write(lambda run: _swept(desk, run, doing), doing.grouping("sweep"))


def _finds_agents(desk: Desk, now: datetime) -> bool:
    """Whether a ticket that nobody had time for would find somebody now."""
    if next(desk.index.select(_WAITS), None) is None or not desk.settings.agents:
        return False
    from tkt.services.routing.leftovers import is_due  # most desks wait for nobody

    return is_due(desk, now=now)


def unclocked(desk: Desk) -> dict[str, int]:
    """How many open tickets have no clock because a mistake in a file keeps them from one."""
    if not desk.settings or not desk.known_setting_faults:
        return {}
    marks = ", ".join("?" * len(UNFINISHED))
    query = f"SELECT workflow, count(*) FROM tickets WHERE state IN ({marks}) GROUP BY workflow"
    counts = dict(desk.index.select(query, UNFINISHED))
    return {name: counts[name] for name in counts if name and _is_unclocked(desk, name)}


def _is_unclocked(desk: Desk, workflow: str) -> bool:
    """Whether what a workflow promises, or its calendar, or all of it, cannot be read."""
    flow = desk.settings.flow(workflow)
    if flow.name != workflow or "sla" in flow.rules.data.get("broken", ()):
        return True
    policies = desk.promised.promises(workflow).policies
    return any(desk.settings.calendar(policy.calendar) is None for policy in policies)


def _swept(desk: Desk, run: Transaction | None, acting: Acting) -> Swept:
    from tkt.domain.sweeping.catching_up import catch_up  # an idle sweep needs none of it

    found = Swept([], [], unclocked(desk))
    ripe = [row[0] for row in desk.index.select(_RIPE, (int(acting.now.timestamp()),))]
    for ticket_id in ripe:
        try:
            for timer, change in catch_up(desk.ticket(ticket_id), desk.plan, now=acting.now):
                saved = None
                if run is not None:
                    saved = run.save(change, person=acting.person, now=acting.now)
                found.deeds.append(Deed(timer, change, saved))
        except TktError as error:
            if error.ends_run:
                raise
            found.refused.append((ticket_id, error))
    _route(desk, run, acting, found)
    return found


def _route(desk: Desk, run: Transaction | None, acting: Acting, found: Swept) -> None:
    """Give out what nobody had time for; what time has done counts already."""
    if not desk.settings.agents:
        return
    from tkt.services.routing.leftovers import route

    for routed in route(desk, run, acting):
        if routed.error is not None:
            found.refused.append((routed.ticket_id, routed.error))
        elif routed.change is not None:
            found.deeds.append(Deed(None, routed.change, routed.saved))
