"""Links between tickets, several that become one, and one that becomes two.

What was said on a ticket is carried to another as copies with their author and time. A copy's id is
made of the original's, so whoever carries it, on whatever clone, carries the same event: carrying
twice is carrying once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from tkt.domain import ids
from tkt.domain.actions.changing import altered
from tkt.domain.actions.event import check_unmerged, new_event
from tkt.domain.actions.talking import KEPT, opened
from tkt.domain.change import Change
from tkt.domain.facts import CUSTOMER
from tkt.domain.merge import behind
from tkt.domain.ticket import Event, Ticket, taken_back
from tkt.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tkt.domain.actions.event import Doing
    from tkt.domain.workflow import Workflow

NamedBy = Callable[[str, str], Iterable[str]]
"""(field, id) to the ids of the tickets that this field of that ticket names."""

KINDS = {"relates": "relates", "blocks": "blocks", "duplicates": "duplicate_of", "child": "parent"}
"""How one ticket may relate to another, and the field of the first that says so."""

_LISTED = ("relates", "blocks")
_SINGLE = ("parent", "duplicate_of")
_SAID = ("message", "reply", "note")

# -- links ------------------------------------------------------------------------------------


def linked(
    ticket: Ticket,
    doing: Doing,
    *,
    kind: str,
    other: str,
    named_by: NamedBy,
    reason: str | None = None,
) -> Change:
    """A link of one :data:`KINDS` to the ticket ``other``.

    Refused for a second link of the same sort, and where links would lead round in a circle.
    """
    name = KINDS[kind]
    if other == ticket.id:
        raise Refused("link.itself", id=ticket.id)
    if name in _LISTED:
        if other in ticket.fields.get(name, ()):
            raise Refused("link.there_already", id=ticket.id, other=other)
        if name == "relates" and ticket.id in named_by(name, other):
            raise Refused("link.there_already", id=ticket.id, other=other)
        check_circle(name, ticket.id, other, named_by)
        return altered(ticket, doing, do="link", wanted={}, add={name: [other]}, reason=reason)
    held = ticket.fields.get(name)
    if held == other:
        raise Refused("link.there_already", id=ticket.id, other=other)
    if held is not None:
        raise Refused("link.another", id=ticket.id, other=held, kind=kind)
    check_circle(name, ticket.id, other, named_by)
    return altered(ticket, doing, do="link", wanted={name: other}, reason=reason)


def unlinked(
    ticket: Ticket, doing: Doing, *, kind: str, other: str, reason: str | None = None
) -> Change:
    """A link taken away; Refused if there is none."""
    name = KINDS[kind]
    if name in _LISTED and other in ticket.fields.get(name, ()):
        return altered(ticket, doing, do="unlink", wanted={}, remove={name: [other]}, reason=reason)
    if name not in _LISTED and ticket.fields.get(name) == other:
        return altered(ticket, doing, do="unlink", wanted={name: None}, reason=reason)
    raise Refused("link.none", id=ticket.id, other=other)


def loosened(ticket: Ticket, name: str, other: str, made: Event) -> Change:
    """The end of a link that closes a circle; every clone that sees the circle records it alike.

    It stands right behind the event that ``made`` the link.
    """
    payload = {"remove": {name: [other]}} if name in _LISTED else {"set": {name: None}}
    event = behind("unlink", [made], payload, about=f"{name} {other}")
    after = ticket.after(event)
    return Change("unlink", ticket, after, (event,), tail=f"{name} {other}", reason="a circle")


def check_circle(name: str, start: str, other: str, named_by: NamedBy) -> None:
    """Refused if links of the field ``name`` lead from ``other`` back to ``start``.

    To be related is no direction, and leads nowhere.
    """
    if name != "relates" and way_back(name, start, other, named_by):
        raise Refused("link.circle", id=start, other=other)


def way_back(name: str, start: str, other: str, named_by: NamedBy) -> list[str]:
    """The tickets by which links of the field ``name`` lead from ``other`` to ``start``.

    Both are on the way; it is empty where there is none.
    """
    seen: set[str] = set()
    ways = [[other]]
    while ways:
        way = ways.pop()
        if way[-1] == start:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways += [[*way, further] for further in named_by(name, way[-1])]
    return []


# -- merging ----------------------------------------------------------------------------------


def merged(
    source: Ticket,
    target: Ticket,
    doing: Doing,
    *,
    flow_of: Callable[[Ticket], Workflow],
    reason: str | None = None,
) -> tuple[Change, Change]:
    """(the change of ``target``, that of ``source``): the one becomes part of the other.

    Everything said on the source stands on the target as well, and whoever watched it watches that.
    What linked the target to the source would now link it to itself, and goes.
    """
    _check_merge(source, target, flow_of)
    copies = carried(source, target)
    earlier = [
        event.id
        for event in target.events
        if event.do == "undo" and _merge_of(target, source.id, event.data.get("undoes", ()))
    ]
    held = target.fields.get("watchers", ())
    watchers = [name for name in source.fields.get("watchers", ()) if name not in held]
    event = new_event(
        (*target.events, *copies),
        doing,
        "merge",
        source=source.id,
        undoes=[i for i in earlier if i not in taken_back(target.events)],
        set={name: None for name in _SINGLE if target.fields.get(name) == source.id},
        add={"watchers": watchers} if watchers else {},
        remove={n: [source.id] for n in _LISTED if source.id in target.fields.get(n, ())},
        why=reason,
    )
    events = (event, *copies)
    into = Change(
        "merge", target, target.after(*events), events, tail=f"<- {source.id}", reason=reason
    )
    away = altered(source, doing, do="merge", wanted={"merged_into": target.id}, reason=reason)
    return into, away._replace(tail=f"-> {target.id}")


def _check_merge(source: Ticket, target: Ticket, flow_of: Callable[[Ticket], Workflow]) -> None:
    if source.id == target.id:
        raise Refused("merge.itself", id=source.id)
    for ticket in (source, target):
        check_unmerged(ticket)
        if flow_of(ticket).category_of(ticket.status) == "closed":
            raise Refused("merge.closed", id=ticket.id)


def _merge_of(ticket: Ticket, source: str, event_ids: Sequence[str]) -> bool:
    """Whether one of these events is the merge of ``source`` into ``ticket``."""
    found = (ticket.event(event_id) for event_id in event_ids)
    return any(e and e.do == "merge" and e.data.get("source") == source for e in found)


def carried(source: Ticket, target: Ticket) -> list[Event]:
    """What was said on ``source`` and is not on ``target`` yet, as events of ``target``.

    What came from there, and has not been moved away since, is there.
    """
    there = {event.id for event in target.events}
    there |= {_copy_id(target.id, event.id) for event in _unmoved(target)}
    copies = (_copied(event, source.id) for event in _standing(source))
    return [copy for copy in copies if copy.id not in there]


def _unmoved(ticket: Ticket) -> list[Event]:
    """The events that no split has moved to another ticket."""
    gone = taken_back(ticket.events)
    moved = {i for e in ticket.events if e.id not in gone for i in e.data.get("moved", ())}
    return [event for event in ticket.events if event.id not in moved]


def _copy_id(source: str, event_id: str) -> str:
    return event_id + ids.tail_from(ids.checksum("copy", source, event_id))


def _standing(ticket: Ticket) -> list[Event]:
    gone = taken_back(ticket.events)
    return [e for e in ticket.events if e.text and e.do != "draft" and e.id not in gone]


def _copied(event: Event, source: str) -> Event:
    """An event as it stands on another ticket: who said it, when, and what, and nothing else."""
    kind = event.do if event.do in _SAID else ("message" if event.by == CUSTOMER else "note")
    is_copy = "from" in event.data  # carried on, it stays the same, whatever way it takes
    data: dict[str, Any] = {
        "id": event.id if is_copy else _copy_id(source, event.id),
        "at": event.data["at"],
        "by": event.by,
        "do": kind,
    }
    data.update((key, event.data[key]) for key in ("via", "entered_by") if key in event.data)
    data["from"] = event.data.get("from", source)
    data["text"] = event.text
    return Event(data, event.instant)


# -- splitting --------------------------------------------------------------------------------


def split(
    ticket: Ticket,
    doing: Doing,
    *,
    at: Event,
    new_id: str,
    flow: Workflow,
    fields: Mapping[str, Any],
) -> tuple[Change, Change]:
    """(the new ticket, the change of the old one): what was said from ``at`` on goes to a new one.

    ``fields`` are those of the new ticket beside what it has from the old one; its title is needed.
    """
    check_unmerged(ticket)
    if not can_move(ticket, at):
        raise Refused("split.not_here", id=ticket.id)
    going = [event for event in _standing(ticket) if event.order >= at.order]
    kept = {name: ticket.fields[name] for name in KEPT if name in ticket.fields}
    first = {"title": fields["title"], "status": flow.initial.name, **kept, **fields}
    opening = opened(new_id, doing, fields={**first, "split_from": ticket.id}, text=None)
    copies = [_copied(event, ticket.id) for event in going]
    new = opening.after.after(*copies)
    made = Change("open", None, new, (*opening.events, *copies), tail=new.title)
    event = new_event(ticket.events, doing, "split", into=new_id, moved=[each.id for each in going])
    left = Change("split", ticket, ticket.after(event), (event,), tail=f"-> {new_id}")
    return made, left


def can_move(ticket: Ticket, event: Event) -> bool:
    """Whether a ticket can be split at an event: something was said there, and something before."""
    standing = _standing(ticket)
    return event in standing and event != standing[0] and event.do in _SAID
