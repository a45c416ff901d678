"""What was done in a stretch of time, counted in tickets: by each agent, and for each team."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tkt.domain.facts import CUSTOMER
from tkt.domain.ticket import replay, taken_back
from tkt.domain.workflow import OVER

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tkt.domain.ticket import Event, Ticket


class Credit(NamedTuple):
    """One thing that was done on a ticket and still stands; ``by`` is None for a customer."""

    what: str
    by: str | None
    at: datetime


class Tally(NamedTuple):
    """How many tickets were opened, answered and so on, and how many are ``unfinished`` now.

    ``name`` is whose they are: an agent's or a team's, None for nobody's and for all together.
    ``resolved`` are all that were brought to an end, ``closed`` those of them that are closed;
    what was ``merged`` into another ticket counts there and is not resolved itself.
    """

    name: str | None
    opened: int = 0
    answered: int = 0
    resolved: int = 0
    closed: int = 0
    merged: int = 0
    escalated: int = 0
    archived: int = 0
    unfinished: int = 0


class Summary(NamedTuple):
    """A desk from ``since`` up to, not including, ``until``."""

    since: datetime
    until: datetime
    total: Tally
    agents: tuple[Tally, ...]
    teams: tuple[Tally, ...]


_COUNTED = {"open": "opened", "reply": "answered", "escalate": "escalated"}
"""Kinds of event that count by themselves."""
_BY_FIELD = {"archived": "archived", "merged_into": "merged"}
"""What counts for as long as a ticket has a field."""
_ON_THE_TARGET = ("answered", "resolved", "closed")
"""What counts on the ticket that a merged one has become part of."""


def credits_of(ticket: Ticket, category_of: Callable[[str], str]) -> list[Credit]:
    """What was done on ``ticket``, by whom, as far as it stands: not taken back, not reopened.

    ``category_of`` gives the category of a status of its workflow. What an agent entered for a
    customer is the agent's work.
    """
    gone = taken_back(ticket.events)
    found: list[Credit] = []
    last: dict[str, Event] = {}
    for event, applied in replay(ticket.events, {}):
        if not applied or event.id in gone:
            continue
        if event.do in _COUNTED:
            found.append(_credit(_COUNTED[event.do], event))
        changes = event.data.get("set", {})
        if status := changes.get("status"):
            _end(last, event, category_of(status))
        last.update((kind, event) for name, kind in _BY_FIELD.items() if changes.get(name))
    for name, kind in _BY_FIELD.items():
        if name not in ticket.fields:
            last.pop(kind, None)
    found += (_credit(kind, event) for kind, event in last.items())
    return [c for c in found if not (ticket.is_merged and c.what in _ON_THE_TARGET)]


def _end(last: dict[str, Event], event: Event, category: str) -> None:
    """Who brought a ticket to its end, and who closed it; forgotten once it goes on."""
    for kind, is_there in (("resolved", category in OVER), ("closed", category == "closed")):
        if is_there:
            last.setdefault(kind, event)
        else:
            last.pop(kind, None)


def _credit(kind: str, event: Event) -> Credit:
    by = event.data.get("entered_by", event.by)
    return Credit(kind, None if by == CUSTOMER else by, event.instant)
