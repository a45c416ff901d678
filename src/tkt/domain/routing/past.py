"""What a timeline tells routing: who was given the ticket when, and since when nobody has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.facts import NOT_PEOPLE, steps
from tkt.domain.routing.needs import Need, need_of
from tkt.domain.routing.rule import ROUTED
from tkt.domain.workflow import OVER
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tkt.domain.ticket import Event, Ticket


class Gift(NamedTuple):
    """A ticket became somebody's, by whatever event."""

    agent: str
    at: datetime
    event: str


class Wait(NamedTuple):
    """A ticket that nobody has: what it needs, and since when.

    It is ``parked`` if a person took it off its agent, said why, and left it to nobody: that is a
    decision, which no rule takes back. Who gives it to another team leaves it to somebody there.
    """

    need: Need
    since: datetime
    parked: bool


class Past(NamedTuple):
    """What a timeline tells; ``wait`` is None for a ticket that somebody has or nobody needs.

    ``need`` is what the ticket needs in any case.
    """

    gifts: list[Gift]
    need: Need
    wait: Wait | None


def past_of(ticket: Ticket, category_of: Callable[[str], str]) -> Past:
    """What the timeline of a ticket tells; ``category_of`` is that of a status of its workflow."""
    gifts: list[Gift] = []
    holder: str | None = None
    since = ticket.opening.instant
    off: dict[str, None] = {}
    over = parked = False
    for event, instant, _ in steps(ticket):
        changes = event.data.get("set", {})
        if (status := changes.get("status")) is not None:
            was_over, over = over, category_of(status) in OVER
            if was_over and not over:
                since, parked = instant, False
                off.clear()
        if "assignee" in changes and changes["assignee"] != holder:
            given = changes["assignee"]
            if given is not None:
                gifts.append(Gift(given, instant, event.id))
                parked = False
            else:
                since = instant
                parked = _is_parked(event, holder)
            if holder is not None:
                off[holder] = None
            holder = given
    fields = ticket.fields
    waits = "assignee" not in fields and not ticket.is_archived and not ticket.is_merged
    need = need_of(fields, tuple(sorted(off)))
    if not waits or category_of(ticket.status) not in ROUTED:
        return Past(gifts, need, None)
    return Past(gifts, need, Wait(need, since, parked))


def _is_parked(event: Event, holder: str | None) -> bool:
    """Whether a person decided that nobody is to have it; who gives back their own has not."""
    is_person = event.by not in NOT_PEOPLE and "rule" not in event.data
    elsewhere = event.data.get("set", {}).get("team") is not None
    return is_person and event.by != holder and bool(event.data.get("why")) and not elsewhere
