"""The index: SQLite under the common Git directory, a pure function of the commit that it names.

HEAD unchanged: nothing to do. HEAD moved: only the files that differ are read again. Missing,
damaged or of another version: rebuilt. Readers never wait for writers; where nothing can be written
(a read-only disk) the index is kept in memory for as long as the command runs.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3  # noqa: TID253  this is its home
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tkt.domain.ids import id_in_path, number_of, path_of
from tkt.domain.ticket import Ticket
from tkt.errors import BadData, TktError
from tkt.storage.files import blob_name
from tkt.storage.rows import Categories, Rows, rows_of, searchable
from tkt.storage.search import INDEXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tkt.storage.git import Git
    from tkt.storage.transaction import Transaction

VERSION = 1
"""Of the schema and of everything that decides what stands in it; another one is rebuilt."""

_INSERT = {
    "tickets": f"INSERT OR REPLACE INTO tickets VALUES ({', '.join('?' * 31)})",
    "docs": "INSERT OR REPLACE INTO docs VALUES (?, ?)",
    "tags": "INSERT OR IGNORE INTO tags VALUES (?, ?)",
    "former": "INSERT OR IGNORE INTO former VALUES (?, ?)",
    "events": "INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?)",
    "words": "INSERT INTO words (rowid, text) VALUES (?, ?)",
    "broken": "INSERT OR REPLACE INTO broken VALUES (?, ?, ?, ?, ?, ?)",
}
Found = Rows | BadData
"""What reading one file gave: rows, or the fault that leaves none."""


def location(git: Git) -> Path:
    """Where the index of this desk, seen from this work tree, is kept."""
    key = zlib.crc32(f"{git.gitdir}\0{git.prefix}".encode())
    return git.common / "tkt" / f"index-{key:08x}-v{VERSION}.db"


class Index:
    """One open index; ``commit`` is the commit it describes, None when it is empty."""

    def __init__(self, connection: sqlite3.Connection, *, in_memory: bool = False) -> None:
        self.db = connection
        self.in_memory = in_memory

    # -- opening ------------------------------------------------------------------------------

    @staticmethod
    def open(path: Path) -> Index | None:
        """The index at ``path``; None if there is none that can be used."""
        if not path.is_file():
            return None
        for query in ("", "?mode=ro&immutable=1"):
            try:
                connection = sqlite3.connect(
                    f"file:{_quoted(path)}{query}", uri=True, timeout=30, isolation_level=None
                )
                connection.execute("PRAGMA synchronous = NORMAL")
                index = Index(connection)
                if index.meta("version") == str(VERSION):
                    return index
                connection.close()
            except sqlite3.OperationalError:
                continue
            except sqlite3.DatabaseError:
                return None
        return None

    @staticmethod
    def create(path: Path | None) -> Index:
        """A new empty index, at ``path`` or in memory; not yet safe against a crash: see `keep`."""
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path or ":memory:", isolation_level=None)
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -65536")
        schema = (Path(__file__).parent / "schema.sql").read_text(encoding="utf-8")
        connection.executescript(schema)
        index = Index(connection, in_memory=path is None)
        index.set_meta("version", str(VERSION))
        return index

    def settle(self) -> None:
        """Finish a newly built index: make its indexes and let later changes be journalled."""
        for statement in INDEXES:
            self.db.execute(statement)
        if not self.in_memory:
            self.db.execute("PRAGMA journal_mode = WAL")
            self.db.execute("PRAGMA synchronous = NORMAL")

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    # -- what it describes --------------------------------------------------------------------

    def meta(self, name: str) -> str | None:
        """One fact about the index or the desk's settings, as text."""
        row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_meta(self, name: str, value: str) -> None:
        """Record such a fact."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    @property
    def commit(self) -> str | None:
        """The commit that the index describes."""
        return self.meta("commit")

    # -- changing -----------------------------------------------------------------------------

    def put(self, rows: Rows) -> None:
        """Write one ticket's rows, replacing what stood there."""
        self.drop(rows.num)
        self.add([rows])

    def record(self, head: str, run: Transaction, categories: Categories) -> None:
        """Follow a run of our own to ``head``, without reading anything back.

        Should that fail, the index stays where it was and the next command brings it on.
        """
        try:
            self.db.execute("BEGIN IMMEDIATE")
            if self.commit == run.head:
                for ticket in run.tickets.values():
                    path = path_of(ticket.id, archived=ticket.is_archived)
                    content = run.files[path]
                    assert content is not None
                    self.put(rows_of(ticket, path=path, blob=blob_name(content, like=head),
                                     categories=categories))
                self.set_meta("commit", head)
            self.db.execute("COMMIT")
        except sqlite3.Error:
            with contextlib.suppress(sqlite3.Error):
                self.db.execute("ROLLBACK")

    def add(self, found: Iterable[Found]) -> None:
        """Write the rows of tickets that the index does not have."""
        run = self.db.execute
        for rows in found:
            if isinstance(rows, BadData):
                self._add_broken(rows)
                continue
            num = rows.num
            run(_INSERT["tickets"], rows.ticket)
            run(_INSERT["docs"], (num, rows.doc))
            run(_INSERT["words"], (num, rows.text))
            for tag in rows.tags:
                run(_INSERT["tags"], (tag, num))
            for old in rows.former:
                run(_INSERT["former"], (old, num))
            self.db.executemany(_INSERT["events"], ((num, *event) for event in rows.events))

    def _add_broken(self, fault: BadData) -> None:
        params = {k: v for k, v in fault.params.items() if k not in ("path", "line", "column")}
        self.db.execute(_INSERT["broken"], (
            fault.path, id_in_path(fault.path), fault.line, fault.column, fault.key,
            json.dumps(params, ensure_ascii=False, default=str)))

    def drop(self, num: int) -> None:
        """Forget one ticket."""
        run = self.db.execute
        row = run("SELECT doc FROM docs WHERE num = ?", (num,)).fetchone()
        if row is None:
            return
        doc = json.loads(row[0])
        # A contentless full-text table forgets a row only when told what stood in it.
        run("INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)",
            (num, _cut(searchable(doc))))
        for tag in doc.get("tags", ()):
            run("DELETE FROM tags WHERE tag = ? AND num = ?", (tag, num))
        for old in doc.get("formerly", ()):
            run("DELETE FROM former WHERE id = ? AND num = ?", (old, num))
        for table in ("tickets", "docs", "events"):
            run(f"DELETE FROM {table} WHERE num = ?", (num,))

    def drop_broken(self, path: str) -> None:
        """Forget that the file at ``path`` was broken."""
        self.db.execute("DELETE FROM broken WHERE path = ?", (path,))

    # -- asking -------------------------------------------------------------------------------

    def where(self, ticket_id: str) -> tuple[str, str] | None:
        """(path, blob) of a ticket's file in the commit."""
        row = self.db.execute("SELECT path, blob FROM tickets WHERE num = ?",
                              (number_of(ticket_id),)).fetchone()
        return (row[0], row[1]) if row else None

    def ticket(self, ticket_id: str) -> Ticket | None:
        """One ticket as of the commit."""
        row = self.db.execute("SELECT doc FROM docs WHERE num = ?",
                              (number_of(ticket_id),)).fetchone()
        return Ticket.of(json.loads(row[0])) if row else None

    def like(self, part: str, limit: int = 6) -> list[tuple[str, str]]:
        """(id, title) of tickets whose id has ``part`` in it, those that end in it first."""
        rows = self.db.execute(
            "SELECT id, title FROM tickets WHERE id LIKE ? ORDER BY id NOT LIKE ?, num DESC LIMIT ?",
            (f"%{part}%", f"%{part}", limit))
        return list(rows)

    def formerly(self, ticket_id: str) -> list[str]:
        """The ids of tickets that once had this id and were renumbered."""
        return [row[0] for row in self.db.execute(
            "SELECT tickets.id FROM former JOIN tickets USING (num) WHERE former.id = ?",
            (ticket_id,))]

    def opened_on(self, day: str) -> int:
        """How many tickets carry the day ``yymmdd`` in their id."""
        first = int(day) << 32
        row = self.db.execute("SELECT count(*) FROM tickets WHERE num >= ? AND num < ?",
                              (first, first + (1 << 32))).fetchone()
        return int(row[0])

    def has_field(self, name: str) -> bool:
        """Whether some ticket has a field of this name; looks through all of them."""
        return self.db.execute(
            "SELECT 1 FROM docs WHERE json_type(doc, ?) IS NOT NULL LIMIT 1",
            (f'$."{name}"',)).fetchone() is not None if '"' not in name else False

    def broken(self) -> list[BadData]:
        """The files that could not be read as tickets, by path."""
        rows = self.db.execute(
            'SELECT path, line, "column", key, params FROM broken ORDER BY path')
        return [BadData(key, path=path, line=line, column=column, **json.loads(params))
                for path, line, column, key, params in rows]

    def select(self, sql: str, params: Iterable[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Run one reading statement."""
        return iter(self.db.execute(sql, tuple(params)))


def _cut(text: str) -> str:
    from tkt.domain.words import cut  # noqa: PLC0415

    return cut(text)


def _quoted(path: Path) -> str:
    return str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def update(
    index: Index,
    changes: Iterable[tuple[str, str, str]],
    *,
    read: Callable[[list[tuple[str, str, str]]], Iterable[tuple[str, Found]]],
    locate: Callable[[str], list[tuple[str, str, str]]],
) -> None:
    """Bring the tickets of an index up to date with changed files.

    ``changes`` are (path, blob or zeros, mode); ``read`` reads such files; ``locate`` finds the
    files that the new commit has for an id, for the rare id that lies in two places.
    """
    wanted: dict[str, tuple[str, str, str]] = {}
    for path, blob, mode in changes:
        index.drop_broken(path)
        ticket_id = id_in_path(path)
        if ticket_id:
            at = index.where(ticket_id)
            elsewhere = path_of(ticket_id, archived=path.startswith("tickets/"))
            if at and at[0] != path or _is_broken(index, elsewhere):
                for other in locate(ticket_id):
                    wanted[other[0]] = other
            if at and at[0] == path:
                index.drop(number_of(ticket_id))
        if blob.strip("0"):
            wanted[path] = (path, blob, mode)
    paths = sorted(wanted, reverse=True)  # tickets/ before archive/: the active file wins
    for path, found in read([wanted[path] for path in paths]):
        _take(index, path, found)


def _is_broken(index: Index, path: str) -> bool:
    return index.db.execute("SELECT 1 FROM broken WHERE path = ?", (path,)).fetchone() is not None


def _take(index: Index, path: str, found: Found) -> None:
    if isinstance(found, Rows):
        ticket_id = found.ticket[1]
        held = index.where(ticket_id)
        if held and held[0] != path and not (held[0].startswith("archive/")):
            found = BadData("ticket.twice", path=path, id=ticket_id, other=held[0])
        elif held and held[0] != path:
            index.drop_broken(held[0])
            index.add([BadData("ticket.twice", path=held[0], id=ticket_id, other=path)])
    index.drop_broken(path)
    if isinstance(found, Rows):
        index.put(found)
    else:
        index.add([found])


def rows_from(
    raw: bytes | None, *, path: str, blob: str, mode: str, categories: Categories
) -> Found:
    """Read one ticket file into rows."""
    from tkt.storage.reading import read_ticket  # noqa: PLC0415  only when files are read at all

    try:
        ticket = read_ticket(raw, path=path, mode=mode)
        return rows_of(ticket, path=path, blob=blob, categories=categories)
    except TktError as error:
        if isinstance(error, BadData):
            return error
        raise
