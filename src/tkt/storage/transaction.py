"""One run of writes: every action its own commit, all of them on the branch or none.

Where Git itself has to commit (hooks, signatures, filters), each is on the branch at once instead:
a run that fails in the middle keeps what it has committed, and its error says how many those are.

What a run writes goes into the index at once, inside a database transaction that ends when the
branch has moved. So the run sees its own work, and a run that fails leaves no trace.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tkt.domain import change as changes
from tkt.domain.ids import places_of
from tkt.domain.privacy import cleared
from tkt.errors import NotFound, Refused, Stale, TktError, Unavailable
from tkt.storage import indexing, records
from tkt.storage.commits import Plain, Stream, writer
from tkt.storage.dump import dump
from tkt.storage.entry import Entry
from tkt.storage.files import blob_name
from tkt.storage.layout import is_setting
from tkt.storage.reading import LIMIT
from tkt.storage.rows import Rows, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from tkt.domain.change import Change, Person
    from tkt.domain.ticket import Ticket
    from tkt.storage.desk import Desk
    from tkt.storage.records import Filed

_AT_ONCE = 500
"""So many tickets of a bulk run go into the index together, which takes half the time."""

Files = dict[str, bytes | None]
"""Path relative to the desk to what the file is to hold; None deletes it."""


class Saved:
    """What came of one action; ``commit`` is its name once the run is on the branch.

    ``changes`` are all that it made, as they were recorded; ``change`` is the first of them.
    """

    __slots__ = ("change", "changes", "commit")

    def __init__(self, change: Change | None) -> None:
        self.change = change
        self.changes: tuple[Change, ...] = (change,) if change else ()
        self.commit: str | None = None

    @property
    def ticket(self) -> Ticket:
        """The ticket as it is now."""
        assert self.change
        return self.change.after


def _fitting(change: Change, text: bytes) -> bytes:
    if len(text) > LIMIT:
        raise Refused("ticket.too_big", id=change.ticket_id, limit=LIMIT >> 20)
    return text


class Transaction:
    """Reads and writes of one run, on top of the commit ``head``.

    A ``bulk`` run keeps nothing of what it has written in memory: it may open any number of new
    tickets, each once, and its results carry no commit names.

    All is on the branch after :meth:`commit` or nothing is, but for the plain way of committing:
    there each action is on the branch as soon as it is saved, and stays (see :attr:`committed`).
    """

    def __init__(self, desk: Desk, head: str, *, bulk: bool = False) -> None:
        self.desk = desk
        self.head = head
        self.bulk = bulk
        self.count = 0
        self.saved: list[Saved] = []
        self.files: Files = {}
        self.private: dict[str, Filed] = {}
        """Customers' files with what was masked just now, by path, until they are recorded."""
        self.records: dict[str, bytes | None] = {}
        """Customers' files that this run has recorded; the text of those that people laid out."""
        self._of_ticket: dict[str, Filed] = {}
        self._waiting: dict[str, Rows] = {}
        self._plain_folders: set[str] = set()
        self._touches_settings = False
        self._writer: Stream | Plain | None = None
        self._failure: TktError | None = None

    @property
    def committed(self) -> int:
        """How many actions are on the branch whatever comes: none, but on the plain way."""
        return min(len(self._writer.made), self.count) if isinstance(self._writer, Plain) else 0

    def told(self, error: TktError) -> TktError:
        """The error that stopped the run; if Git or a hook did in the middle, how far it came."""
        if self._failure is None or not self.committed:
            return error
        kind = Unavailable if isinstance(self._failure, Unavailable) else Refused
        reason = self._failure.params.get("message") or self._failure.key
        return kind("git.partly", count=self.committed, message=reason)

    # -- reading ------------------------------------------------------------------------------

    def ticket(self, reference: str) -> Ticket:
        """The ticket that ``reference`` (an id or the unambiguous part of one) means, as of now."""
        self.flush()
        return self.desk.ticket(self.desk.find(reference))

    def is_waiting(self, ticket_id: str) -> bool:
        """Whether a bulk run has written this ticket and the index does not show it yet."""
        return ticket_id in self._waiting

    def flush(self) -> None:
        """Let the index show all that a bulk run has written so far."""
        if self._waiting:
            with self.desk.index.careful():
                indexing.add(self.desk.index, self._waiting.values())
            self._waiting.clear()

    def is_taken(self, ticket_id: str) -> bool:
        """Whether an id is in use, committed or not, readable or not."""
        if ticket_id in self._waiting or self.desk.index.where(ticket_id) is not None:
            return True
        return any(map(self._lies, places_of(ticket_id)))

    def _lies(self, path: str) -> bool:
        """Whether there is a file; that no link leads to it is looked at once for each folder."""
        if self._is_plain(path.rpartition("/")[0]):
            return os.path.lexists(f"{self.desk.root}/{path}")
        return self.desk.tree.read(path) is not None

    def _is_plain(self, folder: str) -> bool:
        if folder in self._plain_folders:
            return True
        above = folder.rpartition("/")[0]
        if os.path.islink(f"{self.desk.root}/{folder}") or (above and not self._is_plain(above)):
            return False
        self._plain_folders.add(folder)
        return True

    def known_on(self, day: str) -> int:
        """How many tickets carry the day ``yymmdd`` in their id."""
        self.flush()
        return self.desk.index.opened_on(day)

    # -- writing ------------------------------------------------------------------------------

    def save(self, *changes: Change, person: Person, now: datetime) -> Saved:
        """Record one action, on one ticket or on several; the answer is about the first.

        Refused, with nothing recorded, if a ticket's file has edits that are not recorded yet.
        """
        ready = []
        for change in map(self.cleared, changes):
            old_path, old_text = self._held(change)
            text = self._text(old_text, change, change.after.path)
            ready.append((change, _fitting(change, text), old_path))
        first, *_ = [self.adopt(*each, person=person, now=now) for each in ready]
        first.changes = tuple(change for change, *_ in ready)
        return first

    def cleared(self, change: Change) -> Change:
        """The change as it may be recorded: personal data masked, in full only in its ``found``.

        Everything that anybody writes on a ticket comes by here, whatever command it came by. The
        file of the customer that keeps it in full waits for :meth:`adopt`, to go into one commit.
        """
        change = cleared(change, self.desk.settings)
        if change.found:
            from tkt.storage.private import keep  # nothing private is the rule

            change, filed = keep(self, change)
            if filed is not None:
                self.private[filed.path] = filed
                self._of_ticket[change.ticket_id] = filed
        return change

    def adopt(
        self, change: Change, text: bytes, old_path: str | None, *, person: Person, now: datetime
    ) -> Saved:
        """Record one action with the file's text as given, which must say ``change.after``.

        What a person has just written there has been :meth:`cleared` before.
        """
        after = change.after
        path = after.path
        _fitting(change, text)
        update: Files = {path: text}
        if old_path is not None and old_path != path:
            update[old_path] = None
        filed = self._of_ticket.pop(change.ticket_id, None)
        if filed is not None:
            update[filed.path] = filed.text
        authored = max((event.instant for event in change.events), default=now)
        self._commit(Entry(changes.message(change, person.by), person, authored, now, update))
        rows = rows_of(
            after,
            path=path,
            blob=blob_name(text, like=self.head),
            plan=self.desk.plan,
        )
        with self.desk.index.careful():
            for name in update:
                indexing.drop_broken(self.desk.index, name)
            if filed is not None:
                self._recorded(filed)
            if self.bulk:
                self._waiting[after.id] = rows
                if len(self._waiting) >= _AT_ONCE:
                    self.flush()
            else:
                indexing.put(self.desk.index, rows)
        return self._keep(Saved(change))

    def save_files(
        self, update: Mapping[str, bytes | None], message: str, *, person: Person, now: datetime
    ) -> Saved:
        """Record other files of the desk, in one commit."""
        self._commit(Entry(message, person, now, now, update))
        with self.desk.index.careful():
            records.take(self.desk.index, update, like=self.head)
        return self._keep(Saved(None))

    def save_records(
        self, filed: Sequence[Filed], message: str, *, person: Person, now: datetime
    ) -> Saved:
        """Record customers' and orders' files, in one commit."""
        update = {each.path: each.text for each in filed}
        self._commit(Entry(message, person, now, now, update))
        with self.desk.index.careful():
            for each in filed:
                self._recorded(each, remember=not self.bulk)
        return self._keep(Saved(None))

    def _recorded(self, filed: Filed, *, remember: bool = True) -> None:
        """Let the index show a file of a customer or of orders."""
        records.put(self.desk.index, filed.rows, new=filed.new)
        self.private.pop(filed.path, None)
        laid_out = filed.text if records.is_laid_out(filed) else None
        if remember or laid_out is not None:
            self.records[filed.path] = laid_out

    def _keep(self, saved: Saved) -> Saved:
        self.count += 1
        if not self.bulk:
            self.saved.append(saved)
        return saved

    def _commit(self, entry: Entry) -> None:
        if self._writer is None:
            self._writer = writer(self.desk.git, self.head)
            if not indexing.begin(self.desk.index, self.head, bulk=self.bulk):
                raise Stale("git.moved")
        if isinstance(self._writer, Plain):
            self.desk.tree.begin(self.desk.git.head(), entry.files)
        try:
            self._writer.add(entry)
        except TktError as error:
            self._failure = error
            if isinstance(error, Refused | Stale):
                self.desk.tree.end()  # the files are as they were
            raise
        self._touches_settings = self._touches_settings or any(map(is_setting, entry.files))
        if not self.bulk:
            self.files.update(entry.files)

    def _held(self, change: Change) -> tuple[str | None, bytes | None]:
        """(path, bytes) of the file as committed or written in this run; checked for edits."""
        if change.before is None:
            return None, None
        at = self.desk.index.where(change.before.id)
        if at is None:
            raise NotFound("ticket.none", id=change.before.id)
        path, blob = at
        if path in self.files:
            return path, self.files[path]
        if self.desk.tree.is_edited(path, blob):
            raise Refused("ticket.edited", id=change.before.id, path=path)
        content = self.desk.tree.read(path)
        if content is None or blob_name(content, like=blob) != blob:
            content = next(self.desk.git.blobs([blob], LIMIT))  # Git converts it for the work tree
        return path, content

    def _text(self, old: bytes | None, change: Change, path: str) -> bytes:
        doc = change.after.doc()
        if old is None or change.before is None or old == dump(change.before.doc()).encode():
            return dump(doc).encode()
        from tkt.storage.rewrite import rewrite  # a person's layout: this needs ruamel

        return rewrite(old.decode("utf-8-sig"), doc, path=path).encode()

    # -- ending -------------------------------------------------------------------------------

    def commit(self, grouped: Callable[[int], Entry]) -> None:
        """Put the run on the branch, then bring work tree and index after it.

        ``grouped`` makes the merge commit of a run of that many actions.
        """
        if self._writer is None:
            return
        if not self.count:
            self.abandon()  # Git has taken none of them
            return
        self.flush()
        try:
            self._land(self._writer, grouped)
        finally:
            self.desk.tree.let_go()

    def _land(self, writer: Stream | Plain, grouped: Callable[[int], Entry]) -> None:
        plain = isinstance(writer, Plain)
        if not plain:
            self.desk.tree.begin(self.head)
        try:
            if not plain:
                self.desk.tree.hold_index()
            if self.count > 1:
                writer.group(grouped(self.count))
            made = writer.finish()
        except TktError as error:
            self._failure = error
            if not plain and self.desk.git.head() == self.head:
                self.desk.tree.end()  # nothing has happened; else the next command finishes it
            raise
        for saved, name in zip(self.saved, made, strict=False):
            saved.commit = name
        self._writer = None
        # Filters may have changed what was committed, settings what it means: then it is read back.
        indexing.end(self.desk.index, None if plain or self._touches_settings else made[-1])
        self.desk.follow(self.head, made[-1], None if self.bulk else self.files, placed=plain)

    def abandon(self) -> None:
        """Forget everything that is not on the branch yet."""
        if self._writer is not None:
            self._writer.abandon()
            self._writer = None
            indexing.end(self.desk.index, None)
