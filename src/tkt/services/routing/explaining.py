"""Why a ticket is whose it is, and who comes into question for it now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.facts import steps
from tkt.domain.routing import ROUTER
from tkt.domain.routing.deciding import Waiting
from tkt.domain.routing.past import past_of
from tkt.domain.routing.rule import routing_of
from tkt.errors import Refused
from tkt.named import NamedTuple
from tkt.services.routing import reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tkt.domain.routing.group import Candidate, Decision
    from tkt.domain.ticket import Event, Ticket
    from tkt.storage.desk import Desk


class Explained(NamedTuple):
    """A ticket, the event by which its agent was found, and how it stands now.

    ``decision`` is what routing would decide now; None if somebody has the ticket, or nobody needs
    it any more.
    """

    ticket: Ticket
    routed: Event | None
    decision: Decision | None
    candidates: Sequence[Candidate]


def explain(desk: Desk, reference: str, *, now: datetime) -> Explained:
    """Who comes into question for a ticket; Refused where its workflow is not routed."""
    ticket = desk.ticket(desk.merged_into(desk.find(reference)))
    flow = desk.settings.flow(ticket.fields.get("workflow"))
    if routing_of(flow) is None:
        raise Refused("route.not_routed", id=ticket.id, workflow=flow.name)
    past = past_of(ticket, flow.category_of)
    customer = ticket.fields.get("customer")
    decider = reading.decider(desk, now=now, customer=customer)
    waiting = Waiting(
        ticket.id,
        past.need,
        int((past.wait.since if past.wait else now).timestamp()),
        flow.category_of(ticket.status),
        ticket.fields.get("priority") or "normal",
        customer,
        past.wait is not None and past.wait.parked,
    )
    found = (event for event, _, _ in steps(ticket) if event.by == ROUTER)
    routed = [event for event in found if event.data.get("set", {}).get("assignee")]
    return Explained(
        ticket,
        routed[-1] if routed else None,
        decider.decide(waiting) if past.wait else None,
        decider.candidates(waiting),
    )
