"""Ticket files that Git could not merge by itself: as its merge driver, and after the fact."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from tkt.domain import merge as merges
from tkt.domain.ids import id_in_path, places_of
from tkt.errors import BadData, Refused
from tkt.named import NamedTuple
from tkt.storage import merging, records_merging, stages
from tkt.storage.entry import acting_as
from tkt.storage.git import failure
from tkt.storage.lock import held
from tkt.storage.merging import Around, Merged, Version
from tkt.storage.reading import read_ticket
from tkt.storage.records import is_record

if TYPE_CHECKING:
    from tkt.domain.change import Person
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk


class Resolved(NamedTuple):
    """Tickets united and renumbered, files that a person must settle, whether the merge is over."""

    united: list[str]
    renumbered: list[tuple[str, str]]
    left: list[str]
    finished: bool
    broken: list[BadData]


def drive(base: str, ours: str, theirs: str, path: str) -> None:
    """Merge three files that Git has laid out and leave the result in ``ours``.

    Refused or BadData where two files cannot become one: Git then reports a conflict, and
    ``tkt resolve`` has what it takes to mend it.
    """
    if record := _record_in_desk(path):
        _drive_record(base, ours, theirs, record)
        return
    inside = _path_in_desk(path)
    raws = [stages.read_plain(name) for name in (base, ours, theirs)]
    versions = [
        Version(inside, raw, read_ticket(raw, path=inside)) if raw.strip() else None for raw in raws
    ]
    old, mine, other = versions
    if mine is None or other is None or merges.are_different(mine.ticket, other.ticket):
        raise Refused("resolve.two_tickets", path=path)
    ticket = merges.merge(old.ticket if old else None, mine.ticket, other.ticket)
    stages.write_plain(ours, merging.text_of(ticket, old, mine, other))
    if ticket.path != inside:
        # Archived on one side, gone on with on the other; a driver cannot move a file.
        raise Refused("resolve.elsewhere", path=path)


def _drive_record(base: str, ours: str, theirs: str, path: str) -> None:
    old, mine, other = (stages.read_plain(name) or None for name in (base, ours, theirs))
    text = records_merging.merged(path, (old, mine, other))
    if text is None:
        raise Refused("resolve.unreadable", path=path)
    stages.write_plain(ours, text)


def _record_in_desk(path: str) -> str | None:
    """The part of a path that lies inside the desk, if a customer or orders stand there."""
    parts = path.split("/")
    insides = ("/".join(parts[start:]) for start in range(len(parts)))
    return next((inside for inside in insides if is_record(inside)), None)


def _path_in_desk(path: str) -> str:
    """The part of a path from the repository's top that lies inside the desk."""
    parts = path.split("/")
    for start in range(len(parts)):
        inside = "/".join(parts[start:])
        if id_in_path(inside):
            return inside
    raise Refused("resolve.no_ticket", path=path)


def resolve(desk: Desk, *, acting: Acting) -> Resolved:
    """Mend the tickets of a merge that stopped, from the three versions in Git's index.

    A merge with nothing else left to settle is finished. Refused if there is nothing to mend. A
    ticket that cannot be read on one side is left, with its fault among the ``broken``.
    """
    git = desk.git
    with held(desk.lock) as lock, git.lending(lock):
        conflicted = stages.conflicted(git)
        is_merge = os.path.exists(f"{git.gitdir}/MERGE_HEAD")
        if not conflicted and not (is_merge and not stages.conflicted(git, whole=True)):
            raise Refused("resolve.nothing")
        merged, broken = Merged.nothing(), []
        around = Around(partial(stages.is_taken, git), partial(stages.moved, git))
        for ticket_id in sorted({i for path in conflicted if (i := id_in_path(path))}):
            try:
                merging.unite(ticket_id, stages.versions_of(git, ticket_id), merged, around)
            except BadData as fault:
                broken.append(fault)
                continue
            # Whatever Git has put at either place, what the merge says is all there is.
            for path in places_of(ticket_id):
                merged.files.setdefault(path, None)
        if merged.files:
            desk.tree.settle(merged.files)
        left = stages.conflicted(git, whole=True)
        if is_merge and not left:
            _finish(desk, acting.person)
    desk.forget()
    return Resolved(merged.united, merged.renumbered, left, is_merge and not left, broken)


def _finish(desk: Desk, person: Person) -> None:
    done = desk.git.attempt("commit", "-q", "--no-edit", env=acting_as(person))
    if done.returncode:
        raise failure(["commit"], done.stderr or done.stdout)
