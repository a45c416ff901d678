"""What no customer's file shows by itself: mergers that lead nowhere, or round in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.customers.identity import id_in_path
from tkt.errors import BadData
from tkt.storage.customers import examined
from tkt.storage.layout import CUSTOMERS
from tkt.storage.records_checked import faults as faults_of_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tkt.storage.desk import Desk


def faults(
    desk: Desk,
    scope: Callable[[str], bool],
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[BadData]:
    """Everything wrong with customers and orders."""
    yield from faults_of_files(desk, scope, progress)
    lying = {path: desk.tree.read(path) for path, _ in desk.tree.edited_files(CUSTOMERS)
             if id_in_path(path)}  # fmt: skip
    yield from (fault for fault in _mergers(desk, lying) if scope(fault.path))


def new_mergers(desk: Desk, files: Mapping[str, bytes | None]) -> list[BadData]:
    """What these files, by path, would make of mergers that is wrong and was not so before."""
    lying = {path: raw for path, raw in files.items() if id_in_path(path)}
    if not lying:
        return []
    before = {(fault.key, fault.path) for fault in _mergers(desk, {})}
    return [fault for fault in _mergers(desk, lying) if (fault.key, fault.path) not in before]


def _mergers(desk: Desk, lying: Mapping[str, bytes | None]) -> Iterator[BadData]:
    """``lying`` are files as a person has left them, by path; None for one that is gone."""
    sql = "SELECT id, path, merged_into FROM customers WHERE merged_into IS NOT NULL"
    merged = {row[0]: (row[1], row[2]) for row in desk.index.select(sql)}
    there: dict[str, bool] = {}
    for path, raw in lying.items():
        customer_id = str(id_in_path(path))
        merged.pop(customer_id, None)
        there[customer_id] = raw is not None
        doc = examined(raw, path=path)[0] if raw is not None else None
        if doc and doc.get("merged_into"):
            merged[customer_id] = (path, doc["merged_into"])
    all_sql = "SELECT 1 FROM customers WHERE id = ?"
    for customer_id, (path, into) in sorted(merged.items()):
        known = there.get(into)
        if known is None:
            known = next(desk.index.select(all_sql, (into,)), None) is not None
        if not known:
            yield BadData("customer.lost", path=path, into=into)
            continue
        way = [customer_id]
        while way[-1] in merged and merged[way[-1]][1] not in way:
            way.append(merged[way[-1]][1])
        if way[-1] in merged and merged[way[-1]][1] == min(way) == customer_id:
            yield BadData("customer.circle", path=path, ids=" → ".join([*way, customer_id]))
