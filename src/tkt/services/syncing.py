"""Several machines: fetch, merge, check, push, and again when somebody was faster."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, NamedTuple

from tkt.domain.ids import id_in_path
from tkt.errors import Busy, Refused, Stale
from tkt.storage import founding, joining, merging, remote
from tkt.storage.commits import Entry
from tkt.storage.lock import held
from tkt.storage.reading import LIMIT, faults_of

if TYPE_CHECKING:
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.joining import Joined

_ATTEMPTS = 30
_PAUSE = 0.05


class Synced(NamedTuple):
    """What a sync did: ids that came and went, what was merged, and how often it was tried."""

    remote: str
    branch: str
    commit: str
    came: list[str]
    went: list[str]
    united: list[str]
    contested: list[str]
    renumbered: list[tuple[str, str]]
    attempts: int


def sync(desk: Desk, *, said: str | None, push: bool, acting: Acting) -> Synced:
    """Bring this clone and a remote to the same commit.

    Busy if others were faster every time; Unavailable if the remote cannot be reached; Refused if
    something here must be settled by a person first.
    """
    desk.check_writable()
    ref = desk.git.branch_ref()
    assert ref
    branch = ref.removeprefix("refs/heads/")
    name = remote.name_of(desk.git, branch, said)
    founding.install_driver(desk.git)
    came: set[str] = set()
    united: set[str] = set()
    renumbered: list[tuple[str, str]] = []
    went: set[str] = set()
    for attempt in range(1, _ATTEMPTS + 1):
        theirs = remote.fetch(desk.git, name, branch)
        if theirs is not None:
            joined = _join(desk, theirs, name, branch, acting)
            if joined.base and joined.old != joined.new:
                came |= merging.ids_changed(desk.git, joined.base, theirs)
            if joined.merged:
                united |= set(joined.merged.united)
                renumbered += joined.merged.renumbered
        head = desk.head()
        went |= _going(desk, theirs, head)
        if not push or theirs == head or remote.push(desk.git, name, branch):
            contested = [i for i in united if _is_contested(desk, i)]
            return Synced(
                name,
                branch,
                head,
                sorted(came),
                sorted(went) if push else [],
                sorted(united),
                sorted(contested),
                renumbered,
                attempt,
            )
        time.sleep(random.uniform(0, _PAUSE * min(attempt, 10)))
    raise Busy("sync.overtaken", attempts=_ATTEMPTS)


def _join(desk: Desk, theirs: str, name: str, branch: str, acting: Acting) -> Joined:
    message = f"sync with {name}/{branch}\n\nAction: sync\nActor: {acting.by}\n"
    entry = Entry(message, acting.person, acting.now, acting.now)
    while True:
        with held(desk.lock):
            desk.tree.recover()
            desk.forget()
            desk.check_writable()
            try:
                joined = joining.join(desk, theirs, entry)
            except Stale:
                continue
            desk.forget()
            return joined


def _going(desk: Desk, theirs: str | None, head: str) -> set[str]:
    """The tickets that are about to be pushed; Refused if one of them is not sound."""
    git = desk.git
    if theirs is None:
        changes = [(path, blob, mode) for path, blob, mode in git.files_in(head, *merging.FOLDERS)]
    else:
        changes = [
            (path, blob, mode)
            for path, _, blob, _, mode in git.changed(theirs, head, *merging.FOLDERS)
            if blob.strip("0")
        ]
    contents = git.blobs([blob for _, blob, _ in changes], LIMIT)
    for (path, _, mode), raw in zip(changes, contents, strict=True):
        if path.endswith(".yaml"):
            for fault in faults_of(raw, path=path, mode=mode):
                if fault.key != "event.out_of_order":
                    raise Refused("sync.unsound", path=path, line=fault.line)
    ids = (id_in_path(path) for path, _, _ in changes)
    return {ticket_id for ticket_id in ids if ticket_id}


def _is_contested(desk: Desk, ticket_id: str) -> bool:
    ticket = desk.index.ticket(ticket_id)
    return ticket is not None and "contested" in ticket.fields
