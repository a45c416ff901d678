"""What a ticket file must look like: every fault, each with the place in the file it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.fields import (
    FIELDS,
    TIMELINE,
    differing,
    is_field_name,
    is_plain,
    parse_time,
    problem_with,
)
from tkt.domain.payload import payload_faults
from tkt.domain.ticket import EVENT_KEYS, Event, Ticket, fold
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_KNOWN = frozenset((*EVENT_KEYS, "text", "set", "add", "remove"))

Where = tuple[str | int, ...]
"""A place in a document: the keys and positions that lead there."""


CAUTIONS = frozenset({
    "calendar.minute_short", "calendar.unpublished", "check.behind", "check.left",
    "classify.twice", "config.name_twice", "kb.alike", "kb.overdue", "masking.unmasked",
    "roster.gap", "roster.long_week", "roster.short_rest", "roster.unplanned",
    "training.retired", "training.stranger",
})  # fmt: skip
"""Faults that spoil nothing: worth knowing, but what they stand in serves, and no check fails."""


class Fault(NamedTuple):
    """One thing wrong with a document: where, the text key that says what, its parameters."""

    where: Where
    key: str
    params: Mapping[str, object] = {}


def breaks(doc: object, *, ticket_id: str) -> list[Fault]:
    """Faults that leave no usable ticket: wrong types, missing keys, impossible values."""
    if not isinstance(doc, dict):
        return [Fault((), "ticket.not_mapping")]
    faults = []
    if doc.get("id") != ticket_id:
        faults.append(Fault(("id",), "ticket.wrong_id", {"id": ticket_id, "found": doc.get("id")}))
    for name, value in doc.items():
        if name in ("id", TIMELINE):
            continue
        if name not in FIELDS and not is_field_name(name):
            faults.append(Fault((name,), "field.bad_name", {"field": name}))
        elif key := problem_with(name, value):
            faults.append(_wrong((name,), key, value))
    faults += [
        Fault((), "field.missing", {"field": n})
        for n in ("title", "status", "opened")
        if n not in doc
    ]
    timeline = doc.get(TIMELINE)
    if not isinstance(timeline, list) or not timeline:
        return [*faults, Fault((TIMELINE,) if TIMELINE in doc else (), "ticket.no_timeline")]
    for position, event in enumerate(timeline):
        faults += _event_breaks(event, (TIMELINE, position))
    return faults


def _wrong(where: Where, key: str, value: object) -> Fault:
    """A value that a field cannot hold; not shown where it is nothing that can be."""
    return Fault(where, key, {"field": where[-1], "value": value if is_plain(value) else "…"})


def _event_breaks(event: object, where: Where) -> list[Fault]:
    if not isinstance(event, dict):
        return [Fault(where, "event.not_mapping")]
    faults = [
        Fault((*where, name), "event.missing", {"field": name})
        for name in EVENT_KEYS
        if not isinstance(event.get(name), str) or not event[name]
    ]
    if not faults and parse_time(event["at"]) is None:
        faults.append(
            Fault((*where, "at"), "field.not_time", {"field": "at", "value": event["at"]})
        )
    if not isinstance(event.get("text", ""), str):
        faults.append(Fault((*where, "text"), "field.not_text", {"field": "text"}))
    faults += _change_breaks(event, where)
    faults += [_wrong((*where, name), key, event[name]) for name, key in payload_faults(event)]
    for name, value in event.items():
        if name not in _KNOWN and not (isinstance(name, str) and is_plain(value)):
            faults.append(Fault((*where, name), "field.not_plain", {"field": name}))
    return faults


def _change_breaks(event: dict[str, Any], where: Where) -> list[Fault]:
    faults: list[Fault] = []
    for name, value in _mapping(event, "set", where, faults).items():
        if not is_field_name(name) or name in ("id", "opened"):
            faults.append(Fault((*where, "set", name), "field.bad_name", {"field": name}))
        elif value is not None and (key := problem_with(name, value)):
            faults.append(_wrong((*where, "set", name), key, value))
    for change in ("add", "remove"):
        for name, items in _mapping(event, change, where, faults).items():
            alike = name if name == "articles" else "tags"
            if not items or problem_with(alike, items) or not _may_list(name):
                faults.append(Fault((*where, change, name), "field.not_list", {"field": name}))
    return faults


def _may_list(name: object) -> bool:
    """Whether items may be added to the field ``name``: a list, or one of a person's own."""
    return is_field_name(name) and (name not in FIELDS or FIELDS[str(name)].kind == "list")


def _mapping(event: dict[str, Any], key: str, where: Where, faults: list[Fault]) -> dict[str, Any]:
    value = event.get(key, {})
    if isinstance(value, dict):
        return value
    faults.append(Fault((*where, key), "event.not_mapping"))
    return {}


def unsound(doc: Mapping[str, Any]) -> list[Fault]:
    """Faults of a ticket that can be read: fields that are not the fold, order, doubled events."""
    faults = []
    ticket = Ticket.of(doc)
    folded = fold(ticket.events)
    for name in differing(folded, ticket.fields):
        where = (name,) if name in doc else ()
        faults.append(
            Fault(
                where,
                "ticket.not_fold",
                {"field": name, "found": ticket.fields.get(name), "folded": folded.get(name)},
            )
        )
    seen: set[str] = set()
    before: Event | None = None
    for position, data in enumerate(doc[TIMELINE]):
        event = Event.of(data)
        if event.id in seen:
            faults.append(Fault((TIMELINE, position, "id"), "event.twice", {"id": event.id}))
        elif before is not None and event.order < before.order:
            faults.append(
                Fault(
                    (TIMELINE, position, "at"),
                    "event.out_of_order",
                    {"at": event.data["at"], "before": before.data["at"]},
                )
            )
        seen.add(event.id)
        before = event
    if ticket.opening.do != "open":
        faults.append(Fault((TIMELINE,), "ticket.not_opened"))
    return faults
