"""``tkt customer retag``: tags by the rules of classify.yaml, each customer a commit that says why.

A tag is a fact about one person, and whoever asks why somebody is VIP asks their file: so each
customer's change is an action of its own, and a run of them stands under one merge commit.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tkt.domain.change import worded
from tkt.domain.customers.customer import in_order, listed
from tkt.domain.customers.identity import path_of
from tkt.domain.customers.orders import Order
from tkt.domain.customers.tagging import Decision, Rule, decide
from tkt.errors import Refused, Remark
from tkt.named import NamedTuple
from tkt.services.customers.finding import family
from tkt.services.customers.looking import ORDER_COLUMNS, orders_of
from tkt.services.customers.rules import declared, rules
from tkt.services.customers.writing import Writing
from tkt.storage.layout import CLASSIFY, CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Transaction

Row = dict[str, Any]


class Retagged(NamedTuple):
    """What a run has changed: a row for each tag, and what it could not write."""

    rows: list[Row]
    remarks: list[Remark]

    @property
    def counts(self) -> dict[str, int]:
        """Customers, tags given, tags taken."""
        given = sum(row["given"] for row in self.rows)
        customers = len({row["id"] for row in self.rows})
        return {"customers": customers, "given": given, "taken": len(self.rows) - given}


def retag(desk: Desk, *, dry: bool, acting: Acting) -> Retagged:
    """Give and take tags as the rules have it; or (``dry``) only say which."""
    if dry:
        return _retagged(desk, None, acting)
    return desk.write(lambda run: _retagged(desk, run, acting), acting.grouping("retag"), bulk=True)


def _retagged(desk: Desk, run: Transaction | None, acting: Acting) -> Retagged:
    known = rules(desk)
    if not known:
        raise Refused("customer.no_rules")
    edited = {path for path, _ in desk.tree.edited_files(CUSTOMERS)}
    writing = Writing(desk, run, acting, "", edited)
    done = Retagged([], [])
    for doc, decisions in list(_decided(desk, known, acting)):
        path = path_of(doc["id"])
        if path in edited:
            done.remarks.append(Remark("customer.in_the_way", id=doc["id"], path=path))
            continue
        after = _with(desk, doc, decisions, acting)
        if run is not None:
            filed = writing.filed(doc, after)
            message = _message(doc["id"], decisions, declared(desk), acting)
            run.save_records([filed], message, person=acting.person, now=acting.now)
        done.rows.extend(_row(desk, doc, decision) for decision in decisions)
    return done


def _decided(desk: Desk, known: list[Rule], acting: Acting) -> Iterator[tuple[Row, list[Decision]]]:
    """Every customer for whom something changes, with what."""
    now = int(acting.at.timestamp())
    sql = "SELECT id, doc FROM customers WHERE doc IS NOT NULL AND merged_into IS NULL ORDER BY id"
    bought = _Bought(desk)
    for customer_id, text in desk.index.select(sql):
        doc = json.loads(text)
        held = doc.get("tags") or {}
        by_hand = listed(doc.get("tags_by_hand"))
        decisions = [
            decision
            for decision in decide(held, known, bought.by(customer_id), now=now)
            if not (decision.given and decision.tag in by_hand)
        ]
        if decisions:
            yield doc, decisions


class _Bought:
    """The orders of customers who are asked for in the order of their ids, read in one go."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        merged = desk.index.select("SELECT DISTINCT merged_into FROM customers")
        self._merged = {row[0] for row in merged}
        # An order that a merge has left in two files counts once: the index has both.
        sql = f"SELECT {ORDER_COLUMNS} FROM orders ORDER BY customer, number, path"
        orders = (Order(*row) for row in desk.index.select(sql))
        self._groups = groupby(orders, key=lambda order: order.customer)
        self._next = next(self._groups, None)

    def by(self, customer_id: str) -> list[Order]:
        """What one customer has ordered, and whoever was merged into them."""
        while self._next is not None and self._next[0] < customer_id:
            self._next = next(self._groups, None)
        if customer_id in self._merged:
            return orders_of(self.desk, family(self.desk, customer_id))
        if self._next is None or self._next[0] != customer_id:
            return []
        return list({order.number: order for order in self._next[1]}.values())


def _with(desk: Desk, doc: Row, decisions: list[Decision], acting: Acting) -> Row:
    tags = dict(doc.get("tags") or {})
    said = declared(desk)
    for decision in decisions:
        if not decision.given:
            tags.pop(decision.tag, None)
            continue
        within = said[decision.tag].get("within")
        tags[decision.tag] = {
            "since": acting.at.isoformat(timespec="seconds"),
            **decision.why,
            **({"within": within} if within else {}),
        }
    return in_order({**doc, "tags": tags})


def _row(desk: Desk, doc: Row, decision: Decision) -> Row:
    within = declared(desk).get(decision.tag, {}).get("within")
    why = {**decision.why, **({"within": within} if within else {})}
    return {"id": doc["id"], "name": doc.get("name"), "tag": decision.tag,
            "given": decision.given, "why": why}  # fmt: skip


def _message(
    customer_id: str, decisions: list[Decision], said: Mapping[str, Row], acting: Acting
) -> str:
    lines = []
    for decision in decisions:
        told = ", ".join(f"{key} {value}" for key, value in decision.why.items())
        rule = said.get(decision.tag, {})
        asked = ", ".join(f"{k} {v}" for k, v in rule.items() if k not in ("label", "priority"))
        sign = "+" if decision.given else "-"
        lines.append(f"- tags: {sign}{decision.tag}: {told or 'no rule'} (rule: {asked or 'gone'})")
    names = " ".join(f"{'+' if d.given else '-'}{d.tag}" for d in decisions)
    trailers = (
        ("Customer", customer_id),
        ("Action", "customer-retag"),
        ("Actor", acting.by),
        *(("Rule", f"{CLASSIFY}#tags.{decision.tag}") for decision in decisions),
    )
    return worded(f"customer retag {customer_id} {names}", trailers, lines=lines)
