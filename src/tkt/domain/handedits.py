"""What a person changed in a ticket's file, turned into the events that record it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain import ids
from tkt.domain.actions.changing import changed
from tkt.domain.actions.event import new_event
from tkt.domain.actions.talking import opened
from tkt.domain.change import Change
from tkt.domain.fields import TIMELINE, alike, differing, parse_time
from tkt.domain.shape import Fault
from tkt.domain.ticket import EVENT_KEYS, Event, Ticket
from tkt.domain.workflow import approving
from tkt.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.domain.actions.event import Doing

_KEPT = ("opened", "formerly")
"""Fields that say where a ticket comes from; a hand may not change them."""


def complete(
    doc: Mapping[str, Any],
    old: Ticket | None,
    doing: Doing,
) -> dict[str, Any]:
    """The document with its new timeline entries made whole: id, time, author and kind filled in.

    An entry that somebody jotted down (``- text: 已联系仓库``) becomes a note of theirs, of now.
    """
    timeline = doc.get(TIMELINE)
    if not isinstance(timeline, list):
        timeline = [] if timeline is None and old is None else timeline
    if not isinstance(timeline, list):
        return dict(doc)
    # A new ticket's opening comes first, also when all of it was written in one second.
    first = Event({"id": ids.event_id((), draw=doing.draw)}, doing.at)
    events = list(old.events) if old else [first]
    known = {event.id for event in events}
    whole: list[Any] = []
    for entry in timeline:
        if not isinstance(entry, dict) or entry.get("id") in known:
            whole.append(entry)
            continue
        moment = parse_time(str(entry.get("at", ""))) or doing.at
        theirs = doing._replace(at=moment, by=str(entry.get("by") or doing.by))
        made = new_event(events, theirs, str(entry.get("do") or "note"))
        filled = {**made.data, **{k: v for k, v in entry.items() if v is not None}}
        rest = {key: filled[key] for key in filled if key not in (*EVENT_KEYS, "text")}
        filled = {
            **{key: filled[key] for key in EVENT_KEYS},
            **rest,
            **({"text": filled["text"]} if "text" in filled else {}),
        }
        whole.append(filled)
        events.append(Event(filled, moment))
    return {**doc, TIMELINE: whole}


def opened_by_hand(
    doc: Mapping[str, Any],
    ticket_id: str,
    doing: Doing,
    *,
    status: str,
) -> Change:
    """A ticket whose file somebody wrote by hand: its fields become the opening."""
    fields = {k: v for k, v in doc.items() if k not in ("id", TIMELINE, *_KEPT)}
    fields = {"title": fields.pop("title", None), "status": fields.pop("status", status), **fields}
    first = doing._replace(at=parse_time(str(doc.get("opened", ""))) or doing.at)
    change = opened(ticket_id, first, fields=fields, text=None)
    rest = [Event.of(data) for data in doc.get(TIMELINE) or []]
    if not rest:
        return change
    ticket = change.after.after(*rest)
    return Change("open", None, ticket, (*change.events, *rest), tail=ticket.title)


def recorded(
    old: Ticket,
    doc: Mapping[str, Any],
    doing: Doing,
    *,
    reason: str | None = None,
) -> Change:
    """The change that a hand edit of ``old`` amounts to; ``doc`` is sound in shape and complete.

    Comments and layout are an edit as well, one without an event. Refused if the past was changed:
    an event altered or removed.
    """
    new = _new_events(old, doc)
    ticket = old.after(*new)
    wanted = _wanted_fields(old, ticket, doc)
    changes = differing(ticket.fields, wanted)
    for name in _KEPT:
        if name in changes:
            raise Refused("commit.kept", id=old.id, field=name)
    if not changes:
        if not new:
            return Change("edit", old, old, (), tail="(comments and layout)", reason=reason)
        action = new[-1].do if len(new) == 1 else "edit"
        return Change(action, old, ticket, new, reason=reason)
    made = changed(ticket, doing, wanted=changes, reason=reason, do="edit")
    return Change("edit", old, made.after, (*new, *made.events), tail=made.tail, reason=reason)


def _new_events(old: Ticket, doc: Mapping[str, Any]) -> tuple[Event, ...]:
    """The entries that were added; Refused if a recorded one is gone or says something else."""
    known = {event.id: event.data for event in old.events}
    left = {data["id"] for data in doc[TIMELINE]}
    for event in old.events:
        if event.id not in left:
            raise Refused("commit.removed", id=old.id, event=event.id)
    for data in doc[TIMELINE]:
        if not alike(data, known.get(data["id"], data)):
            raise Refused("commit.altered", id=old.id, event=data["id"])
        if data["id"] not in known and (data["id"].startswith(ids.SWEPT) or "rule" in data):
            raise Refused("commit.automatic", id=old.id, event=data["id"])
        if data["id"] not in known and data["do"] == approving.KIND:
            raise Refused("commit.approval", id=old.id)
    return tuple(Event.of(data) for data in doc[TIMELINE] if data["id"] not in known)


def _wanted_fields(old: Ticket, ticket: Ticket, doc: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as the person left them; one that only the new entries changed is theirs."""
    wanted = {k: v for k, v in doc.items() if k not in ("id", TIMELINE)}
    for name in differing(old.fields, ticket.fields):
        if wanted.get(name) == old.fields.get(name):
            wanted.pop(name, None)
            if name in ticket.fields:
                wanted[name] = ticket.fields[name]
    return wanted


def unknown_status(doc: Mapping[str, Any], known: tuple[str, ...]) -> list[Fault]:
    """A fault if the ticket is in a state that its workflow does not have."""
    status = doc.get("status")
    if status in known:
        return []
    return [
        Fault(
            ("status",),
            "value.unknown",
            {"field": "status", "value": status, "known": ", ".join(known)},
        )
    ]
