"""The versions of a conflicted file in Git's index, and the files that a merge driver is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.ids import path_of
from tkt.errors import Unavailable
from tkt.storage.merging import Version
from tkt.storage.reading import LIMIT, read_ticket

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tkt.storage.git import Git


def conflicted(git: Git, *, whole: bool = False) -> list[str]:
    """Paths in conflict: the desk's tickets, or (``whole``) the repository's, from its top."""
    where = [] if whole else git.spec(("tickets", "archive"))
    raw = git.run("ls-files", "-u", "-z", "--full-name", "--", *where)
    cut = 0 if whole else len(git.prefix)
    paths = (
        record.partition(b"\t")[2].decode(errors="surrogateescape")
        for record in raw.split(b"\0")
        if record
    )
    return sorted({path[cut:] for path in paths})


def versions_of(
    git: Git, ids: Iterable[str]
) -> Iterator[tuple[list[Version], list[Version], list[Version]]]:
    """For each ticket its versions in the ancestor, on our side and on theirs.

    A side whose file Git has already put in its place (moved to the archive, say) counts with it.
    """
    for ticket_id in ids:
        paths = [path_of(ticket_id, archived=archived) for archived in (False, True)]
        raw = git.run("ls-files", "-s", "-z", "--full-name", "--", *git.spec(paths))
        sides: tuple[list[Version], ...] = ([], [], [])
        settled = []
        for record in raw.split(b"\0"):
            if not record:
                continue
            meta, _, name = record.partition(b"\t")
            _, blob, stage = meta.decode().split()
            path = name.decode()[len(git.prefix) :]
            content = next(git.blobs([blob], LIMIT))
            version = Version(path, content or b"", read_ticket(content, path=path))
            if stage == "0":
                settled.append(version)
            else:
                sides[int(stage) - 1].append(version)
        for side in sides[1:]:
            if not side:
                side.extend(settled)
        yield sides  # type: ignore[misc]


def is_taken(git: Git, ticket_id: str) -> bool:
    """Whether Git's index has a file for this id."""
    paths = [path_of(ticket_id, archived=archived) for archived in (False, True)]
    return bool(git.run("ls-files", "-z", "--", *git.spec(paths)))


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
