"""A customer's file: what may stand in it, and how it changes.

A customer is plain data as the file has it. Every function here makes a new document of an old
one, in which the keys of a later version stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.customers.identity import NAME, contact_key, is_customer_id
from tkt.domain.fields import parse_time
from tkt.domain.shape import Fault
from tkt.domain.spec.nested import Key, Keyed, ListOf, Record, taken
from tkt.domain.spec.simple import Anything, Flag, Name, Parsed, Text, Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Doc = Mapping[str, Any]

ORDER = (
    "id", "name", "merged_into", "contacts", "consent", "tags", "tags_by_hand", "preferences",
    "addresses", "ids", "notes", "kept",
)  # fmt: skip
"""Keys in the order in which they stand in a file; any other stands behind them."""


def _time(text: str) -> object:
    if found := parse_time(text):
        return found
    raise ValueError(text)


_TIME = Parsed(_time, "customer.not_time")
_WORDS = Keyed(Text(), check=lambda key: isinstance(key, str) and bool(key.strip()))
CUSTOMER = Record("customer", {
    "id": Key(Name(), needed=True),
    "name": Text(),
    "merged_into": Name(),
    "contacts": Keyed(Texts()),
    "consent": Keyed(Record("consent", {"given": Key(Flag(), needed=True), "since": _TIME})),
    "tags": Keyed(Anything()),
    "tags_by_hand": Texts(named=True),
    "preferences": _WORDS,
    "addresses": Texts(),
    "ids": Texts(),
    "notes": ListOf(Record("customer_note", {
        "at": Key(_TIME, needed=True), "by": Key(Name(), needed=True),
        "text": Key(Text(), needed=True),
    })),
    "kept": ListOf(Record("kept", {
        "ticket": Key(Name(), needed=True), "kind": Key(Name(), needed=True),
        "value": Key(Text(), needed=True),
    })),
})  # fmt: skip
"""What a customer's file may say."""

_LATER = ("config.unknown_key", "config.unknown_key_like")
"""What may be a key of a later version: a fault to be told, and no reason not to read the rest."""


def faults_of(doc: Any, *, customer_id: str) -> list[Fault]:
    """Everything wrong with a customer's file."""
    _, faults = taken(CUSTOMER, doc)
    if not isinstance(doc, dict):
        return faults
    if doc.get("id") != customer_id:
        said = {"id": customer_id, "found": str(doc.get("id"))[:60]}
        faults.append(Fault(("id",), "customer.wrong_id", said))
    into = doc.get("merged_into")
    if into is not None and not is_customer_id(into):
        faults.append(Fault(("merged_into",), "customer.not_id", {"value": str(into)[:60]}))
    return faults


def is_usable(faults: Iterable[Fault]) -> bool:
    """Whether a file with these faults can still be read as a customer's."""
    return all(fault.key in _LATER for fault in faults)


def in_order(doc: Doc) -> dict[str, Any]:
    """The same without what says nothing, keys in file order."""
    kept = {key: value for key, value in doc.items() if value not in (None, "", [], {})}
    ordered = {key: kept[key] for key in ORDER if key in kept}
    return ordered | {key: value for key, value in kept.items() if key not in ordered}


def listed(value: Any) -> list[str]:
    """Contacts, addresses or tags as a list: one may stand by itself."""
    return [value] if isinstance(value, str) else list(value or ())


def contacts_of(doc: Doc) -> Iterator[tuple[str, str]]:
    """(channel, contact) of everything by which a customer is known but their name."""
    for channel, values in (doc.get("contacts") or {}).items():
        for value in listed(values):
            yield channel, value


def keys_of(doc: Doc) -> set[tuple[str, str]]:
    """(key, channel) of everything by which a customer is found, their name under no channel."""
    keys = {(contact_key(value), channel) for channel, value in contacts_of(doc)}
    if name := doc.get("name"):
        keys.add((contact_key(name), NAME))
    return keys


def tags_of(doc: Doc) -> list[str]:
    """The tags of a customer: those by rule, then those by hand."""
    return list(dict.fromkeys([*(doc.get("tags") or {}), *listed(doc.get("tags_by_hand"))]))


def with_contact(doc: Doc, channel: str, value: str) -> dict[str, Any]:
    """The customer with one contact more; one that is known already stays as it is."""
    held = {name: listed(values) for name, values in (doc.get("contacts") or {}).items()}
    known = held.setdefault(channel, [])
    if contact_key(value) not in map(contact_key, known):
        held[channel] = [*known, value]
    return in_order({**doc, "contacts": held})


def without_contact(doc: Doc, channel: str, value: str) -> dict[str, Any]:
    """The customer without a contact."""
    held = {name: listed(values) for name, values in (doc.get("contacts") or {}).items()}
    held[channel] = [v for v in held.get(channel, ()) if contact_key(v) != contact_key(value)]
    return in_order({**doc, "contacts": {name: values for name, values in held.items() if values}})


def with_item(doc: Doc, key: str, value: str) -> dict[str, Any]:
    """The customer with one item more under ``addresses``, ``ids`` or ``tags_by_hand``."""
    held = listed(doc.get(key))
    return in_order({**doc, key: held if value in held else [*held, value]})


def without_item(doc: Doc, key: str, value: str) -> dict[str, Any]:
    """The customer without an item of such a list."""
    return in_order({**doc, key: [item for item in listed(doc.get(key)) if item != value]})


def with_entry(doc: Doc, section: str, key: str, value: Any) -> dict[str, Any]:
    """The customer with an entry of ``consent``, ``preferences`` or ``tags``; None takes it out."""
    held = {**(doc.get(section) or {}), key: value}
    return in_order({**doc, section: {k: v for k, v in held.items() if v is not None}})


def with_note(doc: Doc, *, at: str, by: str, text: str) -> dict[str, Any]:
    """The customer with a note more; what was noted before stays."""
    note = {"at": at, "by": by, "text": text}
    return in_order({**doc, "notes": [*(doc.get("notes") or ()), note]})


def united(doc: Doc, other: Doc) -> dict[str, Any]:
    """A customer with everything that is known of another who is the same person.

    Where both say something of one thing it is what ``doc`` says that holds. The rules decide on
    tags anew: of the other's only those by hand come along.
    """
    whole: dict[str, Any] = dict(doc)
    for channel, value in contacts_of(other):
        whole = with_contact(whole, channel, value)
    for key in ("addresses", "ids", "tags_by_hand"):
        for item in listed(other.get(key)):
            whole = with_item(whole, key, item)
    for section in ("consent", "preferences"):
        whole[section] = {**(other.get(section) or {}), **(whole.get(section) or {})}
    notes = [*(doc.get("notes") or ()), *(other.get("notes") or ())]
    whole["notes"] = sorted(notes, key=_noted)
    held = list(doc.get("kept") or ())
    whole["kept"] = held + [item for item in other.get("kept") or () if item not in held]
    for key, value in other.items():
        if key not in ("merged_into", "tags"):
            whole.setdefault(key, value)
    return in_order(whole)


def _noted(note: Mapping[str, Any]) -> float:
    at = parse_time(note["at"])
    return at.timestamp() if at else 0
