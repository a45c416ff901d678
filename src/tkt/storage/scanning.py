"""Looking through ticket files for faults: those of a commit, and those of the work tree."""

from __future__ import annotations

import os
import re
from functools import partial
from typing import TYPE_CHECKING

from tkt.domain.ids import ACTIVE, ARCHIVE, FOLDERS, id_in_path
from tkt.errors import BadData, TktError
from tkt.named import NamedTuple
from tkt.storage.git import shown
from tkt.storage.parallel import spread
from tkt.storage.reading import LIMIT, faults_of, read_ticket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tkt.domain.custom.field import CustomField
    from tkt.storage.desk import Desk
    from tkt.storage.git import Git

UNREAD = frozenset({".gitkeep", ".gitignore", ".gitattributes"})
"""Files that may lie beside tickets without being any."""

_ARCHIVED = re.compile(rb"(?m)^archived:")


class File(NamedTuple):
    """One file of a commit: path relative to the desk, blob and mode."""

    path: str
    blob: str
    mode: str


class Lying(NamedTuple):
    """A file as it lies in the work tree; ``raw`` is None for one too large to be read."""

    path: str
    raw: bytes | None
    mode: str = "100644"


def committed(git: Git, commit: str, *folders: str) -> dict[str, File]:
    """The files that a commit has below some folders, by path."""
    return {f[0]: File(*f) for f in git.files_in(commit, *(folders or FOLDERS))}


def edited(desk: Desk, known: Mapping[str, File], *folders: str) -> dict[str, Lying | None]:
    """The files whose bytes in the work tree are not the committed ones; None for one deleted."""
    found: dict[str, Lying | None] = {}
    for path, _ in desk.tree.edited_files(*(folders or FOLDERS)):
        if path.endswith("/"):
            continue  # a repository of its own, which is no business of ours
        held = known.get(path)
        lying = _lying(desk, path)
        if lying is None and held is None:
            continue
        if lying and held and lying.mode == "100644" and lying.raw is not None:
            from tkt.storage.files import blob_name

            if blob_name(lying.raw, like=held.blob) == held.blob:
                continue  # only Git's index differs
        found[path] = lying
    return found


def _lying(desk: Desk, path: str) -> Lying | None:
    try:
        if os.lstat(f"{desk.root}/{path}").st_size > LIMIT:
            return Lying(path, None)
        raw = desk.tree.read(path)
    except FileNotFoundError:
        return None
    except (TktError, OSError):
        return Lying(path, b"", "120000")
    return None if raw is None else Lying(path, raw)


def scan(
    git: Git,
    files: Iterable[File],
    progress: Callable[[int, int], None] | None = None,
    *,
    declared: Mapping[str, CustomField] = {},
) -> Iterator[BadData]:
    """Everything wrong with these files of a commit; on all cores where there are many.

    ``declared`` are the desk's own fields under all their names.
    """
    for faults in spread(partial(_scan_some, git, declared), list(files), progress):
        yield from faults


def _scan_some(
    git: Git, declared: Mapping[str, CustomField], files: list[File]
) -> list[list[BadData]]:
    contents = git.blobs([file.blob for file in files], LIMIT)
    return [
        examine(raw, path=file.path, mode=file.mode, declared=declared)
        for file, raw in zip(files, contents, strict=True)
    ]


def examine(
    raw: bytes | None, *, path: str, mode: str = "100644", declared: Mapping[str, CustomField] = {}
) -> list[BadData]:
    """Everything wrong with one file below ``tickets/`` or ``archive/``."""
    path = shown(path)
    name = path.rpartition("/")[2]
    if name in UNREAD:
        return []
    if not name.endswith(".yaml"):
        return [BadData("check.stray", path=path)]
    faults = faults_of(raw, path=path, mode=mode, declared=declared)
    assert raw is not None or faults
    if raw is not None and id_in_path(path) and _seems_misfiled(raw, path):
        try:
            ticket = read_ticket(raw, path=path, mode=mode)
        except BadData:
            return faults
        archived = path.startswith(f"{ARCHIVE}/")
        if ticket.is_archived != archived:
            key = "check.not_archived" if archived else "check.archived"
            faults.append(BadData(key, path=path, id=ticket.id))
    return faults


def _seems_misfiled(raw: bytes, path: str) -> bool:
    """A cheap look, so that only a doubtful ticket is read once more."""
    if path.startswith(f"{ARCHIVE}/"):
        return _ARCHIVED.search(raw) is None
    return b"archived" in raw


def doubled(paths: Iterable[str]) -> Iterator[BadData]:
    """Tickets that have a file among the active and one in the archive."""
    there = set(paths)
    for path in sorted(there):
        if path.startswith(f"{ARCHIVE}/") and (ticket_id := id_in_path(path)):
            other = ACTIVE + path[len(ARCHIVE) :]
            if other in there:
                yield BadData("ticket.twice", path=path, id=ticket_id, other=other)
