"""Whether the index is whole, and says what one made from nothing would say."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from tkt.storage import files
from tkt.storage.index import Index, location
from tkt.storage.refreshing import build

if TYPE_CHECKING:
    from tkt.storage.git import Git

_TABLES = ("meta", "tickets", "docs", "items", "events", "notices", "broken")


def is_damaged(git: Git) -> bool:
    """Whether there is an index that SQLite finds fault with."""
    path = location(git)
    if not os.path.isfile(path):
        return False
    try:
        index = Index.open(path)
        if index is None:
            return True
        try:
            said = next(index.select("PRAGMA quick_check(1)"), ("",))[0]
        finally:
            index.close()
    except sqlite3.Error:
        return True
    return str(said) != "ok"


def is_wrong(git: Git, head: str) -> bool:
    """Whether the index says anything else than one made from nothing; reads every ticket."""
    index = Index.open(location(git))
    if index is None or index.commit != head:
        return False
    other = f"{location(git)}.new-{os.getpid()}"
    try:
        build(git, other, head).close()
        index.db.execute("ATTACH ? AS other", (other,))
        return any(_differ(index, table) for table in _TABLES) or _words_differ(index)
    except sqlite3.DatabaseError:
        return True
    finally:
        index.close()
        for suffix in ("", "-wal", "-shm", "-journal"):
            files.forget(other + suffix)


def _differ(index: Index, table: str) -> bool:
    mine, theirs = f"SELECT * FROM main.{table}", f"SELECT * FROM other.{table}"
    return any(
        next(index.select(f"{one} EXCEPT {two} LIMIT 1"), None) is not None
        for one, two in ((mine, theirs), (theirs, mine))
    )


def _words_differ(index: Index) -> bool:
    for schema in ("main", "other"):
        index.db.execute(
            f"CREATE VIRTUAL TABLE temp.said_{schema} USING fts5vocab({schema}, words, instance)"
        )
    one, two = (f"SELECT term, doc, offset FROM temp.said_{s}" for s in ("main", "other"))
    return any(
        next(index.select(f"{a} EXCEPT {b} LIMIT 1"), None) is not None
        for a, b in ((one, two), (two, one))
    )
