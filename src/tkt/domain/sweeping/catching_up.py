"""Everything that is ripe on one ticket, one after the other: each may make or unmake the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.sla.achieved import with_achieved
from tkt.domain.sla.track import track_of
from tkt.domain.sweeping.firing import blocked, fired
from tkt.domain.workflow import guards
from tkt.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tkt.domain.change import Change
    from tkt.domain.sweeping.plan import Plan
    from tkt.domain.sweeping.timer import Timer
    from tkt.domain.ticket import Ticket

_MOST = 500
"""More than so many things on one ticket at once are no catching up but a mistake."""


def catch_up(ticket: Ticket, plan: Plan, *, now: datetime) -> Iterator[tuple[Timer, Change]]:
    """What time has made ripe until ``now``, in the order in which it was due."""
    instant = int(now.timestamp())
    for _ in range(_MOST):
        timers = plan.timers(track_of(ticket), ticket.fields.get("workflow"))
        timer = next((t for t in timers.waiting() if t.ripe <= instant), None)
        if timer is None:
            return
        (change,) = with_achieved([_happening(ticket, timer, plan, now)], plan)
        yield timer, change
        ticket = change.after


def _happening(ticket: Ticket, timer: Timer, plan: Plan, now: datetime) -> Change:
    settings = plan.settings
    flow = settings.flow(ticket.fields.get("workflow"))
    change = fired(ticket, timer, flow=flow, settings=settings, now=now)
    if timer.kind != "move":
        return change
    try:
        guards.check_by_itself(settings, change)
    except Refused as refused:
        # It may not go there: somebody is told of it, once.
        return blocked(ticket, timer, refused, flow=flow, settings=settings, now=now)
    return change
