"""The index: SQLite under the common Git directory, a pure function of the commit that it names.

This module opens it and asks it; :mod:`tkt.storage.indexing` writes it and
:mod:`tkt.storage.refreshing` brings it to HEAD. Readers never wait for writers.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from typing import TYPE_CHECKING, Any

from tkt.domain.ids import number_of
from tkt.domain.ticket import Ticket
from tkt.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tkt.storage.git import Git

VERSION = 1
"""Of the schema and of everything that decides what stands in it; another one is rebuilt."""


def location(git: Git) -> str:
    """Where the index of this desk, seen from this work tree, is kept."""
    key = zlib.crc32(f"{git.gitdir}\0{git.prefix}".encode())
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

    # -- asking -------------------------------------------------------------------------------

    def where(self, ticket_id: str) -> tuple[str, str] | None:
        """(path, blob) of a ticket's file in the commit."""
        row = self.db.execute(
            "SELECT path, blob FROM tickets WHERE num = ?", (number_of(ticket_id),)
        ).fetchone()
        return (row[0], row[1]) if row else None

    def ticket(self, ticket_id: str) -> Ticket | None:
        """One ticket as of the commit."""
        row = self.db.execute(
            "SELECT doc FROM docs WHERE num = ?", (number_of(ticket_id),)
        ).fetchone()
        return Ticket.of(json.loads(row[0])) if row else None

    def like(self, part: str, limit: int = 6) -> list[tuple[str, str]]:
        """(id, title) of tickets whose id has ``part`` in it, those that end in it first."""
        rows = self.db.execute(
            "SELECT id, title FROM tickets WHERE id LIKE ?"
            " ORDER BY id NOT LIKE ?, num DESC LIMIT ?",
            (f"%{part}%", f"%{part}", limit),
        )
        return list(rows)

    def formerly(self, ticket_id: str) -> list[str]:
        """The ids of tickets that once had this id and were renumbered."""
        return [
            row[0]
            for row in self.db.execute(
                "SELECT tickets.id FROM former JOIN tickets USING (num) WHERE former.id = ?",
                (ticket_id,),
            )
        ]

    def opened_on(self, day: str) -> int:
        """How many tickets carry the day ``yymmdd`` in their id."""
        first = int(day) << 32
        row = self.db.execute(
            "SELECT count(*) FROM tickets WHERE num >= ? AND num < ?", (first, first + (1 << 32))
        ).fetchone()
        return int(row[0])

    def has_field(self, name: str) -> bool:
        """Whether some ticket has a field of this name; looks through all of them."""
        return (
            self.db.execute(
                "SELECT 1 FROM docs WHERE json_type(doc, ?) IS NOT NULL LIMIT 1", (f'$."{name}"',)
            ).fetchone()
            is not None
            if '"' not in name
            else False
        )

    def broken(self) -> list[BadData]:
        """The files that could not be read as tickets, by path."""
        rows = self.db.execute('SELECT path, line, "column", key, params FROM broken ORDER BY path')
        return [
            BadData(key, path=path, line=line, column=column, **json.loads(params))
            for path, line, column, key, params in rows
        ]

    def select(self, sql: str, params: Iterable[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Run one reading statement."""
        return iter(self.db.execute(sql, tuple(params)))


def _quoted(path: str) -> str:
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
