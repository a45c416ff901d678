"""The file of a day's orders: CSV that a person can open, sorted by number; and its index rows."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from tkt.domain.customers.orders import COLUMNS, Order, order_in
from tkt.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tkt.storage.index import Index

_INSERT = f"INSERT OR REPLACE INTO orders VALUES ({', '.join('?' * 13)})"


class Day:
    """The orders of one file: number to row; ``faults`` are lines that say none."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.columns: list[str] = list(COLUMNS)
        self.rows: dict[str, dict[str, str]] = {}
        self.orders: dict[str, Order] = {}
        self.faults: list[BadData] = []

    @staticmethod
    def read(raw: bytes | None, *, path: str) -> Day:
        """What a file says; a missing one says nothing."""
        day = Day(path)
        if not raw:
            return day
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            day.faults.append(BadData("orders.not_utf8", path=path, line=line))
            return day
        reader = csv.reader(io.StringIO(text, newline=""))
        try:
            day._take(reader)
        except csv.Error as error:
            said = str(error)[:100]
            fault = BadData("orders.bad_row", path=path, line=reader.line_num, message=said)
            day.faults.append(fault)
        return day

    def _take(self, reader: Iterable[list[str]]) -> None:
        header: list[str] = []
        for line, cells in enumerate(reader, 1):
            if not header:
                header = [cell.strip() for cell in cells]
                lacking = [name for name in ("order", "customer", "amount") if name not in header]
                if lacking:
                    said = ", ".join(lacking)
                    self.faults.append(BadData("orders.no_header", path=self.path, lacking=said))
                    return
                self.columns += [name for name in header if name and name not in COLUMNS]
            elif any(cells):
                self._row(dict(zip(header, cells, strict=False)), line)

    def _row(self, row: dict[str, str], line: int) -> None:
        try:
            order = order_in(row)
        except ValueError as error:
            name = str(error)
            value = row.get(name, "")[:60]
            self.faults.append(
                BadData("orders.bad_cell", path=self.path, line=line, field=name, value=value)
            )
            return
        if order.number in self.orders:
            fault = BadData("orders.twice", path=self.path, line=line, order=order.number)
            self.faults.append(fault)
            return
        self.put(row, order)

    def put(self, row: dict[str, str], order: Order) -> None:
        """Let an order stand here, in the place of what was said of it before."""
        self.rows[order.number] = {**self.rows.get(order.number, {}), **row}
        self.orders[order.number] = order

    def text(self) -> bytes:
        """The file: the header, then the orders by number."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        for number in sorted(self.rows):
            row = self.rows[number]
            writer.writerow([row.get(name, "") for name in self.columns])
        return out.getvalue().encode()


class DayRows(NamedTuple):
    """What the index holds of one day's file."""

    path: str
    orders: tuple[Order, ...]


def rows_of(day: Day) -> DayRows:
    """The rows of a day's orders."""
    return DayRows(day.path, tuple(day.orders[number] for number in sorted(day.orders)))


def put(index: Index, rows: DayRows) -> None:
    """Write one day's rows, replacing what stood there."""
    drop(index, rows.path)
    values = ((order[0], rows.path, *order[1:]) for order in rows.orders)
    index.db.executemany(_INSERT, values)


def drop(index: Index, path: str) -> None:
    """Forget one day."""
    index.db.execute("DELETE FROM orders WHERE path = ?", (path,))
