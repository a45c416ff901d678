"""Which customer is meant: by id, by any contact, by name, or by a ticket of theirs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tkt.domain.customers.customer import contacts_of
from tkt.domain.customers.identity import contact_key, is_customer_id
from tkt.domain.ids import ALPHABET
from tkt.errors import NotFound, Refused, TktError, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tkt.storage.desk import Desk

_SHOWN = 5
_LEAST = 3
"""Characters of an id that are worth looking for at its end."""


def find(desk: Desk, reference: str) -> str:
    """The id of the customer that ``reference`` means; of one merged away, what they became.

    NotFound if there is none, UsageProblem with the candidates if there are several.
    """
    text = reference.strip()
    if not text:
        raise NotFound("customer.none", reference=reference)
    if customer_id := _by_id(desk, text):
        return customer_id
    for way in (matching, _of_order, _of_ticket, _by_end):
        if found := way(desk, text):
            return _only(desk, found, reference)
    raise NotFound("customer.none", reference=reference)


def _only(desk: Desk, found: list[str], reference: str) -> str:
    if len(found) == 1:
        return found[0]
    raise UsageProblem("customer.ambiguous", reference=reference, found=told(desk, found))


def told(desk: Desk, ids: Iterable[str]) -> str:
    """Customers in one line, as far as one wants to read."""
    shown = [f"{one} {desk.index.customer_name(one) or ''}".strip() for one in ids]
    return "; ".join(shown[:_SHOWN]) + (" …" if len(shown) > _SHOWN else "")


def exists(desk: Desk, customer_id: str) -> bool:
    """Whether there is a file of a customer, readable or not."""
    sql = "SELECT 1 FROM customers WHERE id = ?"
    return next(desk.index.select(sql, (customer_id,)), None) is not None


def _by_id(desk: Desk, text: str) -> str | None:
    wanted = text[:2].lower() + text[2:].upper()
    if not is_customer_id(wanted) or not exists(desk, wanted):
        return None
    return followed(desk, wanted)


def matching(desk: Desk, text: str, *, channel: str | None = None) -> list[str]:
    """The customers with exactly this contact or name, each once, merged ones as what they are."""
    sql = "SELECT DISTINCT id FROM contacts WHERE contact = ?"
    params = [contact_key(text)]
    if channel is not None:
        sql += " AND channel = ?"
        params.append(channel)
    rows = list(desk.index.select(sql, params))
    return sorted({followed(desk, row[0]) for row in rows})


def _of_order(desk: Desk, text: str) -> list[str]:
    rows = list(desk.index.select("SELECT customer FROM orders WHERE number = ?", (text,)))
    return sorted({followed(desk, row[0]) for row in rows if exists(desk, row[0])})


def _of_ticket(desk: Desk, text: str) -> list[str]:
    try:
        said = desk.ticket(desk.find(text)).fields.get("customer")
    except TktError:
        return []
    if not said:
        raise Refused("customer.not_on_ticket", id=desk.find(text))
    if is_customer_id(said) and exists(desk, said):
        return [followed(desk, said)]
    if found := matching(desk, said):
        return found
    raise NotFound("customer.free_text", id=desk.find(text), name=said)


def _by_end(desk: Desk, text: str) -> list[str]:
    end = text.upper()
    if len(end) < _LEAST or not all(character in ALPHABET for character in end):
        return []
    rows = list(desk.index.select("SELECT id FROM customers WHERE id GLOB ?", (f"*{end}",)))
    return sorted({followed(desk, row[0]) for row in rows})


def followed(desk: Desk, customer_id: str) -> str:
    """What a customer has become by merging."""
    return desk.index.customer(customer_id)


def family(desk: Desk, customer_id: str) -> list[str]:
    """A customer and all who were merged into them."""
    found = [customer_id]
    for one in found:
        rows = desk.index.select("SELECT id FROM customers WHERE merged_into = ?", (one,))
        found += sorted(row[0] for row in rows if row[0] not in found)
    return found


def meant_by(desk: Desk, text: str) -> str | None:
    """The customer of a new ticket: None if nobody is called so.

    UsageProblem with the candidates if several are: a ticket must not be guessed onto somebody.
    """
    if customer_id := _by_id(desk, text.strip()):
        return customer_id
    found = matching(desk, text)
    if not found:
        return None
    return _only(desk, found, text)


def known_as(desk: Desk, text: str) -> list[str]:
    """The ids and contacts under which tickets of customers may stand for whom a query asks.

    Those with exactly this contact or name, and those with a name that holds it.
    """
    folded = contact_key(text)
    sql = (
        "SELECT DISTINCT id FROM contacts WHERE contact = ?"
        " UNION SELECT id FROM contacts WHERE channel = '' AND instr(contact, ?) > 0"
    )
    ids = {followed(desk, row[0]) for row in list(desk.index.select(sql, (folded, folded)))}
    if own := _by_id(desk, text):
        ids.add(own)
    found = [one for customer_id in sorted(ids) for one in family(desk, customer_id)]
    contacts: list[str] = []
    for one in found:
        rows = desk.index.select("SELECT doc FROM customers WHERE id = ?", (one,))
        contacts += (value for (doc,) in rows if doc for _, value in contacts_of(json.loads(doc)))
    return [*found, *contacts]
