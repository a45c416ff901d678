"""Bringing the index to the commit that HEAD names: the difference, or all of it on all cores."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Any

from tkt.domain.ids import FOLDERS, places_of
from tkt.errors import Unavailable
from tkt.storage import configuration, layout, packing, records
from tkt.storage.git import shown
from tkt.storage.index import Index, is_outdated, location
from tkt.storage.indexing import Found, create, rows_from, set_meta, settle, update
from tkt.storage.lock import held
from tkt.storage.parallel import spread
from tkt.storage.planning import plan_of
from tkt.storage.rows import times_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from tkt.storage.git import Git

File = tuple[str, str, str]
"""path, blob, mode"""
_TICKETS = tuple(f"{folder}/" for folder in FOLDERS)


def fresh(
    git: Git, head: str, index: Index | None, *, progress: Callable[[int, int], None] | None = None
) -> Index:
    """The index of ``head``: ``index`` brought up to date, or made where there is none."""
    if index is not None:
        if _catch_up(git, index, head, progress):
            return index
        index.close()
    return rebuild(git, head, progress=progress)


def rebuild(
    git: Git, head: str, *, progress: Callable[[int, int], None] | None = None, force: bool = False
) -> Index:
    """A new index of ``head``, read from nothing but the commit.

    Without ``force`` one that somebody else has made meanwhile serves as well, and where none can
    be kept, one in memory; with it that is Unavailable.
    """
    path = location(git)
    if force:
        try:
            return _rebuilt(git, path, head, progress, force=True)
        except (sqlite3.OperationalError, OSError) as error:
            _remove(f"{path}.new-{os.getpid()}")
            reason = getattr(error, "strerror", None) or str(error)
            raise Unavailable("disk.failed", path=path, message=reason) from error
    if _writable(path):
        try:
            return _rebuilt(git, path, head, progress, force=False)
        except (sqlite3.OperationalError, OSError):
            _remove(f"{path}.new-{os.getpid()}")  # the disk is full, say: reading goes on without
        except Unavailable as error:
            if error.key != "disk.failed":
                raise
    return build(git, None, head, progress)


def _rebuilt(
    git: Git,
    path: str,
    head: str,
    progress: Callable[[int, int], None] | None,
    *,
    force: bool,
) -> Index:
    with held(path + ".lock"):
        there = Index.open(path)
        if there is not None and there.commit == head and not force:
            return there  # somebody else was building it while we waited
        if there is not None:
            there.close()
        new = f"{path}.new-{os.getpid()}"
        _remove(new)
        build(git, new, head, progress).close()
        _remove(path)
        for name in os.listdir(os.path.dirname(path)):
            if name.startswith(f"{os.path.basename(path)}.new-") or is_outdated(name):
                other = os.path.join(os.path.dirname(path), name)
                if not other.startswith(new):
                    _forget(other)
        os.replace(new, path)
    index = Index.open(path)
    assert index is not None
    return index


def _remove(path: str) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        _forget(path + suffix)


def _forget(path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)


def _writable(path: str) -> bool:
    folder = os.path.dirname(path)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return os.access(folder, os.W_OK)


def build(
    git: Git,
    path: str | None,
    head: str,
    progress: Callable[[int, int], None] | None = None,
) -> Index:
    """The index of ``head`` made from nothing, at ``path`` or in memory."""
    index = create(path)
    index.db.execute("BEGIN")
    packed = _take_settings(git, index, head)
    update(
        index,
        _ticket_files(git, head),
        read=lambda files: _read(git, files, packed, progress),
        locate=lambda ticket_id: [],
    )
    _take_records(git, index, records.files_of(git, head), progress, new=True)
    set_meta(index, "commit", head)
    index.db.execute("COMMIT")
    settle(index)
    return index


def _ticket_files(git: Git, head: str) -> Iterator[File]:
    for path, blob, mode in git.files_in(head, *FOLDERS):
        if path.endswith(".yaml"):
            yield shown(path), blob, mode


def _take_records(
    git: Git,
    index: Index,
    files: list[File],
    progress: Callable[[int, int], None] | None,
    *,
    new: bool = False,
) -> None:
    """Read customers and orders into the index."""
    records.update(git, index, files, lambda work, items: spread(work, items, progress), new=new)


def _take_settings(git: Git, index: Index, head: str, changed: Container[str] = ()) -> str:
    """Read the settings of ``head``; where some are known, those that have ``changed``."""
    known = _known(index, changed) if changed else {}
    settings, faults = configuration.understand(configuration.files_at(git, head), known)
    packed = packing.pack(settings, faults)
    set_meta(index, "settings", packed)
    set_meta(index, "classifier", settings.classifier)
    set_meta(index, "searching", settings.searching)
    set_meta(index, "tone", settings.tone)
    return packed


def _known(index: Index, changed: Container[str]) -> dict[str, dict[str, Any]]:
    settings, faults = packing.unpack(index.meta("settings") or "")
    texts: dict[str, Any] = {name: index.meta(name) or "" for name in ("classifier", "tone")}
    return configuration.known_of(settings._replace(**texts), faults, changed=changed)


def _catch_up(
    git: Git, index: Index, head: str, progress: Callable[[int, int], None] | None
) -> bool:
    """Read what changed between the index's commit and ``head``; False if that cannot be done."""
    try:
        if index.commit is None:
            return False
        index.db.execute("BEGIN IMMEDIATE")
    except (sqlite3.OperationalError, Unavailable):
        return False
    try:
        old = index.commit
        if old != head:
            if old is None or git.resolve(old) is None:
                raise LookupError(old)
            advance(git, index, old, head, progress)
            set_meta(index, "commit", head)
        index.db.execute("COMMIT")
    except (sqlite3.DatabaseError, LookupError):
        with contextlib.suppress(sqlite3.Error):
            index.db.execute("ROLLBACK")
        return False
    except BaseException as error:
        with contextlib.suppress(sqlite3.Error):
            index.db.execute("ROLLBACK")
        if isinstance(error, Unavailable) and error.key in ("index.damaged", "disk.failed"):
            return False
        raise
    return True


def advance(
    git: Git,
    index: Index,
    old: str,
    new: str,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Apply to the index what differs between two commits; within the caller's transaction."""
    packed = index.meta("settings") or ""
    changes: list[File] = []
    others: list[File] = []
    settings: set[str] = set()
    for path, _, blob, _, mode in git.changed(old, new):
        if layout.is_setting(path):
            settings.add(path)
        elif path.startswith(_TICKETS) and path.endswith(".yaml"):
            changes.append((shown(path), blob, mode))
        elif records.is_indexed(shown(path)):
            others.append((shown(path), blob, mode))
    _take_records(git, index, others, progress)
    if settings:
        before = plan_of(packed)
        packed = _take_settings(git, index, new, settings)
        plan = plan_of(packed)
        if plan.states != before.states:
            changes = [*changes, *_stale_rows(index, changes)]
        elif plan.times != before.times:
            recompute(index, packed, progress)

    def locate(ticket_id: str) -> list[File]:
        return list(git.files_in(new, *places_of(ticket_id)))

    update(index, changes, read=lambda files: _read(git, files, packed, progress), locate=locate)


Held = tuple[int, str | None, str, int | None, int | None, int | None]
"""A ticket's number, workflow and track, and its times."""
Moved = tuple[int | None, int | None, int | None, int]


def recompute(index: Index, packed: str, progress: Callable[[int, int], None] | None = None) -> int:
    """Reckon anew when tickets are due, within the caller's transaction; no file is read.

    How many it was different for.
    """
    held: list[Held] = list(
        index.db.execute(
            "SELECT num, workflow, track, due, late_from, wake FROM tickets JOIN tracks USING (num)"
            " WHERE archived = 0"
        )
    )
    reckoned = spread(partial(_reckon_some, packed), held, progress)
    changes = [times for times in reckoned if times is not None]
    index.db.executemany(
        "UPDATE tickets SET due = ?, late_from = ?, wake = ? WHERE num = ?", changes
    )
    return len(changes)


def _reckon_some(packed: str, held: list[Held]) -> list[Moved | None]:
    """What is to stand there instead; None where it is right."""
    plan = plan_of(packed)
    found: list[Moved | None] = []
    for num, workflow, track, *times in held:
        reckoned = times_of(json.loads(track), workflow, plan)
        found.append(None if list(reckoned) == times else (*reckoned, num))
    return found


def _stale_rows(index: Index, changes: list[File]) -> list[File]:
    """Every other ticket: states have changed category, so all rows are made again."""
    done = {path for path, _, _ in changes}
    return [
        (path, blob, "100644")
        for path, blob in index.select("SELECT path, blob FROM tickets")
        if path not in done
    ]


# -- reading many files -----------------------------------------------------------------------


def _read(
    git: Git,
    files: list[File],
    packed: str,
    progress: Callable[[int, int], None] | None,
) -> Iterator[tuple[str, Found]]:
    return spread(partial(_read_some, git, packed), files, progress)


def _read_some(git: Git, packed: str, files: list[File]) -> list[tuple[str, Found]]:
    from tkt.storage.reading import LIMIT

    contents = git.blobs([blob for _, blob, _ in files], LIMIT)
    plan = plan_of(packed)
    return [
        (path, rows_from(raw, path=path, blob=blob, mode=mode, plan=plan))
        for (path, blob, mode), raw in zip(files, contents, strict=True)
    ]
