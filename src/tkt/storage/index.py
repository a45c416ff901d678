"""The index: SQLite under the common Git directory, a pure function of the commit that it names.

This module opens it and asks it; :mod:`tkt.storage.indexing` writes it and
:mod:`tkt.storage.refreshing` brings it to HEAD. Readers never wait for writers.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import zlib
from typing import TYPE_CHECKING, Any

from tkt.domain.fields import LINKS
from tkt.domain.ids import number_of
from tkt.domain.ticket import Ticket
from tkt.errors import BadData, Unavailable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tkt.storage.git import Git

VERSION = 8
"""Of the schema and of everything that decides what stands in it; another one is rebuilt."""


def location(git: Git) -> str:
    """Where the index of this desk, seen from this work tree, is kept."""
    key = zlib.crc32(os.fsencode(f"{git.gitdir}\0{git.prefix}"))
    return f"{git.common}/tkt/index-{key:08x}-v{VERSION}.db"


def is_outdated(name: str) -> bool:
    """Whether a file is an index of another version, which nobody will ask again."""
    return name.startswith("index-") and name.endswith(".db") and f"-v{VERSION}." not in name


class Index:
    """One open index; ``commit`` is the commit it describes, None when it is empty."""

    def __init__(self, connection: sqlite3.Connection, *, in_memory: bool = False) -> None:
        self.db = connection
        self.in_memory = in_memory

    # -- opening ------------------------------------------------------------------------------

    @staticmethod
    def open(path: str) -> Index | None:
        """The index at ``path``; None if there is none that can be used."""
        if not os.path.isfile(path):
            return None
        queries = [""]
        if not _size(f"{path}-wal"):
            queries.append("?mode=ro&immutable=1")  # all is in the file: a read-only disk will do
        for query in queries:
            connection = sqlite3.connect(
                f"file:{_quoted(path)}{query}", uri=True, timeout=30, isolation_level=None
            )
            try:
                connection.execute("PRAGMA synchronous = NORMAL")
                row = connection.execute(f"{_META} 'version'").fetchone()
                if row and row[0] == str(VERSION) and _is_whole(connection, path):
                    return Index(connection)
            except sqlite3.DatabaseError as error:
                connection.close()
                if isinstance(error, sqlite3.OperationalError):
                    continue
                return None
            connection.close()
        return None

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    # -- what it describes --------------------------------------------------------------------

    def meta(self, name: str) -> str | None:
        """One fact about the index or the desk's settings, as text."""
        row = self._one(f"{_META} ?", name)
        return row[0] if row else None

    @property
    def commit(self) -> str | None:
        """The commit that the index describes."""
        return self.meta("commit")

    # -- asking -------------------------------------------------------------------------------

    def where(self, ticket_id: str) -> tuple[str, str] | None:
        """(path, blob) of a ticket's file in the commit."""
        row = self._one("SELECT path, blob FROM tickets WHERE num = ?", number_of(ticket_id))
        return (row[0], row[1]) if row else None

    def ticket(self, ticket_id: str) -> Ticket | None:
        """One ticket as of the commit."""
        row = self._one("SELECT doc FROM docs WHERE num = ?", number_of(ticket_id))
        return Ticket.of(json.loads(row[0])) if row else None

    def like(self, part: str, limit: int = 6) -> list[tuple[str, str]]:
        """(id, title) of tickets whose id has ``part`` in it, those that end in it first."""
        rows = self.select(
            "SELECT id, title FROM tickets WHERE id LIKE ?"
            " ORDER BY id NOT LIKE ?, num DESC LIMIT ?",
            (f"%{part}%", f"%{part}", limit),
        )
        return list(rows)

    def formerly(self, ticket_id: str) -> list[str]:
        """The ids of tickets that once had this id and were renumbered."""
        return [
            row[0]
            for row in self.select(
                "SELECT id FROM items JOIN tickets USING (num)"
                " WHERE field = 'formerly' AND item = ?",
                (ticket_id,),
            )
        ]

    def merged_into(self, ticket_id: str) -> str | None:
        """The ticket that a ticket has become part of."""
        row = self._one("SELECT merged_into FROM tickets WHERE num = ?", number_of(ticket_id))
        return row[0] if row else None

    def naming(self, ticket_id: str) -> list[tuple[str, str]]:
        """(field, id) of the tickets that name this one in a field that links."""
        marks = ", ".join("?" * len(LINKS))
        return list(
            self.select(
                "SELECT field, id FROM items JOIN tickets USING (num)"
                f" WHERE field IN ({marks}) AND item = ? ORDER BY num",
                (*LINKS, ticket_id),
            )
        )

    def with_external(self, external: str) -> list[str]:
        """The ids of the tickets that another system knows by this id."""
        rows = self.select("SELECT id FROM tickets WHERE external = ?", (external,))
        return [row[0] for row in rows]

    def opened_on(self, day: str) -> int:
        """How many tickets carry the day ``yymmdd`` in their id."""
        first = int(day) << 32
        row = self._one(
            "SELECT count(*) FROM tickets WHERE num >= ? AND num < ?", first, first + (1 << 32)
        )
        return int(row[0]) if row else 0

    def has_field(self, name: str) -> bool:
        """Whether some ticket has a field of this name; looks through all of them."""
        if '"' in name:
            return False
        sql = "SELECT 1 FROM docs WHERE json_type(doc, ?) IS NOT NULL LIMIT 1"
        return self._one(sql, f'$."{name}"') is not None

    def broken(self) -> list[BadData]:
        """The files that could not be read as tickets, by path."""
        rows = self.select('SELECT path, line, "column", key, params FROM broken ORDER BY path')
        return [
            BadData(key, path=path, line=line, column=column, **json.loads(params))
            for path, line, column, key, params in rows
        ]

    def customer(self, customer_id: str) -> str:
        """What a customer has become by merging; where that leads round, the first of all."""
        seen = [customer_id]
        sql = (
            "SELECT kept.id FROM customers AS gone JOIN customers AS kept"
            " ON kept.id = gone.merged_into WHERE gone.id = ?"
        )
        while row := self._one(sql, seen[-1]):
            if row[0] in seen:
                return min(seen[seen.index(row[0]) :])
            seen.append(row[0])
        return seen[-1]

    def customer_name(self, customer_id: str) -> str | None:
        """How a customer is called; None if no name is known, or no such customer."""
        row = self._one("SELECT name FROM customers WHERE id = ?", self.customer(customer_id))
        return row[0] if row else None

    def select(self, sql: str, params: Iterable[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Run one reading statement."""
        with self.careful():
            yield from self.db.execute(sql, tuple(params))

    def among(self, sql: str, wanted: Collection[Any]) -> Iterator[tuple[Any, ...]]:
        """The same with ``{marks}`` in it for however many values are ``wanted``."""
        return self.select(sql.format(marks=", ".join("?" * len(wanted))), wanted)

    def _one(self, sql: str, *params: Any) -> tuple[Any, ...] | None:
        return next(self.select(sql, params), None)

    @contextlib.contextmanager
    def careful(self) -> Iterator[None]:
        """Turn what SQLite says into Unavailable; a damaged index goes, so that it is made anew."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            path = self.db.execute("PRAGMA database_list").fetchone()[2]
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                for suffix in ("", "-wal", "-shm"):
                    with contextlib.suppress(OSError):
                        os.unlink(path + suffix)
                raise Unavailable("index.damaged", path=path) from error
            raise Unavailable("disk.failed", path=path, message=str(error)) from error


_META = "SELECT value FROM meta WHERE name ="


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return 0


def _is_whole(connection: sqlite3.Connection, path: str) -> bool:
    """Whether the file is as long as it says; a look that costs nothing."""
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    page = connection.execute("PRAGMA page_size").fetchone()[0]
    return bool(_size(path) + _size(f"{path}-wal") >= pages * page)


def _quoted(path: str) -> str:
    """A path inside a URI, whatever its bytes are."""
    plain = b"/-._~"
    return "".join(
        chr(c) if (chr(c).isalnum() and c < 128) or c in plain else f"%{c:02x}"
        for c in os.fsencode(path)
    )
