"""Which notices are new since the last time, and by which ways they go to whom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tkt.domain.fields import listed
from tkt.domain.ids import FOLDERS, id_in_path, number_of
from tkt.domain.notices import notices_of
from tkt.domain.plaintext import one_line
from tkt.domain.routing.because import Because
from tkt.domain.routing.wording import sentence
from tkt.domain.telling.message import key_of
from tkt.domain.telling.plans import plans
from tkt.domain.telling.posted import New
from tkt.domain.telling.timing import digest_at
from tkt.errors import BadData
from tkt.named import NamedTuple
from tkt.services.clocks import occasion
from tkt.storage.git import exists
from tkt.storage.layout import TEAM
from tkt.storage.reading import LIMIT, read_ticket

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from tkt.domain.telling.plans import Plan
    from tkt.domain.ticket import Event, Ticket
    from tkt.storage.desk import Desk

FIRST = timedelta(hours=24)
"""So far back the first look on a clone goes."""
LATE = timedelta(days=7)
"""What is older is told to nobody, however late it comes to be known."""
_SHOWN = 400
"""Cells of what was said that a message has."""
_BY_MERGING = ("too_late", "contender")
"""Notices that an event may give long after it was first seen, when an earlier one turns up."""


class _Told(NamedTuple):
    """One notice: of which event of which ticket, to whom, why."""

    ticket: str
    event: str
    recipient: str
    why: str


def look(desk: Desk, cursor: str | None, *, now: datetime) -> tuple[list[New], str]:
    """The messages that the notices since the commit ``cursor`` make, and the commit looked at.

    Without a cursor these are the notices of the last day; of the last week if its commit is there
    no more. BadData if team.yaml is not sound: whom to tell could not be known for certain.
    """
    head = desk.index.commit
    assert head
    settings = desk.settings
    for fault in desk.known_setting_faults:
        if fault.path == TEAM:
            raise fault
    wanted = plans(settings)
    since = now - (FIRST if cursor is None else LATE)
    found = list(_notices(desk, wanted, int(since.timestamp())))
    if cursor is not None and found and desk.git.resolve(cursor) is not None:
        found = _new_since(desk, cursor, head, found)
    made: list[New] = []
    known: dict[str, tuple[Ticket, int | None]] = {}
    for told in found:
        if told.ticket not in known:
            known[told.ticket] = desk.ticket(told.ticket), _due(desk, told.ticket)
        made += _messages(desk, told, wanted[told.recipient], known[told.ticket], now)
    return made, head


def unheard(desk: Desk, *, now: datetime) -> int:
    """How many notices there were in the last day, whoever they were for."""
    sql = "SELECT count(*) FROM notices WHERE at >= ?"
    count: int = next(desk.index.select(sql, (int((now - FIRST).timestamp()),)))[0]
    return count


def _notices(desk: Desk, wanted: dict[str, Plan], since: int) -> Iterator[_Told]:
    """What the index knows that those who can be reached want to be told."""
    sql = (
        "SELECT tickets.id, event, why FROM notices JOIN tickets USING (num)"
        " JOIN events USING (num) WHERE events.id = event AND agent = ? AND notices.at >= ?"
        " ORDER BY notices.at, num, events.at, event"
    )
    for recipient, plan in wanted.items():
        for ticket, event, why in desk.index.select(sql, (recipient, since)):
            if why in plan.on:
                yield _Told(ticket, event, recipient, why)


def _new_since(desk: Desk, cursor: str, head: str, found: Iterable[_Told]) -> list[_Told]:
    """Those that the tickets of an older commit did not give yet, whatever time they bear."""
    old: dict[str, tuple[str, str]] = {}
    changed: set[str] = set()
    for path, before, after, _, _ in desk.git.changed(cursor, head, *FOLDERS):
        ticket_id = id_in_path(path)
        if ticket_id and exists(before):
            old[ticket_id] = path, before
        if ticket_id and exists(after):
            changed.add(ticket_id)
    found = [told for told in found if told.ticket in changed]
    sources = {told.ticket: _sources(desk, told.ticket, old) for told in found}
    wanted = dict.fromkeys(source for each in sources.values() for source in each)
    raws = desk.git.blobs([blob for _, blob in wanted], LIMIT)
    before_of = dict(zip(wanted, map(_read, wanted, raws), strict=True))
    return [
        told
        for told in found
        if not any(_gave(before_of[source], told) for source in sources[told.ticket])
    ]


def _sources(desk: Desk, ticket_id: str, old: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """The older files of a ticket, also under an id that it had before it was renumbered."""
    names = [ticket_id, *map(str, listed(desk.ticket(ticket_id).fields.get("formerly")))]
    return [old[name] for name in names if name in old]


def _read(source: tuple[str, str], raw: bytes | None) -> Ticket | None:
    try:
        return read_ticket(raw, path=source[0])
    except BadData:
        return None  # what it would have said nobody has been told


def _gave(before: Ticket | None, told: _Told) -> bool:
    """Whether a ticket as it was had the event, and where it matters the notice, already."""
    if before is None or before.event(told.event) is None:
        return False
    if told.why not in _BY_MERGING:
        return True
    return any(
        (notice.event, notice.agent, notice.why) == told[1:] for notice in notices_of(before)
    )


def _messages(
    desk: Desk, told: _Told, plan: Plan, known: tuple[Ticket, int | None], now: datetime
) -> Iterator[New]:
    ticket, due = known
    event = ticket.event(told.event)
    assert event
    at = int(now.timestamp())
    goes = digest_at(plan.digest, now, desk.settings.zone) if plan.digest else now
    key = key_of(told.ticket, told.event, told.recipient, told.why)
    facts = {**_facts(ticket, event, due), **occasion(desk, ticket, event, now)}
    for route in plan.routes:
        yield New(
            key, route.delivery, route.to, told.recipient, told.ticket, told.event, told.why,
            facts, at, int(goes.timestamp()),
        )  # fmt: skip


def _facts(ticket: Ticket, event: Event, due: int | None) -> dict[str, Any]:
    """What a message says of a ticket and of what happened there."""
    fields = ticket.fields
    facts: dict[str, Any] = {"title": one_line(ticket.title), "do": event.do, "by": event.by}
    facts["at"] = event.instant.isoformat()
    for name in ("status", "workflow", "priority", "assignee", "team"):
        if fields.get(name) is not None:
            facts[name] = str(fields[name])
    if reason := event.data.get("why"):
        facts["reason"] = one_line(str(reason), _SHOWN)
    if routed := event.data.get("routed"):
        facts["reason"], facts["because"] = sentence(Because.of(routed)), routed
    if event.text:
        facts["text"] = one_line(event.text, _SHOWN)
    if due is not None:
        facts["due"] = due
    return facts


def _due(desk: Desk, ticket_id: str) -> int | None:
    sql = "SELECT due FROM tickets WHERE num = ?"
    row = next(desk.index.select(sql, (number_of(ticket_id),)), None)
    return row[0] if row else None
