"""The file of a day's orders: CSV that a person can open, sorted by number; and its index rows."""

from __future__ import annotations

import csv
import io
import sys
from typing import TYPE_CHECKING

from tkt.domain.customers.orders import COLUMNS, Order, order_in
from tkt.errors import BadData
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tkt.storage.index import Index

_OFTEN_ALIKE = frozenset({"status", "items", "sku", "quantity", "rating", "channel"})
_INSERT = f"INSERT OR REPLACE INTO orders VALUES ({', '.join('?' * 13)})"


class Day:
    """The orders of one file: number to cells; ``faults`` are lines that say none.

    On the busiest day of a year there are very many: cells are kept as narrow as can be.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.columns: list[str] = list(COLUMNS)
        self.faults: list[BadData] = []
        self._cells: dict[str, tuple[str, ...]] = {}

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
            number = order_in(row).number
        except ValueError as error:
            name = str(error)
            value = row.get(name, "")[:60]
            self.faults.append(
                BadData("orders.bad_cell", path=self.path, line=line, field=name, value=value)
            )
            return
        if number in self._cells:
            fault = BadData("orders.twice", path=self.path, line=line, order=number)
            self.faults.append(fault)
            return
        self.put(row)

    def numbers(self) -> list[str]:
        """The numbers of the orders, in the order of the file."""
        return sorted(self._cells)

    def get(self, number: str) -> dict[str, str] | None:
        """What is said of an order, by column."""
        cells = self._cells.get(number)
        return None if cells is None else dict(zip(self.columns, cells, strict=True))

    def put(self, row: Mapping[str, str]) -> None:
        """Let an order stand here, in the place of what was said of it before."""
        cells = (
            sys.intern(value) if name in _OFTEN_ALIKE else value
            for name in self.columns
            for value in (row.get(name) or "",)
        )
        self._cells[row["order"]] = tuple(cells)

    def orders(self) -> Iterator[Order]:
        """The orders by number."""
        for number in self.numbers():
            yield order_in(self.get(number) or {})

    def text(self) -> bytes:
        """The file: the header, then the orders by number."""
        raw = io.BytesIO()
        with io.TextIOWrapper(raw, encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(self.columns)
            writer.writerows(self._cells[number] for number in self.numbers())
            out.flush()
            return raw.getvalue()


class DayRows(NamedTuple):
    """What the index holds of one day's file."""

    path: str
    orders: tuple[Order, ...]


def rows_of(day: Day) -> DayRows:
    """The rows of a day's orders."""
    return DayRows(day.path, tuple(day.orders()))


def put(index: Index, rows: DayRows) -> None:
    """Write one day's rows, replacing what stood there."""
    drop(index, rows.path)
    values = ((order[0], rows.path, *order[1:]) for order in rows.orders)
    index.db.executemany(_INSERT, values)


def drop(index: Index, path: str) -> None:
    """Forget one day."""
    index.db.execute("DELETE FROM orders WHERE path = ?", (path,))
