"""The versions of a conflicted file in Git's index, and the files that a merge driver is given."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tkt.domain.ids import FOLDERS, places_of
from tkt.errors import Unavailable
from tkt.named import NamedTuple
from tkt.storage.merging import Version, find_moved
from tkt.storage.reading import LIMIT, read_ticket

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tkt.storage.git import Git


def conflicted(git: Git, *, whole: bool = False) -> list[str]:
    """Paths in conflict: the desk's tickets, or (``whole``) the repository's, from its top."""
    where = [] if whole else git.spec(FOLDERS)
    raw = git.run("ls-files", "-u", "-z", "--full-name", "--", *where)
    cut = 0 if whole else len(git.prefix)
    paths = (
        record.partition(b"\t")[2].decode(errors="surrogateescape")
        for record in raw.split(b"\0")
        if record
    )
    return sorted({path[cut:] for path in paths})


class Staged(NamedTuple):
    """One entry of Git's index; ``stage`` is 0 unless its file is in conflict."""

    path: str
    blob: str
    mode: str
    stage: int


def _staged(git: Git, paths: Iterable[str]) -> Iterator[Staged]:
    raw = git.run("ls-files", "-s", "-z", "--full-name", "--", *git.spec(paths))
    for record in raw.split(b"\0"):
        if record:
            meta, _, name = record.partition(b"\t")
            mode, blob, stage = meta.decode().split()
            yield Staged(os.fsdecode(name)[len(git.prefix) :], blob, mode, int(stage))


def versions_of(git: Git, ticket_id: str) -> tuple[list[Version], list[Version], list[Version]]:
    """A ticket's versions in the ancestor, on our side and on theirs; BadData if one is none.

    A side whose file Git has already put in its place (moved to the archive, say) counts with it.
    """
    sides: tuple[list[Version], list[Version], list[Version]] = ([], [], [])
    settled: list[Version] = []
    entries = list(_staged(git, places_of(ticket_id)))
    contents = git.blobs([entry.blob for entry in entries], LIMIT)
    for entry, raw in zip(entries, list(contents), strict=True):
        ticket = read_ticket(raw, path=entry.path, mode=entry.mode)
        version = Version(entry.path, raw or b"", ticket)
        (sides[entry.stage - 1] if entry.stage else settled).append(version)
    for side in sides[1:]:
        if not side:
            side.extend(settled)
    return sides


def moved(git: Git, ticket_id: str, opening: str) -> Version | None:
    """The ticket that ``opening`` opened, once one side has renumbered it."""
    days = {"/".join(path.split("/")[:4]) for path in places_of(ticket_id)}
    files = [(entry.path, entry.blob) for entry in _staged(git, days) if entry.stage == 0]
    return find_moved(git, files, ticket_id, opening)


def is_taken(git: Git, ticket_id: str) -> bool:
    """Whether Git's index has a file for this id."""
    return any(_staged(git, places_of(ticket_id)))


def read_plain(path: str) -> bytes:
    """One of the files that Git hands to a merge driver."""
    try:
        with open(path, "rb") as stream:
            return stream.read(LIMIT + 1)
    except OSError as error:
        raise Unavailable("disk.failed", path=path, message=error.strerror) from error


def write_plain(path: str, content: bytes) -> None:
    """The answer of a merge driver, in the file that Git named."""
    try:
        with open(path, "wb") as stream:
            stream.write(content)
    except OSError as error:
        raise Unavailable("disk.failed", path=path, message=error.strerror) from error
