"""What a timeline tells at a glance: counts and instants that lists, sweeps and figures need."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tkt.domain.ticket import Ticket

CUSTOMER = "customer"
"""The ``by`` of events that came from the customer."""


class Facts(NamedTuple):
    """Counts of events, and when things happened first or last; instants are aware datetimes."""

    updated: datetime
    messages: int
    replies: int
    notes: int
    first_reply: datetime | None
    waiting_since: datetime | None
    resolved: datetime | None
    closed: datetime | None


def facts_of(ticket: Ticket, category_of: Callable[[str], str]) -> Facts:
    """The facts of ``ticket``; ``category_of`` gives the category of a status of its workflow."""
    messages = replies = notes = 0
    first_reply = waiting = resolved = closed = None
    for event in ticket.events:
        do = event.do
        if do == "message" or (do == "open" and event.by == CUSTOMER):
            messages += 1
            waiting = waiting or event.instant
        elif do == "reply":
            replies += 1
            first_reply = first_reply or event.instant
            waiting = None
        elif do == "note":
            notes += 1
        status = event.data.get("set", {}).get("status")
        if status:
            category = category_of(status)
            over = category in ("resolved", "closed", "merged")
            resolved = (resolved or event.instant) if over else None
            closed = (closed or event.instant) if category in ("closed", "merged") else None
            waiting = None if over else waiting
    return Facts(
        ticket.events[-1].instant, messages, replies, notes, first_reply, waiting, resolved, closed
    )
