"""The index as a thing of its own: what it is, and making it anew."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tkt.named import NamedTuple
from tkt.storage.index import Index, location
from tkt.storage.refreshing import rebuild as built_anew

if TYPE_CHECKING:
    from collections.abc import Callable

    from tkt.storage.desk import Desk


class Status(NamedTuple):
    """What there is: ``commit`` None where there is no index; ``bytes`` on disk."""

    path: str
    commit: str | None
    head: str
    is_current: bool
    tickets: int
    archived: int
    broken: int
    bytes: int


def status(desk: Desk) -> Status:
    """The index as it lies there, not brought to HEAD first."""
    head, path = desk.head(), location(desk.git)
    index = Index.open(path)
    if index is None:
        return Status(path, None, head, False, 0, 0, 0, _size(path))
    try:
        counts = "SELECT count(*), coalesce(sum(archived), 0) FROM tickets"
        tickets, archived = next(index.select(counts))
        broken = next(index.select("SELECT count(*) FROM broken"))[0]
        current = index.commit == head
        return Status(path, index.commit, head, current, tickets, archived, broken, _size(path))
    finally:
        index.close()


def rebuild(desk: Desk, progress: Callable[[int, int], None] | None = None) -> Status:
    """Make the index from nothing but HEAD."""
    built_anew(desk.git, desk.head(), progress=progress, force=True).close()
    return status(desk)


def _size(path: str) -> int:
    total = 0
    for suffix in ("", "-wal"):
        if os.path.exists(path + suffix):
            total += os.path.getsize(path + suffix)
    return total
