"""Private words of a ticket on their way into the file of its customer, in the same commit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain.customers import private
from tkt.domain.customers.identity import contact_key, is_customer_id, path_of
from tkt.errors import Refused
from tkt.storage import customers, records

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tkt.domain.change import Change
    from tkt.storage.records import Filed
    from tkt.storage.transaction import Transaction


def keep(run: Transaction, change: Change) -> tuple[Change, Filed | None]:
    """(the change, which names a customer; their file with what was masked, if that is new).

    A ticket without a customer gets the one who has a contact that was found, else a new one.
    Refused if the customer's file has edits that are not recorded, or cannot be read.
    """
    own = [value for _, value in private.contacts_in(change.found)]
    own = own if private.are_their_own(change) else []
    said = change.after.fields.get("customer") or ""
    names_one = is_customer_id(said) and _row(run, said) is not None
    if names_one:
        customer_id: str | None = run.desk.index.customer(said)
    else:
        customer_id = _meant(run, change, own)
    new = customer_id is None
    doc: dict[str, Any]
    if customer_id is None:
        customer_id, old = _made(run, change, own), None
        doc = {"id": customer_id, "name": private.named(change)}
    else:
        doc, old = _held(run, customer_id)
    own = [value for value in own if not set(_with_contact(run, value)) - {customer_id}]
    after = private.kept(doc, change.found, ticket_id=change.ticket_id, own=own)
    if not names_one:
        change = private.attributed(change, customer_id)
    if after == doc:
        return change, None
    path = path_of(customer_id)
    if new and run.desk.tree.read(path) is not None:
        raise Refused("customer.edited", id=customer_id, path=path)
    return change, records.customer_file(after, path=path, old=old, like=run.head, new=new)


def _row(run: Transaction, customer_id: str) -> tuple[Any, ...] | None:
    sql = "SELECT doc, blob FROM customers WHERE id = ?"
    return next(run.desk.index.select(sql, (customer_id,)), None)


def _held(run: Transaction, customer_id: str) -> tuple[dict[str, Any], bytes | None]:
    """(what the customer's file says, its bytes if a person laid it out)."""
    path = path_of(customer_id)
    if waiting := run.private.get(path):
        return _doc(waiting), waiting.text
    row = _row(run, customer_id)
    assert row
    if row[0] is None:
        raise Refused("customer.broken", id=customer_id, path=path)
    doc: dict[str, Any] = json.loads(row[0])
    if path not in run.records and run.desk.tree.is_edited(path, row[1]):
        raise Refused("customer.edited", id=customer_id, path=path)
    return doc, records.laid_out(run.desk.git, doc, row[1], run.records.get(path))


def _doc(filed: Filed) -> dict[str, Any]:
    assert isinstance(filed.rows, customers.CustomerRows)
    found: dict[str, Any] = json.loads(filed.rows.customer[5] or "{}")
    return found


def _with_contact(run: Transaction, value: str) -> list[str]:
    sql = "SELECT DISTINCT id FROM contacts WHERE contact = ? AND channel != ''"
    rows = list(run.desk.index.select(sql, (contact_key(value),)))
    return sorted({run.desk.index.customer(row[0]) for row in rows})


def _meant(run: Transaction, change: Change, own: Iterable[str]) -> str | None:
    """The one customer who has a contact that they named, or who is called as the ticket says."""
    found = {one for value in own for one in _with_contact(run, value)}
    if not found and (name := private.named(change)):
        sql = "SELECT DISTINCT id FROM contacts WHERE contact = ?"
        rows = list(run.desk.index.select(sql, (contact_key(name),)))
        found = {run.desk.index.customer(row[0]) for row in rows}
    if not found and (held := private.former(change)) and _row(run, held):
        found = {run.desk.index.customer(held)}
    return found.pop() if len(found) == 1 else None


def _made(run: Transaction, change: Change, own: list[str]) -> str:
    """The id of a new customer: from their contact, else from the ticket."""
    from tkt.domain.customers.new_ids import free_id

    def taken(customer_id: str) -> bool:
        return _row(run, customer_id) is not None or path_of(customer_id) in run.private

    contacts = private.contacts_in(change.found) if own else []
    channel, contact = contacts[0] if contacts else ("ticket", change.ticket_id)
    return free_id(channel, contact, taken=taken)
