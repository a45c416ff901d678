"""What automation says by itself: a greeting to the customer, a word to colleagues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.actions.event import check_unmerged, new_event
from tkt.domain.change import Change
from tkt.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.domain.actions.event import Doing
    from tkt.domain.ticket import Ticket

AUTO_REPLY, REMIND = "auto_reply", "remind"
"""Kinds of event that are said by nobody in person."""


def auto_replied(ticket: Ticket, doing: Doing, *, text: str) -> Change:
    """Something that the customer is told by itself; it answers nothing and stops no clock."""
    check_unmerged(ticket)
    via = ticket.fields.get("channel")
    event = new_event(ticket.events, doing, AUTO_REPLY, via=via, text=text)
    return Change(AUTO_REPLY, ticket, ticket.after(event), (event,))


def reminded(ticket: Ticket, doing: Doing, *, tell: Sequence[str], text: str | None) -> Change:
    """Agents (by id) and teams (``team:<id>``) are to be told to look at a ticket."""
    if not tell:
        raise Refused("automation.nobody", id=ticket.id)
    event = new_event(ticket.events, doing, REMIND, tell=list(tell), text=text)
    tail = f"-> {', '.join(tell)}"
    return Change(REMIND, ticket, ticket.after(event), (event,), tail=tail)
