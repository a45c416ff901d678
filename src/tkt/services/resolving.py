"""Ticket files that Git could not merge by itself: as its merge driver, and after the fact."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from tkt.domain import merge as merges
from tkt.domain.ids import id_in_path, path_of
from tkt.errors import Refused, Unavailable
from tkt.storage import merging, stages
from tkt.storage.lock import held
from tkt.storage.merging import Merged, Version
from tkt.storage.reading import read_ticket

if TYPE_CHECKING:
    from tkt.storage.desk import Desk


class Resolved(NamedTuple):
    """Tickets united and renumbered, files that a person must settle, whether the merge is over."""

    united: list[str]
    renumbered: list[tuple[str, str]]
    left: list[str]
    finished: bool


def drive(base: str, ours: str, theirs: str, path: str) -> None:
    """Merge three files that Git has laid out and leave the result in ``ours``.

    Refused or BadData where two files cannot become one: Git then reports a conflict, and
    ``tkt resolve`` has what it takes to mend it.
    """
    inside = _path_in_desk(path)
    raws = [stages.read_plain(name) for name in (base, ours, theirs)]
    versions = [
        Version(inside, raw, read_ticket(raw, path=inside)) if raw.strip() else None for raw in raws
    ]
    old, mine, other = versions
    if (
        mine is None
        or other is None
        or (old is None and merges.are_different(mine.ticket, other.ticket))
    ):
        raise Refused("resolve.two_tickets", path=path)
    ticket = merges.merge(old.ticket if old else None, mine.ticket, other.ticket)
    stages.write_plain(ours, merging.text_of(ticket, old, mine, other))


def _path_in_desk(path: str) -> str:
    """The part of a path from the repository's top that lies inside the desk."""
    parts = path.split("/")
    for start in range(len(parts)):
        inside = "/".join(parts[start:])
        if id_in_path(inside):
            return inside
    raise Refused("resolve.no_ticket", path=path)


def resolve(desk: Desk) -> Resolved:
    """Mend the tickets of a merge that stopped, from the three versions in Git's index.

    A merge with nothing else left to settle is finished. Refused if there is nothing to mend.
    """
    git = desk.git
    with held(desk.lock):
        conflicted = stages.conflicted(git)
        if not conflicted:
            raise Refused("resolve.nothing")
        merged = Merged({}, [], [], [])
        ids = sorted({i for path in conflicted if (i := id_in_path(path))})
        for ticket_id, sides in zip(ids, stages.versions_of(git, ids), strict=True):
            merging.unite(ticket_id, sides, merged, is_taken=lambda i: stages.is_taken(git, i))
        cleared = {path_of(i, archived=archived) for i in ids for archived in (False, True)}
        files: dict[str, bytes | None] = {path: None for path in cleared}
        for ticket_id, sides in zip(ids, stages.versions_of(git, ids), strict=True):
            for version in sides[1]:
                if version.path not in merged.files and ticket_id not in merged.united:
                    files[version.path] = version.raw
        files.update(merged.files)
        desk.tree.settle(files)
        left = [path for path in stages.conflicted(git, whole=True)]
        merging_now = os.path.exists(f"{git.gitdir}/MERGE_HEAD")
        if merging_now and not left:
            done = git.attempt("commit", "-q", "--no-edit")
            if done.returncode:
                raise Unavailable(
                    "git.failed",
                    command="commit",
                    message=done.stderr.decode(errors="replace").strip()[:200],
                )
    desk.forget()
    return Resolved(merged.united, merged.renumbered, left, merging_now and not left)
