"""Two versions of one ticket become one: never a conflict, never an event lost.

Timelines are united by event id and folded again, so where both sides set one field the later
event wins and both stay in the timeline. That the sides disagreed is itself recorded, as an event
that shows the ticket as ``contested`` until somebody sets the field again. Such an event follows
the later of the two in dispute and is made of these two alone, so every clone that merges them, in
whatever order and with whatever else, makes the same one; and who has set the field knowing both
stays the last word.

Laws, tested: ``merge(b, x, y) == merge(b, y, x)``, ``merge(b, x, x) == x``, ``merge(b, b, x) == x``
where x has all events of b, and every event of both sides is in the result.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain import ids
from tkt.domain.fields import alike
from tkt.domain.ticket import WAKING, Event, Ticket, fields_set, fold, in_time, with_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ACTOR = "tkt"
"""Who stands behind the events that a merge adds."""

_Edit = tuple[Any, Any]
_NONE: _Edit = (None, None)


def merge(base: Ticket | None, ours: Ticket, theirs: Ticket) -> Ticket:
    """One ticket out of two that grew from ``base`` (None: both are new, with the same opening)."""
    known, mine, other = (_by_id(side) for side in (base, ours, theirs))
    events = in_time(
        event
        for event_id in sorted(mine.keys() | other.keys())
        for event in _kept(known.get(event_id, ()), mine.get(event_id, ()), other.get(event_id, ()))
    )
    here = in_time(e for i in mine.keys() - other.keys() - known.keys() for e in mine[i])
    there = in_time(e for i in other.keys() - mine.keys() - known.keys() for e in other[i])
    added = _contests(here, there)
    if ours.is_archived != theirs.is_archived:
        added += _returns(here, there) if ours.is_archived else _returns(there, here)
    events = in_time((*events, *(e for e in added if e.id not in mine and e.id not in other)))
    fields: Mapping[str, Any] = fold(events)
    for edits in _edits(base, (ours, there), (theirs, here)):
        fields = with_edits(fields, edits)
    return Ticket(ours.id, fields, events)


def _by_id(ticket: Ticket | None) -> dict[str, tuple[Event, ...]]:
    """The events under each id; more than one only where a person copied an event by hand."""
    found: dict[str, tuple[Event, ...]] = {}
    for event in ticket.events if ticket else ():
        found[event.id] = (*found.get(event.id, ()), event)
    return found


def _kept(known: Sequence[Event], mine: Sequence[Event], other: Sequence[Event]) -> Sequence[Event]:
    """What stands under one event id: what one side changed by hand, else what both have.

    Where both changed it, or each wrote its own, all of it stays, for ``tkt check`` to name.
    """
    if not mine or not other:
        return mine or other
    before, here, there = (sorted(map(_content, side)) for side in (known, mine, other))
    if here == there:
        return min(mine, other, key=_written)
    if before in (here, there):
        return mine if before == there else other
    if all("noticed_at" in event.data for event in (*mine, *other)):
        # The same thing happened by itself on both: who noticed first has recorded it.
        return [min((*mine, *other), key=lambda e: (str(e.data["noticed_at"]), _content(e)))]
    either, replaced = {*here, *there}, {*before} - ({*here} & {*there})
    by_content: dict[str, Event] = {}
    for event in sorted((*mine, *other), key=lambda e: _written([e])):
        by_content.setdefault(_content(event), event)
    return [by_content[content] for content in sorted(either - replaced or either)]


def _content(event: Event) -> str:
    """What an event says, whatever the order of its keys."""
    return json.dumps(event.data, ensure_ascii=False, sort_keys=True)


def _written(events: Sequence[Event]) -> str:
    """What events say, with their keys in the order in which they stand in the file."""
    return json.dumps([event.data for event in events], ensure_ascii=False)


def _edits(
    base: Ticket | None, *sides: tuple[Ticket, tuple[Event, ...]]
) -> tuple[dict[str, _Edit], dict[str, _Edit]]:
    """What persons changed at the top of a side and committed by hand, past ``tkt commit``.

    It stays, for ``tkt check`` to name and ``tkt doctor`` to record, unless one side took it back
    or the other (whose new events come with each side) has set the same field since. Where both
    edited one list, there are two edits to make of it, one after the other.
    """
    before = base.unrecorded if base else {}
    (mine, set_there), (other, set_here) = (
        (side.unrecorded, fields_set(elsewhere)) for side, elsewhere in sides
    )
    edits: dict[str, _Edit] = {}
    more: dict[str, _Edit] = {}
    for name in mine.keys() | other.keys():
        if name in set_here and name in set_there:
            continue
        was = before.get(name, _NONE)
        here = was if name in set_there else mine.get(name, _NONE)
        there = was if name in set_here else other.get(name, _NONE)
        if alike(list(here), list(there)):
            edits[name] = here
        elif alike(list(was), list(here)) or alike(list(was), list(there)):
            edits[name] = there if alike(list(was), list(here)) else here
        else:
            edits[name], more[name] = sorted((here, there), key=_edit_weight)
            if not isinstance(here[1] or there[1], list):
                edits[name] = more.pop(name)
    return {name: edit for name, edit in edits.items() if edit != _NONE}, more


def _edit_weight(edit: _Edit) -> tuple[bool, str]:
    return edit[1] is not None, json.dumps(edit, ensure_ascii=False, sort_keys=True)


def _contests(here: Sequence[Event], there: Sequence[Event]) -> list[Event]:
    """For each field that both sides set, to different values: that they did."""
    mine, other = _last_setters(here), _last_setters(there)
    added = []
    for name in sorted(mine.keys() & other.keys() - {"archived"}):
        ((one, wanted), (two, instead)) = mine[name], other[name]
        if "if" in one.data and "if" in two.data:
            continue  # both said when they were to have effect: that settles it
        if not alike(wanted, instead):
            added.append(behind("contest", [one, two], {"add": {"contested": [name]}}, about=name))
    return added


def _returns(closing: Sequence[Event], talking: Sequence[Event]) -> Iterable[Event]:
    """The return from the archive of a ticket that one side archived while the other went on."""
    archivers = [event for event in closing if event.data.get("set", {}).get("archived")]
    wakers = [event for event in talking if event.do in WAKING]
    if archivers and wakers and wakers[-1].order < archivers[-1].order:
        yield behind("restore", [archivers[-1], wakers[-1]], {})


def _last_setters(events: Iterable[Event]) -> dict[str, tuple[Event, Any]]:
    last: dict[str, tuple[Event, Any]] = {}
    for event in events:
        for name, value in event.data.get("set", {}).items():
            last[name] = (event, value)
    return last


def behind(
    do: str, causes: Sequence[Event], payload: Mapping[str, Any], *, about: str = ""
) -> Event:
    """An event right behind the last of its causes; every clone that knows these makes it alike."""
    latest = max(causes, key=lambda event: event.order)
    seed = ids.checksum(do, about, *sorted(event.id for event in causes))
    # Longer than its cause's id: it stands behind that, and before whatever came next.
    event_id = latest.id + ids.tail_from(seed)
    data = {"id": event_id, "at": latest.data["at"], "by": ACTOR, "do": do, **payload}
    return Event(data, latest.instant)


def are_different(ours: Ticket, theirs: Ticket) -> bool:
    """Whether two tickets merely share an id: both are new and were opened by different events."""
    return ours.opening.id != theirs.opening.id


def later_of(ours: Ticket, theirs: Ticket) -> tuple[Ticket, Ticket]:
    """(the one that keeps the id, the one that is renumbered): the earlier opening keeps it."""
    first, second = sorted((ours, theirs), key=lambda t: (*t.opening.order, _content(t.opening)))
    return first, second


def renumber(ticket: Ticket, new_id: str) -> Ticket:
    """The ticket under ``new_id``; its old id is kept in ``formerly`` and leads to it.

    It is recorded right behind the opening, so that clones which renumber it at different points
    of its life record the same event.
    """
    event = behind(
        "renumber",
        [ticket.opening],
        {"from": ticket.id, "add": {"formerly": [ticket.id]}},
        about=new_id,
    )
    return Ticket(new_id, ticket.fields, ticket.events).after(event)
