"""Tickets, events and random sources for tests: plain functions with sound defaults."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tkt.domain.actions.event import Doing
from tkt.domain.ticket import Event, Ticket

if TYPE_CHECKING:
    from collections.abc import Callable

OPENED = datetime.fromisoformat("2026-11-21T14:03:11+08:00")
ID = "261121-7KQ4"


def seeded(seed: int = 0) -> Callable[[int], int]:
    """A ``draw`` that gives the same integers for the same seed."""
    return random.Random(seed).randrange


def at(minutes: float = 0) -> datetime:
    """A moment that many minutes after the tickets of these tests were opened."""
    return OPENED + timedelta(minutes=minutes)


def doing(minutes: float = 0, by: str = "lin", seed: int | None = None) -> Doing:
    """Somebody acting that many minutes after the opening; each minute draws its own numbers."""
    return Doing(by, at(minutes), seeded(int(minutes * 60) if seed is None else seed))


def an_event(do: str = "note", minutes: float = 0, **data: Any) -> Event:
    """An event ``minutes`` after the opening; its id is made of both unless it is given."""
    moment = at(minutes)
    whole = {"id": f"{do}-{minutes:g}", "at": moment.isoformat(), "by": "lin", "do": do, **data}
    return Event(whole, moment)


def a_ticket(*events: Event, **changes: Any) -> Ticket:
    """A ticket opened with a title and a status, ``changes`` among its first fields."""
    fields = {"title": "杯子碎了", "status": "new", "priority": "normal", **changes}
    opening = an_event("open", by="customer", set=fields)
    return Ticket.folded(ID, (opening, *events))


def a_doc(*events: Event, **changes: Any) -> dict[str, Any]:
    """The document of :func:`a_ticket`, to be broken."""
    return a_ticket(*events, **changes).doc()
