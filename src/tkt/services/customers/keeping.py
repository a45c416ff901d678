"""Customers' files as a run finds them and leaves them, with what the commit says of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain.change import worded
from tkt.domain.customers.customer import contacts_of, in_order, listed, tags_of
from tkt.domain.customers.identity import path_of
from tkt.errors import NotFound, Refused
from tkt.named import NamedTuple
from tkt.storage import records
from tkt.storage.reading import LIMIT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.records import Filed
    from tkt.storage.transaction import Saved, Transaction

_COUNTED = ("contacts", "addresses", "ids", "notes", "preferences", "name")
"""Parts of which a commit says only how many there are: no message may hold what is private."""


class Held(NamedTuple):
    """A customer as they are: what their file says, and its bytes (None: there is no file)."""

    doc: dict[str, Any]
    raw: bytes | None = None


def doc_of(desk: Desk, customer_id: str) -> dict[str, Any]:
    """What a customer's file says; Refused if it cannot be read as one."""
    sql = "SELECT doc, path FROM customers WHERE id = ?"
    row = next(desk.index.select(sql, (customer_id,)), None)
    if row is None:
        raise NotFound("customer.none", reference=customer_id)
    if row[0] is None:
        raise Refused("customer.broken", id=customer_id, path=row[1])
    found: dict[str, Any] = json.loads(row[0])
    return found


def held(desk: Desk, customer_id: str, run: Transaction | None = None) -> Held:
    """The same with the file's bytes, to be written anew.

    Refused if the file has edits that are not recorded.
    """
    doc = doc_of(desk, customer_id)
    path = path_of(customer_id)
    if run is not None and path in run.files:
        return Held(doc, run.files[path])
    sql = "SELECT blob FROM customers WHERE id = ?"
    ((blob,),) = desk.index.select(sql, (customer_id,))
    if desk.tree.is_edited(path, blob):
        raise Refused("customer.edited", id=customer_id, path=path)
    raw = desk.tree.read(path)
    return Held(doc, raw if raw is not None else next(desk.git.blobs([blob], LIMIT)))


def check_free(desk: Desk, customer_id: str) -> None:
    """Refused if a file lies where a new customer's belongs."""
    path = path_of(customer_id)
    if desk.tree.read(path) is not None:
        raise Refused("customer.edited", id=customer_id, path=path)


def filed(desk: Desk, before: Held | None, doc: Mapping[str, Any]) -> Filed:
    """The file of a customer who is to be what ``doc`` says."""
    doc = in_order(doc)
    if before is None:
        check_free(desk, doc["id"])
    return records.customer_file(
        doc,
        path=path_of(doc["id"]),
        old=before.raw if before else None,
        like=desk.head(),
        new=before is None,
    )


def save(
    run: Transaction,
    action: str,
    changes: Sequence[tuple[Held | None, Mapping[str, Any]]],
    acting: Acting,
    *,
    lines: Sequence[str] = (),
) -> Saved:
    """Record one action on customers, the first of whom it is about."""
    files = [filed(run.desk, before, doc) for before, doc in changes]
    before, doc = changes[0]
    said = list(lines) or differences(before.doc if before else {}, doc)
    names = [change[1]["id"] for change in changes]
    trailers = (
        *(("Customer", name) for name in names),
        ("Action", f"customer-{action}"),
        ("Actor", acting.by),
    )
    message = worded(f"customer {action} {' '.join(names)}", trailers, lines=said)
    return run.save_records(files, message, person=acting.person, now=acting.now)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What has changed of a customer, with nothing private in it."""
    found = []
    for key in _COUNTED:
        was, now = _count(before, key), _count(after, key)
        if before.get(key) != after.get(key):
            found.append(f"- {key}: {was} → {now}")
    old, new = tags_of(before), tags_of(after)
    found += [f"- tags: +{tag}" for tag in new if tag not in old]
    found += [f"- tags: -{tag}" for tag in old if tag not in new]
    for name, said in (after.get("consent") or {}).items():
        if (before.get("consent") or {}).get(name) != said:
            found.append(f"- consent {name}: {'yes' if said['given'] else 'no'}")
    if into := after.get("merged_into"):
        found.append(f"- merged_into: {into}")
    return found


def _count(doc: Mapping[str, Any], key: str) -> int:
    if key == "contacts":
        return len(list(contacts_of(doc)))
    value = doc.get(key)
    return len(value) if isinstance(value, dict) else len(listed(value))
