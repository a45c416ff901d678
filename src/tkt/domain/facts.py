"""What a timeline tells at a glance: counts and instants that lists, sweeps and figures need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.ticket import replay, taken_back
from tkt.domain.workflow import OVER
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime, timedelta

    from tkt.domain.ticket import Event, Ticket

CUSTOMER = "customer"
"""The ``by`` of events that came from the customer."""

NOT_PEOPLE = frozenset({CUSTOMER, "tkt", "sweep", "router"})
"""Whoever stands behind events without being one of the team's people."""
OWNERS = ("assignee", "team")
"""The fields that say whose a ticket is."""

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
    transfers: int


class Step(NamedTuple):
    """An event that stands, and the instant from which it counts.

    ``is_here`` is False for what was said and has gone to another ticket since.
    """

    event: Event
    instant: datetime
    is_here: bool


def steps(ticket: Ticket) -> Iterator[Step]:
    """The events of ``ticket`` that had their effect and were not taken back, in order.

    In a ticket that was split off, what had been said before counts from the split on.
    """
    gone = taken_back(ticket.events)
    undone = taken_back(ticket.events, ("undoes",)) if gone else gone
    start = ticket.opening.instant if "split_from" in ticket.fields else None
    for event, applied in replay(ticket.events, {}):
        if applied and event.id not in undone:
            instant = event.instant if start is None else max(start, event.instant)
            yield Step(event, instant, event.id not in gone)


def facts_of(ticket: Ticket, category_of: Callable[[str], str]) -> Facts:
    """The facts of ``ticket``; ``category_of`` gives the category of a status of its workflow.

    What was taken back, or went to another ticket, does not count.
    """
    messages = replies = notes = transfers = 0
    held: dict[str, Any] = {}
    first_reply = waiting = resolved = closed = None
    claim: Claim | None = None
    for event, instant, is_here in steps(ticket):
        do = event.do if is_here else None
        if asks(event) and is_here:
            messages += 1
            waiting = waiting or instant
        elif do == "reply":
            replies += 1
            first_reply = first_reply or instant
            waiting = None
        elif do == "note":
            notes += 1
        if is_here:
            claim = _claimed(claim, event)
        changes = event.data.get("set", {})
        transfers += hands_on(event, held)
        held.update((name, changes[name]) for name in OWNERS if name in changes)
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
            if closed is not None:
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
        transfers,
    )


def asks(event: Event) -> bool:
    """Whether an event is the customer's word, which an answer should follow."""
    return event.do == "message" or (event.do == "open" and event.by == CUSTOMER)


def hands_on(event: Event, held: Mapping[str, Any]) -> bool:
    """Whether a person gave a ticket away that somebody ``held``: an agent, or a team.

    Who takes what nobody has, takes it from nobody; who takes back what was done, gives nothing,
    nor does who says that what waits for a team is of another category, and leaves it to no team.
    """
    changes = event.data.get("set", {})
    if "category" in changes and not (held.get("assignee") or changes.get("team")):
        return False
    is_person = event.by not in NOT_PEOPLE and not {"rule", "undoes"} & event.data.keys()
    return is_person and any(
        held.get(name) is not None and changes[name] != held[name]
        for name in OWNERS
        if name in changes
    )


def _claimed(claim: Claim | None, event: Event) -> Claim | None:
    """Who is at work once ``event`` has happened: it begins, goes on, or is given away."""
    if "from" in event.data:
        return claim  # said on another ticket, before it became part of this one
    by_rule = "rule" in event.data  # the bot proposes a draft: nobody is at it yet
    if (event.do in _WORKING and not by_rule) or (claim and claim.by == event.by):
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
