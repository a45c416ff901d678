"""What is private in the words on a ticket, as the customer's file keeps it in full.

What customers say of themselves they can be reached by; what a colleague wrote may be anybody's,
a courier's say: it is kept with the ticket it stood on and leads nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.customers.customer import (
    contacts_of,
    in_order,
    listed,
    with_contact,
    with_item,
)
from tkt.domain.customers.identity import MAIL, PHONE, contact_key, is_customer_id
from tkt.domain.facts import CUSTOMER
from tkt.domain.ticket import Ticket, fold, taken_back, with_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tkt.domain.change import Change
    from tkt.domain.masking import Found

_CHANNELS = {"mobile": PHONE, "phone": PHONE, "mail": MAIL}
_LISTS = {"address": "addresses", "card": "ids"}


def are_their_own(change: Change) -> bool:
    """Whether it was the customer who said what a change records."""
    return any(event.by == CUSTOMER for event in change.events)


def contacts_in(found: Iterable[Found]) -> list[tuple[str, str]]:
    """(channel, contact) of what was found."""
    return [(_CHANNELS[each.kind], each.value) for each in found if each.kind in _CHANNELS]


def kept(
    doc: Mapping[str, Any], found: Iterable[Found], *, ticket_id: str, own: Iterable[str]
) -> dict[str, Any]:
    """The customer with what was found; ``own`` are the contacts by which they can be reached."""
    made = dict(doc)
    reached = {contact_key(value) for value in own}
    for each in found:
        channel = _CHANNELS.get(each.kind)
        known = {contact_key(value) for _, value in contacts_of(made)}
        known |= {*listed(made.get("addresses")), *listed(made.get("ids"))}
        if each.value in known or contact_key(each.value) in known:
            continue
        if channel and contact_key(each.value) in reached:
            made = with_contact(made, channel, each.value)
        elif each.kind in _LISTS and reached:
            made = with_item(made, _LISTS[each.kind], each.value)
        else:
            item = {"ticket": ticket_id, "kind": each.kind, "value": each.value}
            held = list(made.get("kept") or ())
            made["kept"] = held if item in held else [*held, item]
    return in_order(made)


def attributed(change: Change, customer_id: str) -> Change:
    """The change with the ticket's customer set by the first of its events."""
    if change.after.fields.get("customer") == customer_id:
        return change
    first = change.events[0]
    data = dict(first.data)
    text = data.pop("text", None)
    data["set"] = {**data.get("set", {}), "customer": customer_id}
    if text is not None:
        data["text"] = text
    event = first._replace(data=data)
    timeline = tuple(event if e.id == event.id else e for e in change.after.events)
    fields = with_edits(fold(timeline), change.after.unrecorded)
    after = Ticket(change.after.id, fields, timeline)
    events = (event, *change.events[1:])
    return change._replace(after=after, events=events)


def former(change: Change) -> str | None:
    """The customer that the ticket was given for what was masked, and that an undo took away."""
    gone = taken_back(change.after.events)
    for event in reversed(change.after.events):
        said = event.data.get("set", {}).get("customer")
        if event.id in gone and event.do != "set" and is_customer_id(said):
            return str(said)
    return None


def named(change: Change) -> str | None:
    """The customer of a ticket in words, if that is all there is."""
    said = change.after.fields.get("customer")
    return None if not said or is_customer_id(said) or "*" in said else str(said)
