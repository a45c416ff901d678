"""Tickets that still carry an older name of a field, shown as if it had always been the new one.

The file keeps the old key until the field is set again; whatever shows, lists or gives out a ticket
reads it through here. The timeline is told with the new name as well, so that what is given out is
a sound ticket: its fields are the fold of its timeline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.fields import TIMELINE, alike, in_order
from tkt.domain.ticket import Event, Ticket, fold, replay

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tkt.domain.custom.field import CustomFields

_CONTESTED = "contested"
_PARTS = ("if", "set", "add", "remove")
"""Parts of an event that speak of fields."""


def has_older_names(declared: CustomFields, text: str) -> bool:
    """A quick look whether a ticket, as the text of its JSON, may carry an older name."""
    return any(f'"{name}"' in text for field in declared.renamed for name in field.formerly)


def renamed(declared: CustomFields, doc: Mapping[str, Any]) -> dict[str, Any]:
    """A ticket's document with every declared field under the name that it has now."""
    ticket = Ticket.of(doc)
    events = list(_told(ticket, declared))
    before, after = fold(ticket.events), fold(events)
    fields = dict(ticket.fields)
    for names in (*(field.names for field in declared.renamed), (_CONTESTED,)):
        held = [fields.pop(name, None) for name in names]
        if all(alike(value, before.get(n)) for value, n in zip(held, names, strict=True)):
            value = after.get(names[0])
        else:
            # What a person edited at the top and never recorded is shown as it stands there.
            value = next((value for value in held if value is not None), None)
        if value is not None:
            fields[names[0]] = value
    return {"id": ticket.id, **in_order(fields), TIMELINE: [event.data for event in events]}


def _told(ticket: Ticket, declared: CustomFields) -> Iterator[Event]:
    """Each event with what it made of the renamed fields, under the names that these have now."""
    now = {old: field.name for field in declared.renamed for old in field.names}
    state: dict[str, Any] = {}
    for event, applied in replay(ticket.events, state):
        said = {part: event.data[part] for part in _PARTS if part in event.data}
        data = {**event.data, **{part: _under(said[part], now) for part in said}}
        changed = {now[n] for part in said if part != "if" for n in said[part] if n in now}
        if applied and changed:
            # Whatever it did under which name: this is what could be read afterwards.
            for part in ("add", "remove"):
                data[part] = {n: v for n, v in data.get(part, {}).items() if n not in changed}
            shown = {f.name: f.value_in(state) for f in declared.renamed if f.name in changed}
            data["set"] = {**data.get("set", {}), **shown}
        yield Event({key: value for key, value in data.items() if value != {}}, event.instant)


def _under(said: Mapping[str, Any], now: Mapping[str, str]) -> dict[str, Any]:
    """A part of an event under the new names; where it has several of one field, the new one's."""
    meant = {now.get(name, name): value for name, value in said.items()}
    meant.update({name: said[name] for name in said if name in meant})
    if isinstance(meant.get(_CONTESTED), list):
        meant[_CONTESTED] = list(dict.fromkeys(now.get(n, n) for n in meant[_CONTESTED]))
    return meant
