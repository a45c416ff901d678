"""Several machines: fetch, merge, check, push, and again when somebody was faster."""

from __future__ import annotations

import contextlib
import random
import time
from typing import TYPE_CHECKING

from tkt.domain.change import worded
from tkt.domain.ids import FOLDERS, id_in_path
from tkt.errors import BadData, Busy, Stale
from tkt.named import NamedTuple
from tkt.services import inbox, relations
from tkt.storage import founding, joining, merging, remote
from tkt.storage.entry import Entry
from tkt.storage.git import exists
from tkt.storage.lock import held
from tkt.storage.reading import LIMIT, faults_of

if TYPE_CHECKING:
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.joining import Joined

_ATTEMPTS = 30
_PAUSE = 0.05


class Synced(NamedTuple):
    """What a sync did: ids that came and went, what was merged, and how often it was tried.

    ``settled`` are tickets whose links led round in a circle, or that got what was said on one
    merged into them. ``told`` are (ticket, reason, who) of tickets that one has taken too late, or
    that somebody else wanted as well. ``broken`` are files that came and are no tickets; they
    hinder nothing else.
    """

    remote: str
    branch: str
    commit: str
    came: list[str]
    went: list[str]
    united: list[str]
    settled: list[str]
    told: list[tuple[str, str, str]]
    contested: list[str]
    renumbered: list[tuple[str, str]]
    attempts: int
    broken: list[str]


def sync(desk: Desk, *, said: str | None, push: bool, acting: Acting) -> Synced:
    """Bring this clone and a remote to the same commit.

    Busy if others were faster every time; Unavailable if the remote cannot be reached; Refused if
    something here must be settled by a person first.
    """
    desk.check_writable()
    ref = desk.git.branch_ref()
    assert ref
    branch = ref.removeprefix("refs/heads/")
    where = remote.chosen(desk.git, branch, said)
    founding.install_driver(desk.git)
    came: set[str] = set()
    united: set[str] = set()
    renumbered: list[tuple[str, str]] = []
    went: set[str] = set()
    settled: list[str] = []
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            theirs = remote.fetch(desk.git, where)
        except Stale:
            _pause(attempt)
            continue
        if theirs is not None:
            joined = _join(desk, theirs, where, acting)
            if joined.base and joined.old != joined.new:
                came |= merging.ids_changed(desk.git, joined.base, theirs)
            if joined.merged:
                united |= set(joined.merged.united)
                renumbered += joined.merged.renumbered
        settled += [s.ticket.id for s in relations.settle(desk, came | united, acting=acting)]
        head = desk.head()
        went |= _going(desk, theirs, head)
        if not push or theirs == head or remote.push(desk.git, where):
            contested = [i for i in united if _is_contested(desk, i)]
            return Synced(
                where.name,
                where.branch,
                head,
                sorted(came),
                sorted(went) if push else [],
                sorted(united),
                sorted(set(settled)),
                _told(desk, united | came, acting),
                sorted(contested),
                renumbered,
                attempt,
                _broken(desk, came),
            )
        _pause(attempt)
    raise Busy("sync.overtaken", attempts=_ATTEMPTS)


def _pause(attempt: int) -> None:
    time.sleep(random.uniform(0, _PAUSE * min(attempt, 10)))


def _join(desk: Desk, theirs: str, where: remote.Remote, acting: Acting) -> Joined:
    trailers = (("Action", "sync"), ("Actor", acting.by))
    message = worded(f"sync with {where.name}/{where.branch}", trailers)
    entry = Entry(message, acting.person, acting.now, acting.now)
    for _ in range(_ATTEMPTS):
        with (
            contextlib.suppress(Stale),
            held(desk.lock) as lock,
            desk.git.lending(lock),
        ):
            desk.tree.recover()
            desk.forget()
            desk.check_writable()
            joined = joining.join(desk, theirs, entry)
            desk.forget()
            return joined
    raise Stale("git.moved")


def _going(desk: Desk, theirs: str | None, head: str) -> set[str]:
    """The tickets that are about to be pushed; BadData if one is not sound through our doing."""
    git = desk.git
    zeros = "0" * len(head)
    changes = (
        [(path, zeros, blob, "", mode) for path, blob, mode in git.files_in(head, *FOLDERS)]
        if theirs is None
        else list(git.changed(theirs, head, *FOLDERS))
    )
    present = [c for c in changes if exists(c[2]) and c[0].endswith(".yaml")]
    contents = git.blobs([blob for _, _, blob, _, _ in present], LIMIT)
    for (path, before, _, old_mode, mode), raw in zip(present, contents, strict=True):
        faults = [f for f in faults_of(raw, path=path, mode=mode) if f.key != "event.out_of_order"]
        if faults and exists(before):
            old = next(git.blobs([before], LIMIT))
            known = {fault.key for fault in faults_of(old, path=path, mode=old_mode)}
            faults = [fault for fault in faults if fault.key not in known]
        if faults:
            first = faults[0]
            raise BadData("sync.unsound", path=path, line=first.line, column=first.column)
    ids = (id_in_path(path) for path, *_ in changes)
    return {ticket_id for ticket_id in ids if ticket_id}


def _broken(desk: Desk, came: set[str]) -> list[str]:
    """Files that came and cannot be read as tickets."""
    return [fault.path for fault in desk.index.broken() if id_in_path(fault.path) in came]


def _told(desk: Desk, ids: set[str], acting: Acting) -> list[tuple[str, str, str]]:
    """What has become of tickets that two people took at once, as far as it is news to one."""
    found = []
    for entry in inbox.entries(desk, acting.by, now=acting.now) if ids else ():
        if entry.ticket in ids and entry.why in ("too_late", "contender"):
            owner = str(desk.ticket(entry.ticket).fields.get("assignee", "–"))
            found.append((entry.ticket, entry.why, owner if entry.why == "too_late" else entry.by))
    return found


def _is_contested(desk: Desk, ticket_id: str) -> bool:
    ticket = desk.index.ticket(ticket_id)
    return ticket is not None and "contested" in ticket.fields
