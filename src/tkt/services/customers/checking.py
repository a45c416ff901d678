"""What no customer's file shows by itself: mergers that lead nowhere, or round in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.errors import BadData
from tkt.storage.records_checked import faults as faults_of_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tkt.storage.desk import Desk


def faults(
    desk: Desk,
    scope: Callable[[str], bool],
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[BadData]:
    """Everything wrong with customers and orders."""
    yield from faults_of_files(desk, scope, progress)
    yield from (fault for fault in _mergers(desk) if scope(fault.path))


def _mergers(desk: Desk) -> Iterator[BadData]:
    sql = "SELECT id, path, merged_into FROM customers WHERE merged_into IS NOT NULL ORDER BY id"
    merged = {row[0]: (row[1], row[2]) for row in desk.index.select(sql)}
    all_sql = "SELECT 1 FROM customers WHERE id = ?"
    for customer_id, (path, into) in merged.items():
        if next(desk.index.select(all_sql, (into,)), None) is None:
            yield BadData("customer.lost", path=path, into=into)
            continue
        way = [customer_id]
        while way[-1] in merged and merged[way[-1]][1] not in way:
            way.append(merged[way[-1]][1])
        if way[-1] in merged and merged[way[-1]][1] == min(way) == customer_id:
            yield BadData("customer.circle", path=path, ids=" → ".join([*way, customer_id]))
