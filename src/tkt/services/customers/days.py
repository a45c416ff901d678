"""The days of an import: which order goes into which file, and what is new of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.customers.orders import COLUMNS
from tkt.errors import Refused
from tkt.named import NamedTuple
from tkt.storage.layout import ORDERS
from tkt.storage.orders import Day
from tkt.storage.reading import LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tkt.services.customers.writing import Writing
    from tkt.storage.desk import Desk

Row = dict[str, Any]


class Tally:
    """What has come of an import."""

    def __init__(self) -> None:
        self.added = self.updated = self.same = self.failed = self.customers = 0


class HeldOrder(NamedTuple):
    """An order that the desk has already: its file, and the customer that stands there."""

    path: str
    customer: str


class Days:
    """The files that the orders of one import go into."""

    def __init__(self, desk: Desk, writing: Writing) -> None:
        self.desk = desk
        self.writing = writing
        self._days: dict[str, list[tuple[str, str]]] = {}
        listed = desk.git.files_in(desk.head(), ORDERS)
        self._known = {path: blob for path, blob, _ in listed}

    def held(self, number: str) -> HeldOrder | None:
        """Where an order stands already; it stays in its file whatever its times are now."""
        sql = "SELECT path, customer FROM orders WHERE number = ? ORDER BY path DESC LIMIT 1"
        row = next(self.desk.index.select(sql, (number,)), None)
        return HeldOrder(*row) if row else None

    def note(self, path: str, number: str, customer: str) -> None:
        """Remember that an order of a customer goes into a file."""
        self._days.setdefault(path, []).append((number, customer))

    def settle(
        self, row_of: Callable[[str], Row], refused: Mapping[str, Refused], tally: Tally
    ) -> Iterator[tuple[str, Refused]]:
        """Write the files that change, and count; yields the orders that cannot be placed."""
        for path in sorted(self._days):
            noted = self._days.pop(path)
            try:
                day = self._read(path)
            except Refused as wrong:
                tally.failed += len(noted)
                yield from ((number, wrong) for number, _ in noted)
                continue
            changed = False
            for number, customer in noted:
                if customer in refused:
                    tally.failed += 1
                    yield number, refused[customer]
                    continue
                changed = _put(day, row_of(number), customer, tally) or changed
            if changed:
                self.writing.day(day)

    def _read(self, path: str) -> Day:
        if path in self.writing.edited:
            raise Refused("orders.day_edited", day=path)
        blob = self._known.get(path)
        raw = next(self.desk.git.blobs([blob], LIMIT)) if blob else None
        day = Day.read(raw, path=path)
        if day.faults or (blob and raw is None):
            raise Refused("orders.day_broken", day=path)
        return day


def _put(day: Day, said: Row, customer: str, tally: Tally) -> bool:
    """Let an order stand in its day; whether that changes anything.

    What an export leaves empty does not take away what is known.
    """
    number = said["order"]
    before = day.get(number)
    row = {name: said.get(name) or "" for name in COLUMNS} | {"customer": customer}
    if before is not None:
        row = {**before, **{name: value for name, value in row.items() if value}}
    if row == before:
        tally.same += 1
        return False
    tally.added += before is None
    tally.updated += before is not None
    day.put(row)
    return True
