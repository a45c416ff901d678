"""Customers as JSON shows them: the card beside a ticket, and rows of a list."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tkt.domain.customers.customer import contacts_of, listed, tags_of
from tkt.domain.customers.identity import contact_key, path_of
from tkt.domain.customers.orders import Order, money_text
from tkt.domain.customers.showing import masked
from tkt.domain.customers.tagging import counted
from tkt.domain.workflow import UNFINISHED
from tkt.named import NamedTuple
from tkt.services.customers.finding import family
from tkt.services.customers.keeping import doc_of
from tkt.services.customers.rules import ids_called

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from tkt.storage.desk import Desk

Row = dict[str, Any]
_LAST = 5
"""Orders and tickets that a card shows."""
ORDER_COLUMNS = (
    "number, customer, ordered, paid, amount, refunded, status, items, sku, quantity, rating,"
    " channel"
)


class Page(NamedTuple):
    """Some customers, and how many there are in all if that was asked."""

    rows: Iterator[Row]
    total: int | None


def marks(values: Sequence[str]) -> str:
    """A question mark for each value of an SQL list."""
    return ", ".join("?" * len(values))


def orders_of(desk: Desk, ids: Sequence[str]) -> list[Order]:
    """The orders of customers, the last first; each once."""
    sql = (
        f"SELECT {ORDER_COLUMNS} FROM orders WHERE customer IN ({marks(ids)})"
        " ORDER BY ordered DESC, number, path"
    )
    found = {row[0]: Order(*row) for row in desk.index.select(sql, ids)}
    return list(found.values())


def card(desk: Desk, customer_id: str, *, full: bool) -> Row:
    """Everything that somebody who serves a customer wants to see of them."""
    zone = desk.settings.zone
    doc = doc_of(desk, customer_id)
    ids = family(desk, customer_id)
    orders = orders_of(desk, ids)
    tickets = _tickets(desk, doc, ids)
    path = path_of(customer_id)
    ((blob,),) = desk.index.select("SELECT blob FROM customers WHERE id = ?", (customer_id,))
    return {
        **(doc if full else masked(doc)),
        "all_tags": tags_of(doc),
        "merged": ids[1:],
        "orders": _figures(orders, zone),
        "last_orders": [_order_row(order, zone) for order in orders[:_LAST]],
        "tickets": {
            "open": sum(ticket["state"] in UNFINISHED for ticket in tickets),
            "all": len(tickets),
        },
        "last_tickets": [_told(ticket, zone) for ticket in tickets[:_LAST]],
        "masked": not full,
        "path": path,
        "edited": desk.is_edited(path, blob),
    }


def _figures(orders: Sequence[Order], zone: tzinfo) -> Row:
    seen = counted(orders, since=None)
    return {
        "count": len(orders),
        "paid": seen.orders,
        "spent": money_text(seen.spent),
        "refunds": seen.refunds,
        "rating": round(seen.stars / seen.rated, 2) if seen.rated else None,
        "last": _moment(seen.last, zone),
    }


def _order_row(order: Order, zone: tzinfo) -> Row:
    return {
        "order": order.number,
        "ordered_at": _moment(order.ordered, zone),
        "paid_at": _moment(order.paid, zone),
        "amount": money_text(order.amount),
        "refunded": money_text(order.refunded) if order.refunded else None,
        "status": order.status,
        "items": order.items,
        "quantity": order.quantity,
        "rating": order.rating,
    }


def _moment(seconds: int | None, zone: tzinfo) -> str | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone).isoformat()


def _tickets(desk: Desk, doc: Row, ids: Sequence[str]) -> list[Row]:
    """Tickets of a customer, the last first; also those that still name a contact of theirs."""
    called = [*ids, *(value for _, value in contacts_of(doc))]
    sql = (
        "SELECT id, title, status, state, workflow, opened FROM tickets"
        f" WHERE customer IN ({marks(called)}) ORDER BY num DESC"
    )
    names = ("id", "title", "status", "state", "workflow", "opened")
    return [dict(zip(names, row, strict=True)) for row in desk.index.select(sql, called)]


def _told(ticket: Row, zone: tzinfo) -> Row:
    state = ticket.pop("state")
    return {**ticket, "opened": _moment(ticket["opened"], zone), "state_category": state}


def page(
    desk: Desk,
    words: Sequence[str],
    *,
    tags: Sequence[str],
    limit: int | None,
    number: int | None,
    count: bool,
) -> Page:
    """Customers with all of these words in their name or contacts, and all these tags; by name."""
    where = ["c.merged_into IS NULL", "c.doc IS NOT NULL"]
    params: list[Any] = []
    for word in words:
        where.append("c.id IN (SELECT id FROM contacts WHERE instr(contact, ?) > 0)")
        params.append(contact_key(word))
    for tag in tags:
        called = ids_called(desk, tag)
        where.append(f"c.id IN (SELECT id FROM customer_tags WHERE tag IN ({marks(called)}))")
        params += called
    rest = f"FROM customers AS c WHERE {' AND '.join(where)}"
    total = None
    if count:
        ((total,),) = desk.index.select(f"SELECT count(*) {rest}", params)
    sql = f"SELECT c.id, c.doc {rest} ORDER BY c.name, c.id"
    if limit is not None:
        sql += f" LIMIT {int(limit)} OFFSET {int(limit) * ((number or 1) - 1)}"
    found = list(desk.index.select(sql, params))
    return Page((_row(desk, *each) for each in found), total)


def _row(desk: Desk, customer_id: str, text: str) -> Row:
    doc = json.loads(text)
    ids = family(desk, customer_id)
    shown = masked(doc)
    figures = _figures(orders_of(desk, ids), desk.settings.zone)
    sql = (
        f"SELECT count(*) FROM tickets WHERE customer IN ({marks(ids)})"
        f" AND state IN ({marks(UNFINISHED)})"
    )
    ((unfinished,),) = desk.index.select(sql, (*ids, *UNFINISHED))
    return {
        "id": customer_id,
        "name": doc.get("name"),
        "tags": tags_of(doc),
        "contacts": [value for values in (shown.get("contacts") or {}).values()
                     for value in listed(values)],
        "orders": figures["paid"],
        "spent": figures["spent"],
        "last_order": figures["last"],
        "open_tickets": unfinished,
    }  # fmt: skip
