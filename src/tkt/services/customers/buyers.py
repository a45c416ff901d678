"""Who bought: customers that an export's orders lead to, found by what is known or made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.customers.customer import in_order, listed, with_contact, with_item
from tkt.domain.customers.identity import MAIL, PHONE, contact_key, path_of
from tkt.domain.customers.new_ids import free_id
from tkt.errors import Refused
from tkt.services.customers.finding import exists, followed, matching
from tkt.services.customers.keeping import doc_of

if TYPE_CHECKING:
    from tkt.services.customers.writing import Writing
    from tkt.storage.desk import Desk
    from tkt.storage.spool import Spool

Row = dict[str, Any]
_ADDRESSES = 20
"""So many addresses of a customer are kept: those who buy for others have hundreds."""


class Buyers:
    """The customers of one import; ``refused`` are those whose file cannot be written, and why."""

    def __init__(self, desk: Desk, writing: Writing) -> None:
        self.desk = desk
        self.writing = writing
        self.refused: dict[str, Refused] = {}
        self._known: dict[tuple[str, str], str] = {}
        self._new: set[str] = set()
        self._places: dict[str, list[int]] = {}

    def of(self, row: Row) -> str:
        """The id of the customer who placed an order."""
        channel = row["channel"] if row["nick"] else PHONE
        contact = row["nick"] or row["phone"]
        key = (channel, contact_key(contact))
        if key not in self._known:
            found = matching(self.desk, contact, channel=channel)
            self._known[key] = found[0] if found else self._made(channel, contact)
        return self._known[key]

    def _made(self, channel: str, contact: str) -> str:
        def taken(customer_id: str) -> bool:
            return customer_id in self._new or exists(self.desk, customer_id)

        made = free_id(channel, contact, taken=taken)
        self._new.add(made)
        return made

    def note(self, customer_id: str, place: int) -> None:
        """Remember where an order of a customer was set aside."""
        self._places.setdefault(customer_id, []).append(place)

    def settle(self, spool: Spool) -> int:
        """Let every customer's file say what their orders tell; how many are new."""
        self._known.clear()
        for customer_id in sorted(self._places):
            places = self._places.pop(customer_id)
            try:
                self._settle(customer_id, [spool.get(place) for place in places])
            except Refused as refused:
                self.refused[customer_id] = refused
        return len(self._new - self.refused.keys())

    def _settle(self, customer_id: str, rows: list[Row]) -> None:
        before: Row | None = None
        if customer_id not in self._new:
            customer_id = followed(self.desk, customer_id)
            if not exists(self.desk, customer_id):
                return  # an order by hand may name somebody who has no file
            before = doc_of(self.desk, customer_id)
        doc: Row = before or {"id": customer_id}
        for row in rows:
            doc = _with(doc, row)
        if doc == before:
            return
        path = path_of(customer_id)
        if path in self.writing.edited:
            raise Refused("customer.edited", id=customer_id, path=path)
        self.writing.customer(before, doc)


def _with(doc: Row, row: Row) -> Row:
    """The customer with what an order tells of them."""
    for channel, contact in ((row["channel"], row["nick"]), (PHONE, row["phone"]),
                             (MAIL, row["mail"])):  # fmt: skip
        if contact:
            doc = with_contact(doc, channel, contact)
    if row["address"] and "*" not in row["address"]:
        held = listed(doc.get("addresses"))
        if row["address"] not in held and len(held) < _ADDRESSES:
            doc = with_item(doc, "addresses", row["address"])
    if row["name"] and "*" not in row["name"] and not doc.get("name"):
        doc = in_order({**doc, "name": row["name"]})
    return doc
