"""Taking tickets in: each its own commit, a run of them under one merge commit.

A file is read as a stream, and written in runs, so that neither its length nor the number of its
tickets costs memory, and others get to write in between. What is on the desk already is skipped, so
importing a file twice adds nothing.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from tkt.domain import ids
from tkt.domain.change import Change, shown
from tkt.domain.custom.field import Label
from tkt.domain.ids import checksum
from tkt.domain.merge import renumber
from tkt.domain.plaintext import one_line
from tkt.domain.privacy import said_again
from tkt.errors import BadData, Refused, TktError
from tkt.named import NamedTuple
from tkt.services.transfer.drafts import (
    Draft,
    Unfit,
    is_whole,
    timeline_of,
    whole_from_cells,
    whole_from_json,
)
from tkt.services.transfer.foreign import Foreign
from tkt.storage.dump import dump
from tkt.storage.reading import LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from tkt.domain.ticket import Ticket
    from tkt.services.acting import Acting
    from tkt.services.transfer.columns import Columns
    from tkt.storage.desk import Desk
    from tkt.storage.tables import Position, Record, Source
    from tkt.storage.transaction import Transaction

_ANY_ID = "000101-222222"

RUN = 20_000
"""Records that are written at once; then others may write, and go on from what is there."""


class Records(Protocol):
    """A file of records of one format."""

    source: Source
    start: Position

    def records(self, start: Position) -> Iterator[Record]:
        """Every record from ``start`` on."""


class Remark(NamedTuple):
    """Something to tell about one record: ``kind`` is failed, skipped or renumbered."""

    kind: str
    fault: BadData


class Tally:
    """What has come of an import so far."""

    def __init__(self) -> None:
        self.imported = self.skipped = self.failed = 0

    def add(self, other: Tally) -> None:
        """Count what came of one more run."""
        self.imported += other.imported
        self.skipped += other.skipped
        self.failed += other.failed


class _Run:
    """What came of one run; it counts once it is on the branch."""

    def __init__(self, start: Position) -> None:
        self.end = start
        self.over = True
        self.tally = Tally()
        self.remarks: list[Remark] = []
        self.seen: dict[str, int] = {}
        self.days: dict[date, int] = {}


class Import:
    """One import of one file into one desk; ``tell`` hears of every record that is not taken."""

    def __init__(
        self,
        desk: Desk,
        file: Records,
        *,
        columns: Columns,
        acting: Acting,
        tell: Callable[[Remark], None],
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.desk = desk
        self.file = file
        self.acting = acting
        self.tell = tell
        self.progress = progress
        self.tally = Tally()
        self._foreign = Foreign(desk, columns, acting)
        self._headings = {name: i for i, name in enumerate(getattr(file, "columns", ()), 1)}
        self._seen: dict[str, int] = {}
        self._before = 0

    def look(self) -> Tally:
        """What :meth:`write` would do, nothing done."""
        run = _Run(self.file.start)
        self._before = self.file.start.offset
        for record in self.file.records(self.file.start):
            self._take(None, record, run)
            self._before = record.end.offset
            self._report(run)
        self.tally.add(run.tally)
        return self.tally

    def write(self, *, whole: bool = False) -> Tally:
        """Import in runs, or ``whole``: all at once, and nothing if anything is wrong."""
        self._seen.clear()
        self.tally = Tally()
        position, over = self.file.start, False
        name = one_line(self.file.source.name.rpartition("/")[2], 40)
        try:
            while not over:
                position, over = self._write_run(position, name, whole)
        finally:
            self._end_progress()
        return self.tally

    def _write_run(self, start: Position, name: str, whole: bool) -> tuple[Position, bool]:
        """(where the next run begins, whether there is none)."""
        run = self.desk.write(
            lambda transaction: self._run(transaction, start, whole),
            self.acting.grouping(f"import {name}"),
            bulk=True,
        )
        self.tally.add(run.tally)
        self._seen.update(run.seen)
        self._report(run)
        return run.end, run.over

    def _run(self, transaction: Transaction, start: Position, whole: bool) -> _Run:
        run, count = _Run(start), 0
        for record in self.file.records(start):
            self._take(transaction, record, run)
            run.end, count = record.end, count + 1
            if self.progress and not count & 63:
                self.progress(min(run.end.line, self.file.source.lines - 1), self.file.source.lines)
            if whole and run.tally.failed:
                raise Refused("import.changed", path=self.file.source.name)
            if count >= RUN and not whole:
                run.over = False
                break
        return run

    def _report(self, run: _Run) -> None:
        if run.remarks:
            self._end_progress()
        for remark in run.remarks:
            self.tell(remark)
        run.remarks.clear()

    def _end_progress(self) -> None:
        if self.progress:
            self.progress(self.file.source.lines, self.file.source.lines)

    # -- one record ---------------------------------------------------------------------------

    def _take(self, transaction: Transaction | None, record: Record, run: _Run) -> None:
        if record.data is None:
            assert record.fault
            self._failed(run, record.fault)
            return
        try:
            draft = self._draft(record)
            if transaction is None:
                self._fits(draft.ticket, record.end.offset - self._before)
            self._place(transaction, draft, record.line, run)
        except Unfit as unfit:
            self._failed(run, self._fault(unfit.error, record.line, unfit.column))
        except TktError as error:
            if error.ends_run:
                raise
            self._failed(run, self._fault(error, record.line, None))

    def _draft(self, record: Record) -> Draft:
        assert record.data is not None
        raw = record.data.get("timeline")
        if raw is not None:
            timeline = timeline_of(raw)
            if is_whole(timeline):
                assert timeline is not None
                if isinstance(raw, str):
                    return whole_from_cells(record.data, timeline)
                return whole_from_json(record.data)
        return self._foreign.draft(record.data)

    def _place(self, transaction: Transaction | None, draft: Draft, line: int, run: _Run) -> None:
        ticket = draft.ticket
        external = ticket.fields.get("external")
        first = run.seen.get(external) or self._seen.get(external) if external else None
        if first:
            fault = self._at("import.twice", line, external=external, first=first)
            run.remarks.append(Remark("skipped", fault))
        if transaction is not None and transaction.is_waiting(ticket.id):
            transaction.flush()
        if first or self._is_here(draft, external):
            run.tally.skipped += 1
            return
        if transaction is not None:
            placed = self._with_id(transaction, ticket, run)
            change = Change("import", None, placed, (placed.opening,), tail=placed.title,
                            reason=draft.start.reason, rule=draft.start.rule)  # fmt: skip
            transaction.save(change, person=self.acting.person, now=self.acting.now)
            if ticket.id and placed.id != ticket.id:
                fault = self._at("import.renumbered", line, old=ticket.id, id=placed.id)
                run.remarks.append(Remark("renumbered", fault))
        else:
            self._dated(ticket)
        if external:
            run.seen[external] = line
        run.tally.imported += 1

    def _is_here(self, draft: Draft, external: str | None) -> bool:
        """Whether the desk has this ticket: its external id, or its own id and opening."""
        index, ticket = self.desk.index, draft.ticket
        if external and index.with_external(external):
            return True
        if not ticket.id:
            return False
        for ticket_id in (ticket.id, *index.formerly(ticket.id)):
            held = index.ticket(ticket_id)
            if held and self._opened_alike(held, draft):
                return True
        return False

    def _opened_alike(self, held: Ticket, draft: Draft) -> bool:
        """Whether two tickets of one id were opened by the same event."""
        one, other = held.opening, draft.ticket.opening
        if draft.whole:
            return one.id == other.id
        # A plain record has no event ids: it is known by what its opening says, once masked.
        again = partial(said_again, settings=self.desk.settings)
        said = [
            (e.instant, again(e.text), again(e.data.get("set", {}).get("title")))
            for e in (one, other)
        ]
        return said[0] == said[1]

    def _with_id(self, transaction: Transaction, ticket: Ticket, run: _Run) -> Ticket:
        """The ticket under its own id if that is free, else under a new one."""
        if ticket.id:
            if not transaction.is_taken(ticket.id):
                return ticket
            seed = checksum(ticket.opening.id)
            return renumber(
                ticket, ids.renumbered(ticket.id, seed=seed, taken=transaction.is_taken)
            )
        day = self._dated(ticket)
        if day not in run.days:
            run.days[day] = transaction.known_on(f"{day:%y%m%d}")
        found = ids.new_id(
            day,
            known=run.days[day],
            taken=transaction.is_taken,
            draw=self.acting.draw,
        )
        run.days[day] += 1
        return ticket._replace(id=found)

    def _dated(self, ticket: Ticket) -> date:
        """The day that its id tells, Refused for a year that no id can tell."""
        if ticket.id:
            return ids.day_of(ticket.id)
        day = ticket.opening.instant.astimezone(self._foreign.zone).date()
        if not 2000 <= day.year <= 2099:
            raise Refused("new.no_such_year", year=day.year)
        return day

    def _fits(self, ticket: Ticket, size: int) -> None:
        """Refused if a record of ``size`` bytes makes a file that is too large."""
        # Only escapes make a file longer than its record, at most six times.
        if size > LIMIT // 8 and len(dump(ticket._replace(id=_ANY_ID).doc()).encode()) > LIMIT:
            raise Refused("ticket.too_big", id=ticket.id or "?", limit=LIMIT >> 20)

    # -- faults -------------------------------------------------------------------------------

    def _failed(self, run: _Run, fault: BadData) -> None:
        run.tally.failed += 1
        run.remarks.append(Remark("failed", fault))

    def _fault(self, error: TktError, line: int, column: str | None) -> BadData:
        """An error as one of the file, with what people wrote there kept short."""
        params = {name: _short(value) for name, value in error.params.items()}
        if column is not None:
            params.setdefault("field", _short(column))
        at = self._headings.get(column or "", 1)
        kept = {n: v for n, v in params.items() if n not in ("path", "line", "column")}
        return BadData(error.key, path=self.file.source.name, line=line, column=at, **kept)

    def _at(self, key: str, line: int, **params: object) -> BadData:
        short = {name: _short(value) for name, value in params.items()}
        return BadData(key, path=self.file.source.name, line=line, column=1, **short)


def _short(value: object) -> object:
    return value if isinstance(value, int | Label) else shown(value)
