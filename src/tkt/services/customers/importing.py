"""Orders out of a platform's export: customers by what they are known by, orders by the day.

The file is read once, outside the lock, and what it says set aside on the disk. Then all is written
in one run: either the whole file is on the branch, some files a commit under one merge commit, or
nothing is. Files are written in the order of their folders, so that Git writes each folder once.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from tkt.domain.change import shown
from tkt.domain.customers.orders import day_path
from tkt.errors import BadData
from tkt.named import NamedTuple
from tkt.services.customers.buyers import Buyers
from tkt.services.customers.days import Days, Tally
from tkt.services.customers.rows import Reader, Unreadable
from tkt.services.customers.writing import Writing
from tkt.services.transfer.importing import Remark
from tkt.storage.layout import CUSTOMERS, ORDERS
from tkt.storage.spool import spooling

if TYPE_CHECKING:
    from collections.abc import Callable

    from tkt.services.acting import Acting
    from tkt.services.customers.columns import Columns
    from tkt.storage.delimited import Delimited
    from tkt.storage.desk import Desk
    from tkt.storage.spool import Spool
    from tkt.storage.tables import Record
    from tkt.storage.transaction import Transaction


_HALF = (1 << 32) - 1


class Placed(NamedTuple):
    """Where an order was set aside, the line it came from, and a sum of what it says.

    There is one for each order of the file: they are kept as one number each.
    """

    place: int
    line: int
    checksum: int

    def packed(self) -> int:
        """As one number."""
        return (self.place << 64) | (self.line << 32) | self.checksum

    @staticmethod
    def of(packed: int) -> Placed:
        """What :meth:`packed` packed."""
        return Placed(packed >> 64, (packed >> 32) & _HALF, packed & _HALF)


class OrderImport:
    """One import of one file into one desk; ``tell`` hears of every row that is not taken."""

    def __init__(
        self,
        desk: Desk,
        file: Delimited,
        *,
        columns: Columns,
        channel: str,
        acting: Acting,
        tell: Callable[[Remark], None],
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.desk = desk
        self.file = file
        self.acting = acting
        self.tell = tell
        self.progress = progress
        zone = desk.settings.zone
        self._reader = Reader(columns, now=acting.now, tz=zone, channel=channel)
        self._headings = {name: i for i, name in enumerate(file.columns, 1)}
        self._fields = columns.by_field
        self._found: dict[str, int] = {}
        self._unread = 0

    def run(self, *, dry: bool) -> Tally:
        """Import, or (``dry``) only say what would come of it."""
        with spooling() as spool:
            self._read(spool)
            if dry:
                tally, remarks = self._place(spool, None)
            else:
                name = shown(self.file.source.name.rpartition("/")[2])
                tally, remarks = self.desk.write(
                    lambda run: self._place(spool, run),
                    self.acting.grouping(f"import {name}"),
                    bulk=True,
                )
        for remark in remarks:
            self.tell(remark)
        tally.failed += self._unread
        return tally

    # -- reading ------------------------------------------------------------------------------

    def _read(self, spool: Spool) -> None:
        lines = self.file.source.lines
        for count, record in enumerate(self.file.records(self.file.start)):
            if self.progress and not count & 1023:
                self.progress(min(record.line, lines - 1), lines)
            self._take(record, spool)
        if self.progress:
            self.progress(lines, lines)

    def _take(self, record: Record, spool: Spool) -> None:
        if record.data is None:
            assert record.fault
            self._fail(record.fault)
            return
        try:
            row = self._reader.read(record.data)
        except Unreadable as wrong:
            self._fail(self._fault(record.line, wrong.key, wrong.field, wrong.params))
            return
        number = row["order"]
        checksum = zlib.crc32(json.dumps(row, ensure_ascii=False).encode())
        if number in self._found:
            first = Placed.of(self._found[number])
            if first.checksum == checksum:
                return
            said = {"order": number, "first": first.line}
            self.tell(Remark("repeated", self._fault(record.line, "orders.again", "order", said)))
        self._found[number] = Placed(spool.add(row), record.line, checksum).packed()

    def _fail(self, fault: BadData) -> None:
        self._unread += 1
        self.tell(Remark("failed", fault))

    def _fault(self, line: int, key: str, field: str, params: Any) -> BadData:
        column = self._headings.get(self._fields.get(field, ""), 1)
        return BadData(key, path=self.file.source.name, line=line, column=column, **params)

    # -- placing ------------------------------------------------------------------------------

    def _place(self, spool: Spool, run: Transaction | None) -> tuple[Tally, list[Remark]]:
        """Everything where it belongs; may be begun anew if somebody else wrote first."""
        edited = {path for path, _ in self.desk.tree.edited_files(CUSTOMERS, ORDERS)}
        writing = Writing(self.desk, run, self.acting, self.file.source.name, edited)
        buyers, days = Buyers(self.desk, writing), Days(self.desk, writing)
        for number, packed in self._found.items():
            placed = Placed.of(packed)
            row = spool.get(placed.place)
            held = days.held(number)
            buyer = held.customer if held else buyers.of(row)
            buyers.note(buyer, placed.place)
            days.note(held.path if held else day_path(row["day"]), number, buyer)
        tally = Tally()
        tally.customers = buyers.settle(spool)
        remarks = []
        for number, error in days.settle(
            lambda number: spool.get(Placed.of(self._found[number]).place), buyers.refused, tally
        ):
            line = Placed.of(self._found[number]).line
            remarks.append(Remark("failed", self._fault(line, error.key, "order", error.params)))
        writing.flush()
        return tally, remarks
