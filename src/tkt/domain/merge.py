"""Two versions of one ticket become one: never a conflict, never an event lost.

Timelines are united by event id and folded again, so where both sides set one field the later
event wins and both stay in the timeline. That the sides disagreed is itself recorded, as an event
that either clone computes alike (its id is derived from the events in dispute), so that the ticket
shows ``contested`` until somebody sets the field again.

Laws, tested: ``merge(b, x, y) == merge(b, y, x)``, ``merge(b, x, x) == x``, ``merge(b, b, x) == x``
and every event of both sides is in the result.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from tkt.domain import ids
from tkt.domain.fields import differing, in_order
from tkt.domain.ticket import WAKING, Event, Ticket, fold, in_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ACTOR = "tkt"
"""Who stands behind the events that a merge adds."""


def merge(base: Ticket | None, ours: Ticket, theirs: Ticket) -> Ticket:
    """One ticket out of two that grew from ``base`` (None: both are new, with the same opening)."""
    known = {e.id: e for e in base.events} if base else {}
    mine, other = ({e.id: e for e in side.events} for side in (ours, theirs))
    united: dict[str, Event] = {}
    for event in (*known.values(), *mine.values(), *other.values()):
        held = united.setdefault(event.id, event)
        if held is not event and event.id not in known:
            united[event.id] = max(held, event, key=_weight)
    new_here = in_time(e for e in mine.values() if e.id not in other and e.id not in known)
    new_there = in_time(e for e in other.values() if e.id not in mine and e.id not in known)
    events = in_time(united.values())
    for extra in _verdicts(events, new_here, new_there):
        if extra.id not in united:
            events = in_time((*events, extra))
    fields = Ticket.folded(ours.id, events).fields
    return Ticket(ours.id, _with_edits(fields, (ours, new_there), (theirs, new_here)), events)


def _with_edits(
    fields: Mapping[str, Any], *sides: tuple[Ticket, tuple[Event, ...]]
) -> Mapping[str, Any]:
    """``fields`` with what a person changed at the top of a side without recording it.

    Such an edit was committed by hand, past ``tkt commit``. It stays, for ``tkt check`` to name and
    ``tkt doctor`` to record, unless the other side has set the same field since.
    """
    edits: dict[str, Any] = {}
    for side, new_elsewhere in sides:
        later = _last_setters(new_elsewhere)
        for name, value in differing(fold(side.events), side.fields).items():
            if name not in later:
                held = edits.setdefault(name, value)
                edits[name] = max(held, value, key=repr)
    if not edits:
        return fields
    changed = {**fields, **edits}
    return in_order({name: value for name, value in changed.items() if value is not None})


def _weight(event: Event) -> str:
    """Which of two contents under one event id is kept, where no common ancestor decides."""
    return json.dumps(event.data, ensure_ascii=False, sort_keys=True)


def _verdicts(
    events: tuple[Event, ...], here: tuple[Event, ...], there: tuple[Event, ...]
) -> list[Event]:
    """The events that the merge itself adds: a contest, and a return from the archive."""
    if not here or not there:
        return []
    added: list[Event] = []
    last_here, last_there = _last_setters(here), _last_setters(there)
    contested = sorted(
        name
        for name in last_here.keys() & last_there.keys()
        if name != "archived" and last_here[name][1] != last_there[name][1]
    )
    if contested:
        causes = {side[name][0].id for name in contested for side in (last_here, last_there)}
        added.append(_event(events, "contest", causes, {"add": {"contested": contested}}))
    archivers = [(e, there) for e in here if _archives(e)] + [
        (e, here) for e in there if _archives(e)
    ]
    wakers = {w.id for _, others in archivers for w in others if w.do in WAKING}
    if wakers and "archived" in Ticket.folded("", events).fields:
        causes = wakers | {e.id for e, _ in archivers}
        added.append(_event((*events, *added), "restore", causes, {}))
    return added


def _last_setters(events: Iterable[Event]) -> dict[str, tuple[Event, Any]]:
    last: dict[str, tuple[Event, Any]] = {}
    for event in events:
        for name, value in event.data.get("set", {}).items():
            last[name] = (event, value)
    return last


def _archives(event: Event) -> bool:
    return bool(event.data.get("set", {}).get("archived"))


def _event(
    events: tuple[Event, ...], do: str, causes: Iterable[str], payload: Mapping[str, Any]
) -> Event:
    """An event at the time of the last one; every clone that merges these sides makes it alike."""
    latest = max(events, key=lambda e: e.order)
    same_second = [e.id for e in events if e.instant == latest.instant]
    event_id = ids.event_after(same_second, tail=ids.tail_from(checksum(do, *sorted(causes))))
    data = {"id": event_id, "at": latest.data["at"], "by": ACTOR, "do": do, **payload}
    return Event(data, latest.instant)


def checksum(*texts: str) -> int:
    """64 bits that every clone computes alike from the same texts; not a secret."""
    raw = "\0".join(texts).encode()
    return zlib.crc32(raw) << 32 | zlib.adler32(raw)


def are_different(ours: Ticket, theirs: Ticket) -> bool:
    """Whether two tickets merely share an id: both are new and were opened by different events."""
    return ours.opening.id != theirs.opening.id


def later_of(ours: Ticket, theirs: Ticket) -> tuple[Ticket, Ticket]:
    """(the one that keeps the id, the one that is renumbered): the earlier opening keeps it."""
    first, second = sorted((ours, theirs), key=lambda t: (*t.opening.order, _weight(t.opening)))
    return first, second


def renumber(ticket: Ticket, new_id: str) -> Ticket:
    """The ticket under ``new_id``; its old id is kept in ``formerly`` and leads to it."""
    event = _event(
        ticket.events,
        "renumber",
        [ticket.opening.id, new_id],
        {"from": ticket.id, "add": {"formerly": [ticket.id]}},
    )
    return Ticket.folded(new_id, (*ticket.events, event))
