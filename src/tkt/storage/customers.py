"""Customers' files: from bytes to a document and back, and the rows that the index has of them.

A file is written with one thing a line, so that two people who change different things make
changes that Git can tell apart. A layout of a person's own stays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tkt.domain.customers.customer import faults_of, is_usable, keys_of, tags_of
from tkt.domain.customers.identity import id_in_path
from tkt.errors import BadData
from tkt.named import NamedTuple
from tkt.storage import yaml
from tkt.storage.dump import entry, flow
from tkt.storage.reading import LIMIT, REGULAR, placed

if TYPE_CHECKING:
    from tkt.storage.index import Index

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class CustomerRows(NamedTuple):
    """What the index holds of one customer."""

    customer: tuple[str, str, str, str | None, str | None, str | None]
    contacts: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]

    @property
    def path(self) -> str:
        """The file it stands in."""
        return self.customer[1]


def read(raw: bytes | None, *, path: str, mode: str = "100644") -> dict[str, Any]:
    """The customer in a file; BadData, the first thing that is wrong, if there is none."""
    doc, faults = examined(raw, path=path, mode=mode)
    if doc is None:
        raise faults[0]
    return doc


def examined(
    raw: bytes | None, *, path: str, mode: str = "100644"
) -> tuple[dict[str, Any] | None, list[BadData]]:
    """(the customer, or None if there is none to be had; everything wrong with the file)."""
    customer_id = id_in_path(path)
    if customer_id is None:
        return None, [BadData("customer.misplaced", path=path)]
    if mode not in REGULAR:
        return None, [BadData("ticket.not_file", path=path)]
    if raw is None:
        return None, [BadData("yaml.too_big", path=path, limit_mib=LIMIT >> 20)]
    try:
        doc = yaml.load(raw, path=path)
    except BadData as fault:
        return None, [fault]
    faults = faults_of(doc, customer_id=customer_id)
    usable = isinstance(doc, dict) and is_usable(faults)
    if not faults and not isinstance(doc, dict):
        return None, [BadData("ticket.not_mapping", path=path)]
    return (doc if usable else None), placed(faults, raw, path)


def text_of(doc: Mapping[str, Any]) -> str:
    """The text of a customer's file as tkt lays it out."""
    return "".join(f"{line}\n" for key, value in doc.items() for line in _lines(key, value, ""))


def _lines(key: str, value: Any, pad: str) -> list[str]:
    """A key and what is under it, one thing a line."""
    name = entry(key, 0).removesuffix(" 0")
    if isinstance(value, Mapping) and value and not pad:
        inner = [line for k, v in value.items() for line in _lines(k, v, "  ")]
        return [name, *inner]
    if isinstance(value, list | tuple) and value:
        return [f"{pad}{name}", *(f"{pad}  - {flow(item)}" for item in value)]
    if isinstance(value, Mapping):
        return [f"{pad}{name} {flow(value)}"]
    return [f"{pad}{entry(key, value)}"]


def rewritten(old: bytes | None, doc: Mapping[str, Any], *, path: str) -> bytes:
    """The file that says ``doc``, with the layout and the comments that a person gave it."""
    text = text_of(doc)
    if old is not None:
        before = yaml.load(old, path=path)
        if old != text_of(before).encode():
            from tkt.storage.rewrite import rewrite  # a person's layout: this needs ruamel

            return rewrite(old.decode("utf-8-sig"), doc, path=path).encode()
    return text.encode()


def rows_of(doc: Mapping[str, Any], *, path: str, blob: str) -> CustomerRows:
    """The rows of one customer."""
    name, into = doc.get("name"), doc.get("merged_into")
    return CustomerRows(
        (doc["id"], path, blob, name, into, _JSON.encode(doc)),
        tuple(sorted(keys_of(doc))),
        tuple(sorted(tags_of(doc))),
    )


def rows_from(raw: bytes | None, *, path: str, blob: str, mode: str) -> CustomerRows | None:
    """The rows of a file; None if it lies where no customer's may."""
    customer_id = id_in_path(path)
    if customer_id is None:
        return None
    try:
        doc = read(raw, path=path, mode=mode)
    except BadData:
        return CustomerRows((customer_id, path, blob, None, None, None), (), ())
    return rows_of(doc, path=path, blob=blob)


def put(index: Index, rows: CustomerRows, *, new: bool = False) -> None:
    """Write one customer's rows, replacing what stood there; a ``new`` one has nothing there."""
    run = index.db.execute
    customer_id = rows.customer[0]
    if not new:
        drop(index, customer_id)
    run("INSERT OR REPLACE INTO customers VALUES (?, ?, ?, ?, ?, ?)", rows.customer)
    for contact, channel in rows.contacts:
        run("INSERT OR REPLACE INTO contacts VALUES (?, ?, ?)", (contact, channel, customer_id))
    for tag in rows.tags:
        run("INSERT OR REPLACE INTO customer_tags VALUES (?, ?)", (tag, customer_id))


def drop(index: Index, customer_id: str) -> None:
    """Forget one customer."""
    for table in ("customers", "contacts", "customer_tags"):
        index.db.execute(f"DELETE FROM {table} WHERE id = ?", (customer_id,))
