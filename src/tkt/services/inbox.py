"""What has happened that an agent should know of, each thing once, until they have seen it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from tkt.domain.ticket import Ticket
from tkt.errors import Refused
from tkt.named import NamedTuple
from tkt.services import naming
from tkt.services.clocks import occasion
from tkt.storage.personal import Personal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tkt.domain.settings import Settings
    from tkt.storage.desk import Desk

KEPT = timedelta(days=30)
"""Nobody is told any more of what is older."""
_SEEN = "seen"


class Entry(NamedTuple):
    """One thing to know of: on which ticket, what happened, and why one is told.

    ``about`` is what it is about that came by itself, see :func:`tkt.services.clocks.occasion`.
    """

    ticket: str
    title: str
    event: str
    at: datetime
    by: str
    action: str
    why: str
    text: str | None
    seen: bool
    about: dict[str, Any]


def whose(settings: Settings, said: str | None, *, me: str, ack: bool) -> str:
    """Whose inbox or day is meant: one's own, else that of the agent who was named.

    What is in somebody else's inbox can be read, but only they can say that they have seen it.
    """
    agent = me if said is None or said in naming.ME_WORDS else naming.agent_named(settings, said)
    if ack and agent != me:
        raise Refused("inbox.not_yours", name=agent)
    return agent


def entries(
    desk: Desk,
    agent: str,
    *,
    now: datetime,
    seen: bool = False,
    limit: int | None = None,
    tickets: Sequence[str] = (),
) -> list[Entry]:
    """An agent's inbox, the newest first; what has been ``seen`` only if asked for.

    With ``tickets`` only what concerns these.
    """
    wanted = {desk.find(reference) for reference in tickets}
    chosen = (
        (num, event_id, why, is_seen)
        for num, ticket_id, event_id, why, is_seen in _notices(desk, agent, now)
        if (seen or not is_seen) and (not wanted or ticket_id in wanted)
    )
    return [_entry(desk, now, *each) for each in islice(chosen, limit)]


def _notices(desk: Desk, agent: str, now: datetime) -> Iterator[tuple[int, str, str, str, bool]]:
    """(number, ticket, event, why, whether it was seen) of all that an agent is told of."""
    known = Personal(desk.git, agent).load(_SEEN)
    for num, ticket_id, event_id, why in desk.index.select(_NOTICES, (agent, _since(now))):
        yield num, ticket_id, event_id, why, f"{ticket_id}/{event_id}" in known


_NOTICES = (
    "SELECT num, tickets.id, event, why FROM notices JOIN tickets USING (num)"
    " JOIN events USING (num) WHERE events.id = event AND agent = ? AND notices.at >= ?"
    " ORDER BY notices.at DESC, num DESC, events.at DESC, event DESC"
)


def _since(now: datetime) -> int:
    return int((now - KEPT).timestamp())


def _entry(desk: Desk, now: datetime, num: int, event_id: str, why: str, seen: bool) -> Entry:
    (doc,) = next(desk.index.select("SELECT doc FROM docs WHERE num = ?", (num,)))
    ticket = Ticket.of(json.loads(doc))
    event = ticket.event(event_id)
    assert event
    at = event.instant.astimezone(desk.settings.zone).replace(microsecond=0)
    about = occasion(desk, ticket, event, now)
    if about and (flow := ticket.fields.get("workflow")):
        about["workflow"] = flow
    return Entry(
        ticket.id, ticket.title, event_id, at, event.by, event.do, why, event.text, seen, about
    )


def count(desk: Desk, agent: str, *, now: datetime) -> int:
    """How many things an agent has not seen yet."""
    return sum(not is_seen for *_, is_seen in _notices(desk, agent, now))


def acknowledge(desk: Desk, agent: str, seen: Iterable[Entry], *, now: datetime) -> None:
    """These have been seen; what nobody is told of any more is forgotten as well."""
    personal = Personal(desk.git, agent)
    since = _since(now)
    known = {key: at for key, at in personal.load(_SEEN).items() if _is_recent(at, since)}
    known.update((f"{entry.ticket}/{entry.event}", int(entry.at.timestamp())) for entry in seen)
    personal.save(_SEEN, known)


def _is_recent(at: object, since: int) -> bool:
    return isinstance(at, int) and at >= since
