"""Writing the index: rows of tickets in, rows out, all as the commit says."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from typing import TYPE_CHECKING

from tkt.domain.ids import ACTIVE, id_in_path, number_of, path_of
from tkt.domain.notices import notices_of
from tkt.domain.ticket import Ticket
from tkt.domain.words import cut
from tkt.errors import BadData
from tkt.storage import records
from tkt.storage.git import exists
from tkt.storage.index import VERSION, Index
from tkt.storage.rows import Rows, items_of, rows_of, searchable
from tkt.storage.search import INDEXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tkt.domain.sweeping.plan import Plan

_INSERT = {
    "tickets": f"INSERT OR REPLACE INTO tickets VALUES ({', '.join('?' * 38)})",
    "docs": "INSERT OR REPLACE INTO docs VALUES (?, ?)",
    "tracks": "INSERT OR REPLACE INTO tracks VALUES (?, ?)",
    "items": "INSERT OR IGNORE INTO items VALUES (?, ?, ?)",
    "notices": "INSERT OR IGNORE INTO notices VALUES (?, ?, ?, ?, ?)",
    "events": "INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?, ?)",
    "words": "INSERT INTO words (rowid, text) VALUES (?, ?)",
    "broken": "INSERT OR REPLACE INTO broken VALUES (?, ?, ?, ?, ?, ?)",
    "gifts": "INSERT OR IGNORE INTO gifts VALUES (?, ?, ?, ?)",
    "waits": "INSERT OR REPLACE INTO waits VALUES (?, ?, ?, ?)",
    "article_uses": "INSERT OR IGNORE INTO article_uses VALUES (?, ?, ?, ?, ?, ?)",
}

_AT_ONCE = 500

Found = Rows | BadData
"""What reading one file gave: rows, or the fault that leaves none."""


def create(path: str | None) -> Index:
    """A new empty index, at ``path`` or in memory; not yet safe against a crash: see `settle`."""
    if path is not None:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    connection = sqlite3.connect(path or ":memory:", isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -65536")
    schema = _schema()
    connection.executescript(schema)
    index = Index(connection, in_memory=path is None)
    set_meta(index, "version", str(VERSION))
    return index


def settle(index: Index) -> None:
    """Finish a newly built index: make its indexes and let later changes be journalled."""
    for statement in (*INDEXES, *records.INDEXES):
        index.db.execute(statement)
    if not index.in_memory:
        index.db.execute("PRAGMA journal_mode = WAL")
        index.db.execute("PRAGMA synchronous = NORMAL")


def _schema() -> str:
    with open(f"{os.path.dirname(__file__)}/schema.sql", encoding="utf-8") as stream:
        return stream.read()


def set_meta(index: Index, name: str, value: str) -> None:
    """Record a fact about the index or the desk's settings."""
    index.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def put(index: Index, rows: Rows) -> None:
    """Write one ticket's rows, replacing what stood there."""
    drop(index, rows.num)
    add(index, [rows])


def begin(index: Index, head: str, *, bulk: bool = False) -> bool:
    """Begin to change the index of ``head``; False if it no longer describes that commit.

    ``bulk`` is for very many changes: more of the index is kept in memory.
    """
    if bulk:
        index.db.execute("PRAGMA cache_size = -65536")
    with index.careful():
        index.db.execute("BEGIN IMMEDIATE")
    if index.commit == head:
        return True
    index.db.execute("ROLLBACK")
    return False


def end(index: Index, head: str | None) -> None:
    """Keep the changes as the index of ``head``, or forget them (None).

    Should keeping them fail, the index stays where it was and the next command brings it on.
    """
    with contextlib.suppress(sqlite3.Error):
        if head is not None and index.db.in_transaction:
            set_meta(index, "commit", head)
            index.db.execute("COMMIT")
    with contextlib.suppress(sqlite3.Error):
        if index.db.in_transaction:
            index.db.execute("ROLLBACK")


def add(index: Index, found: Iterable[Found]) -> None:
    """Write the rows of tickets that the index does not have."""
    waiting: list[Rows] = []
    for rows in found:
        if isinstance(rows, BadData):
            _add_broken(index, rows)
            continue
        waiting.append(rows)
        if len(waiting) >= _AT_ONCE:
            _insert(index, waiting)
            waiting = []
    _insert(index, waiting)


def _insert(index: Index, found: list[Rows]) -> None:
    """Table by table: going from one to the next for each ticket takes twice as long."""
    run = index.db.executemany
    run(_INSERT["tickets"], (rows.ticket for rows in found))
    run(_INSERT["docs"], ((rows.num, rows.doc) for rows in found))
    run(_INSERT["tracks"], ((rows.num, rows.track) for rows in found))
    run(_INSERT["words"], ((rows.num, rows.text) for rows in found))
    run(_INSERT["items"], ((*item, rows.num) for rows in found for item in rows.items))
    run(
        _INSERT["notices"],
        ((agent, at, r.num, event, why) for r in found for agent, at, event, why in r.notices),
    )
    run(_INSERT["events"], ((rows.num, *event) for rows in found for event in rows.events))
    run(
        _INSERT["gifts"],
        ((agent, at, rows.num, event) for rows in found for agent, at, event in rows.gifts),
    )
    run(_INSERT["waits"], ((rows.num, *rows.wait) for rows in found if rows.wait))
    run(
        _INSERT["article_uses"],
        ((slug, at, r.num, *rest) for r in found for slug, at, *rest in r.uses),
    )


def _add_broken(index: Index, fault: BadData) -> None:
    params = {k: v for k, v in fault.params.items() if k not in ("path", "line", "column")}
    index.db.execute(
        _INSERT["broken"],
        (
            fault.path,
            id_in_path(fault.path),
            fault.line,
            fault.column,
            fault.key,
            json.dumps(params, ensure_ascii=False, default=str),
        ),
    )


def drop(index: Index, num: int) -> None:
    """Forget one ticket."""
    run = index.db.execute
    row = run("SELECT doc FROM docs WHERE num = ?", (num,)).fetchone()
    if row is None:
        return
    doc = json.loads(row[0])
    # A contentless full-text table forgets a row only when told what stood in it.
    run(
        "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)",
        (num, cut(searchable(doc))),
    )
    for item in items_of(doc):
        run("DELETE FROM items WHERE field = ? AND item = ? AND num = ?", (*item, num))
    for notice in notices_of(Ticket.of(doc)):
        run(
            "DELETE FROM notices WHERE agent = ? AND at = ? AND num = ?",
            (notice.agent, int(notice.at.timestamp()), num),
        )
    for table in ("tickets", "docs", "tracks", "events", "gifts", "waits", "article_uses"):
        run(f"DELETE FROM {table} WHERE num = ?", (num,))


def drop_broken(index: Index, path: str) -> None:
    """Forget that the file at ``path`` was broken."""
    index.db.execute("DELETE FROM broken WHERE path = ?", (path,))


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
        drop_broken(index, path)
        ticket_id = id_in_path(path)
        if ticket_id:
            at = index.where(ticket_id)
            elsewhere = path_of(ticket_id, archived=path.startswith(f"{ACTIVE}/"))
            if (at and at[0] != path) or _is_broken(index, elsewhere):
                for other in locate(ticket_id):
                    wanted[other[0]] = other
            if at and at[0] == path:
                drop(index, number_of(ticket_id))
        if exists(blob):
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
            drop_broken(index, held[0])
            add(index, [BadData("ticket.twice", path=held[0], id=ticket_id, other=path)])
    drop_broken(index, path)
    if isinstance(found, Rows):
        put(index, found)
    else:
        add(index, [found])


def rows_from(raw: bytes | None, *, path: str, blob: str, mode: str, plan: Plan) -> Found:
    """Read one ticket file into rows."""
    from tkt.storage.reading import read_ticket

    try:
        ticket = read_ticket(raw, path=path, mode=mode)
    except BadData as fault:
        return fault
    return rows_of(ticket, path=path, blob=blob, plan=plan)
