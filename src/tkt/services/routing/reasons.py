"""Why tickets wait for an agent: found out for those that are shown, and kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.ids import number_of
from tkt.services.routing import reading

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tkt.storage.desk import Desk


def reasons(desk: Desk, numbers: Iterable[int], *, now: datetime) -> dict[int, str]:
    """Of tickets that nobody has why that is, by number.

    Of one for which somebody has time there is nothing to tell: the next sweep gives it out.
    """
    waiting = reading.waiting_among(desk, numbers)
    if not waiting:
        return {}
    decider = reading.decider(desk, now=now)
    found = ((ticket.id, decider.decide(ticket)) for ticket in waiting)
    return {number_of(i): told.reason for i, told in found if told is not None and told.reason}
