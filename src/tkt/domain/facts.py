"""What a timeline tells at a glance: counts and instants that lists, sweeps and figures need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tkt.domain.ticket import replay, taken_back
from tkt.domain.workflow import OVER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, timedelta

    from tkt.domain.ticket import Event, Ticket

CUSTOMER = "customer"
"""The ``by`` of events that came from the customer."""

_WORKING = frozenset({"take", "reply", "draft"})
"""Kinds of event by which an agent says: I am at it."""


class Claim(NamedTuple):
    """Who was last at work on a ticket, and when they last did something there."""

    by: str
    at: datetime

    def minutes(self, now: datetime) -> int:
        """How many minutes ago that was."""
        return max(0, int((now - self.at).total_seconds() // 60))


def is_fresh(at: datetime, *, now: datetime, lasts: timedelta) -> bool:
    """Whether a claim holds that was last renewed ``at``; one out of the future does not."""
    return at - lasts <= now < at + lasts


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
    claim: Claim | None


def facts_of(ticket: Ticket, category_of: Callable[[str], str]) -> Facts:
    """The facts of ``ticket``; ``category_of`` gives the category of a status of its workflow.

    What was taken back, or went to another ticket, does not count. In a ticket that was split off,
    what had been said before counts from the split on.
    """
    messages = replies = notes = 0
    first_reply = waiting = resolved = closed = None
    claim: Claim | None = None
    gone = taken_back(ticket.events)
    start = ticket.opening.instant if "split_from" in ticket.fields else None
    for event, applied in replay(ticket.events, {}):
        if not applied or event.id in gone:
            continue
        do, instant = event.do, event.instant
        if start is not None and instant < start:
            instant = start
        if do == "message" or (do == "open" and event.by == CUSTOMER):
            messages += 1
            waiting = waiting or instant
        elif do == "reply":
            replies += 1
            first_reply = first_reply or instant
            waiting = None
        elif do == "note":
            notes += 1
        claim = _claimed(claim, event)
        changes = event.data.get("set", {})
        status = changes.get("status")
        if status:
            category = category_of(status)
            over = category in OVER
            resolved = (resolved or instant) if over else None
            closed = (closed or instant) if category in ("closed", "merged") else None
            waiting = None if over else waiting
            claim = claim if category in ("new", "open") else None
        if "merged_into" in changes:
            closed = instant if changes["merged_into"] else None
            waiting = claim = None
    return Facts(
        ticket.events[-1].instant,
        messages,
        replies,
        notes,
        first_reply,
        waiting,
        resolved,
        closed,
        claim,
    )


def _claimed(claim: Claim | None, event: Event) -> Claim | None:
    """Who is at work once ``event`` has happened: it begins, goes on, or is given away."""
    if "from" in event.data:
        return claim  # said on another ticket, before it became part of this one
    if event.do in _WORKING or (claim and claim.by == event.by):
        claim = Claim(event.by, event.instant)
    changes: Mapping[str, Any] = event.data.get("set", {})
    if claim and changes.get("assignee", claim.by) != claim.by:
        return None
    return claim


def drafts_of(ticket: Ticket) -> list[Event]:
    """The drafts of replies that are neither sent nor replaced nor taken back, oldest first."""
    gone = set(taken_back(ticket.events))
    for event in ticket.events:
        if event.id not in gone:
            gone.update(event.data.get("replaces", ()))
            gone.add(str(event.data.get("draft")))
    return [e for e in ticket.events if e.do == "draft" and e.text and e.id not in gone]
