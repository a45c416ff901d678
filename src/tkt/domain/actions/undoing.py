"""The opposite of what was done, as one more event: history only grows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.actions.changing import altered
from tkt.domain.actions.relating import carried, check_circle
from tkt.domain.change import Change
from tkt.domain.fields import LINKS, alike, listed
from tkt.domain.routing import ROUTER
from tkt.domain.ticket import WAKING, fields_set, replay, taken_back
from tkt.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tkt.domain.actions.event import Doing
    from tkt.domain.actions.relating import NamedBy
    from tkt.domain.ticket import Event, Ticket

FINAL = ("open", "message", "reply", "auto_reply", "bot", "helped")
"""What cannot be taken back: a customer has said it, or been told it."""
_OURS = ("contest", "restore", "renumber")
"""What merging clones has added."""


def undone(
    ticket: Ticket,
    event: Event,
    doing: Doing,
    *,
    named_by: NamedBy,
    reason: str | None = None,
) -> Change:
    """What ``event`` did to fields is as it was before, and what it said no longer counts.

    Refused where that cannot be: a customer knows of it, it had no effect, it is taken back
    already, somebody has changed the same field since, or links would lead round in a circle.
    To whom routing gave the ticket because of it is taken back with it.
    """
    _check(ticket, event)
    before = ticket.before(event)
    data = event.data
    routed = _routed(ticket, event)
    changes = {**data.get("set", {}), **(routed.data["set"] if routed else {})}
    wanted: dict[str, Any] = {}
    for name in sorted({*changes, *_woken(event, before)}):
        made = changes.get(name)
        if not alike(ticket.fields.get(name), made):
            raise Refused("undo.changed_since", id=ticket.id, field=name)
        wanted[name] = before.get(name)
    add = _items(data.get("remove", {}), before, held=True)
    remove = _items(data.get("add", {}), before, held=False)
    for name in LINKS:
        for other in (*listed(wanted.get(name)), *add.get(name, ())):
            check_circle(name, ticket.id, other, named_by)
    return altered(
        ticket,
        doing,
        do="undo",
        wanted=wanted,
        add=add,
        remove=remove,
        reason=reason,
        payload={"undoes": [event.id, *([routed.id] if routed else [])]},
    )._replace(tail=event.do)


def _routed(ticket: Ticket, event: Event) -> Event | None:
    """What routing did right after an event that let somebody be found for the ticket."""
    if not fields_set([event]) & {"assignee", "team", "status"}:
        return None
    later = iter(ticket.events)
    after = next(later, None) if any(each.id == event.id for each in later) else None
    if after is None or after.by != ROUTER:
        return None
    return after if fields_set([after]) & {"assignee", "team"} else None


def undone_all(
    ticket: Ticket,
    events: Sequence[Event],
    doing: Doing,
    *,
    named_by: NamedBy,
    reason: str | None = None,
) -> Change:
    """The same for events that were one action, the last first; Refused if one cannot be."""
    current = ticket
    made: list[Event] = []
    for event in reversed(events):
        change = undone(current, event, doing, named_by=named_by, reason=reason)
        current = change.after
        made += change.events
    return Change("undo", ticket, current, tuple(made), tail="macro", reason=reason)


def unmerged(
    source: Ticket,
    target: Ticket,
    doing: Doing,
    *,
    named_by: NamedBy,
    reason: str | None = None,
) -> tuple[Change, Change]:
    """(the change of ``target``, that of ``source``): they are two tickets again.

    A link between them that the merge took away is back, unless it would close a circle by now.
    """
    gone = taken_back(target.events)
    merge = next(
        (e for e in reversed(target.events)
         if e.do == "merge" and e.data.get("source") == source.id and e.id not in gone),
        None,
    )  # fmt: skip
    if merge is None:
        raise Refused("undo.no_merge", id=source.id, into=target.id)
    known = {event.id for event in target.events}
    copies = _copies(source, target, known)
    back = altered(
        target,
        doing,
        do="undo",
        wanted={
            name: source.id
            for name in merge.data.get("set", ())
            if name not in target.fields and _is_open(name, target.id, source.id, named_by)
        },
        add={
            name: items
            for name, items in merge.data.get("remove", {}).items()
            if _is_open(name, target.id, source.id, named_by)
        },
        remove=_items(merge.data.get("add", {}), target.before(merge), held=False),
        reason=reason,
        payload={"undoes": [merge.id, *copies]},
    )._replace(tail=f"merge of {source.id}")
    theirs = [e.id for e in source.events if e.data.get("set", {}).get("merged_into") == target.id]
    away = altered(
        source,
        doing,
        do="undo",
        wanted={"merged_into": None},
        reason=reason,
        payload={"undoes": theirs[-1:]},
    )
    return back, away._replace(tail=f"merge into {target.id}")


def _is_open(name: str, start: str, other: str, named_by: NamedBy) -> bool:
    """Whether a link closes no circle."""
    try:
        check_circle(name, start, other, named_by)
    except Refused:
        return False
    return True


def unsplit(
    ticket: Ticket, split: Event, new: Ticket, doing: Doing, *, reason: str | None = None
) -> tuple[Change, Change]:
    """(the change of ``ticket``, that of ``new``): what went to a new ticket is back.

    What has been said on the new one since comes along.
    """
    _check(ticket, split)
    if new.is_merged:
        raise Refused("ticket.merged", id=new.id, into=new.fields["merged_into"])
    undo = altered(
        ticket, doing, do="undo", wanted={}, reason=reason, payload={"undoes": [split.id]}
    )
    copies = carried(new, undo.after)
    back = undo._replace(
        after=undo.after.after(*copies),
        events=(*undo.events, *copies),
        tail=f"split to {new.id}",
    )
    away = altered(new, doing, do="undo", wanted={"merged_into": ticket.id}, reason=reason)
    return back, away._replace(tail=f"-> {ticket.id}")


def _copies(source: Ticket, target: Ticket, known: set[str]) -> list[str]:
    """The ids of those events of ``target`` that were carried there from ``source``."""
    blank = target._replace(events=())
    return [copy.id for copy in carried(source, blank) if copy.id in known]


def _check(ticket: Ticket, event: Event) -> None:
    if event.do in FINAL:
        raise Refused(f"undo.{event.do}", id=ticket.id)
    if event.do in _OURS:
        raise Refused("undo.ours", id=ticket.id, do=event.do)
    if event.do == "undo" and _is_of_two(ticket, event):
        raise Refused("undo.merge_again", id=ticket.id)
    if event.id in taken_back(ticket.events):
        raise Refused("undo.already", id=ticket.id, do=event.do)
    applied = {each.id: done for each, done in replay(ticket.events, {})}
    if not applied[event.id]:
        raise Refused("undo.no_effect", id=ticket.id, do=event.do)


def _is_of_two(ticket: Ticket, event: Event) -> bool:
    """Whether an event took back a merge or a split, which concerns another ticket as well."""
    undone = (ticket.event(event_id) for event_id in event.data.get("undoes", ()))
    parted = any(e and e.do in ("merge", "split") for e in undone)
    return parted or "merged_into" in event.data.get("set", {})


def _woken(event: Event, before: Mapping[str, Any]) -> Iterable[str]:
    """``archived`` where the event brought the ticket back from the archive."""
    return fields_set([event]) & {"archived"} if event.do in WAKING and "archived" in before else ()


def _items(
    part: Mapping[str, list[str]], before: Mapping[str, Any], *, held: bool
) -> dict[str, list[str]]:
    """Of the items that an event added or removed those that it really did."""
    picked = {
        name: [item for item in items if (item in listed(before.get(name))) is held]
        for name, items in part.items()
    }
    return {name: items for name, items in picked.items() if items}
