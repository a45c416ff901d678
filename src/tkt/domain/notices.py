"""Whom an event concerns: what fills the inboxes of agents.

A pure function of the ticket. Everybody is told of an event once, for the strongest reason:

* ``mention``   a note names them
* ``told``      a reminder, an escalation or a rule names them in ``tell``
* ``ping_pong``  the same, because the ticket is handed on and on
* ``assigned``  somebody else made the ticket theirs; ``removed``: took it from them
* ``too_late``  they took a ticket that somebody else had taken first; ``contender``: the other one
* ``watching``  something was said or decided on a ticket that is theirs or that they watch

Nobody is told of what they did themselves (but that they were too late), and of a muted ticket
nobody is told but by name. In ``tell`` a team may stand as well, as ``team:<id>``: what is told to
it goes to its own channel, if it has one, and into no inbox.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.fields import listed, parse_time
from tkt.domain.ticket import replay, taken_back
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tkt.domain.ticket import Event, Ticket

TOLD = frozenset({
    "open", "message", "reply", "note", "move", "wait", "resolve", "close", "reopen", "escalate",
    "merge", "split", "contest", "restore",
})  # fmt: skip
"""Kinds of event that whoever has or watches a ticket is told of."""


class Notice(NamedTuple):
    """One entry of an inbox: whose, of which event, why they are told, and when it came about.

    What a sweep did late, it told when it noticed, not when it was due.
    """

    agent: str
    event: str
    at: datetime
    why: str


def notices_of(ticket: Ticket) -> list[Notice]:
    """Every notice that a ticket gives, in the order of its events."""
    fields: dict[str, Any] = {}
    found: list[Notice] = []
    assignee: Any = None
    gone = taken_back(ticket.events)
    for event, applied in replay(ticket.events, fields):
        if event.id not in gone and "from" not in event.data:
            told: dict[str, str] = {}
            for agent, why in _reasons(event, applied, assignee, fields):
                told.setdefault(agent, why)
            noticed = event.data.get("noticed_at")
            at = (parse_time(noticed) if isinstance(noticed, str) else None) or event.instant
            found += [Notice(agent, event.id, at, told[agent]) for agent in told]
        assignee = fields.get("assignee")
    return found


def _reasons(
    event: Event, applied: bool, before: Any, fields: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    """(agent, reason), the strongest first; ``before`` had the ticket, ``fields`` are after it."""
    by, now = event.by, fields.get("assignee")
    if not applied:
        yield by, "too_late"
        if now and now != by:
            yield str(now), "contender"
        return
    doers = {by, event.data.get("entered_by")}
    named = event.data.get("mentions", ())
    yield from ((agent, "mention") for agent in named if agent not in doers)
    named = [who for who in listed(event.data.get("tell")) if isinstance(who, str)]
    why = "ping_pong" if "transfers" in event.data else "told"
    yield from ((agent, why) for agent in named if agent not in doers)
    told: list[tuple[Any, str]] = []
    if now != before:
        told += [(now, "assigned"), (before, "removed")]
    if event.do in TOLD:
        told += [(agent, "watching") for agent in (now, *listed(fields.get("watchers")))]
    out = {None, *doers, *fields.get("muted", ())}
    yield from ((agent, why) for agent, why in told if agent not in out)
