"""Files of customers and orders on their way into commits, some at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.change import shown, worded
from tkt.domain.customers.identity import path_of
from tkt.storage import records
from tkt.storage.layout import CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.orders import Day
    from tkt.storage.records import Filed
    from tkt.storage.transaction import Transaction

_FILES, _BYTES = 2_000, 8 << 20
"""What goes into one commit of an import at the most."""


class Writing:
    """Collects files and commits them; without a run nothing is written.

    ``edited`` are the paths that a person has changed and not recorded: nothing goes there.
    """

    def __init__(
        self,
        desk: Desk,
        run: Transaction | None,
        acting: Acting,
        source: str,
        edited: Collection[str],
    ) -> None:
        self.desk = desk
        self.edited = edited
        self._run = run
        self._acting = acting
        self._source = shown(source.rpartition("/")[2])
        self._head = desk.head()
        self._waiting: list[Filed] = []
        self._size = 0

    def customer(self, before: Mapping[str, Any] | None, doc: Mapping[str, Any]) -> None:
        """Let a customer be what ``doc`` says."""
        if self._run is not None:
            self._add(self.filed(before, doc))

    def filed(self, before: Mapping[str, Any] | None, doc: Mapping[str, Any]) -> Filed:
        """The file of a customer who is to be what ``doc`` says."""
        path = path_of(doc["id"])
        old = self._laid_out(before, path) if before else None
        return records.customer_file(doc, path=path, old=old, like=self._head, new=before is None)

    def _laid_out(self, before: Mapping[str, Any], path: str) -> bytes | None:
        """The file as a person laid it out; None where it is as we do."""
        sql = "SELECT blob FROM customers WHERE path = ?"
        ((blob,),) = self.desk.index.select(sql, (path,))
        known = self._run.records.get(path) if self._run else None
        return records.laid_out(self.desk.git, before, blob, known)

    def day(self, day: Day) -> None:
        """Let a day's orders be these."""
        if self._run is not None:
            self._add(records.day_file(day))

    def _add(self, filed: Filed) -> None:
        self._waiting.append(filed)
        self._size += len(filed.text)
        if len(self._waiting) >= _FILES or self._size >= _BYTES:
            self.flush()

    def flush(self) -> None:
        """Commit what is waiting."""
        if not self._waiting or self._run is None:
            return
        people = sum(filed.path.startswith(f"{CUSTOMERS}/") for filed in self._waiting)
        days = [filed.path for filed in self._waiting[people:]]
        counts = [f"{people} customers"] * bool(people) + [f"{len(days)} days"] * bool(days)
        lines = [f"- {days[0]} – {days[-1]}"] if days else []
        trailers = (("Action", "import-orders"), ("Actor", self._acting.by))
        message = worded(
            f"import orders of {self._source}: {', '.join(counts)}", trailers, lines=lines
        )
        person, now = self._acting.person, self._acting.now
        self._run.save_records(self._waiting, message, person=person, now=now)
        self._waiting, self._size = [], 0
