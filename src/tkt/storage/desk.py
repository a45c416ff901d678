"""The desk: one folder of a Git repository, and the only door to what is kept there."""

from __future__ import annotations

import contextlib
import os
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from tkt.domain.ids import id_in_path, is_id, number_of
from tkt.errors import NotFound, Refused, Stale, TktError, Unavailable, UsageProblem
from tkt.storage.git import Git
from tkt.storage.index import Index, location
from tkt.storage.lagging import unwritten
from tkt.storage.packing import unpack
from tkt.storage.worktree import Worktree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tkt.domain.settings import Settings
    from tkt.domain.sla.promised import Promised
    from tkt.domain.sweeping.plan import Plan
    from tkt.domain.ticket import Ticket
    from tkt.errors import BadData
    from tkt.storage.entry import Entry
    from tkt.storage.transaction import Transaction

T = TypeVar("T")

_ATTEMPTS = 200
"""How often a run begins anew because a person's own commits come first."""
_UNFINISHED = {
    "MERGE_HEAD": "git.merging",
    "rebase-merge": "git.rebasing",
    "rebase-apply": "git.rebasing",
    "CHERRY_PICK_HEAD": "git.picking",
    "REVERT_HEAD": "git.reverting",
}


class Desk:
    """One open desk. Reading brings the index to HEAD first; writing happens in :meth:`write`."""

    def __init__(self, root: str) -> None:
        self.root = os.path.realpath(root)
        self.git = Git.at(self.root)
        self.tree = Worktree(self.git, self.root)
        self.progress: Callable[[int, int], None] | None = None
        self.warnings: list[TktError] = []
        self._transaction: Transaction | None = None
        self._index: Index | None = None

    # -- reading ------------------------------------------------------------------------------

    @property
    def lock(self) -> str:
        """The lock of the repository's writers."""
        return f"{self.git.common}/tkt/lock"

    @property
    def index(self) -> Index:
        """The index, as of HEAD when the command began to read or write."""
        if self._index is None:
            self.finish_interrupted()
            head = self.head()
            index = Index.open(location(self.git))
            if index is None or index.commit != head:
                from tkt.storage.refreshing import fresh

                index = fresh(self.git, head, index, progress=self.progress)
            self._index = index
        return self._index

    def head(self) -> str:
        """The commit that HEAD names; Refused before the first one."""
        head = self.git.head()
        if head is None:
            raise Refused("git.no_commit", path=self.root)
        return head

    def finish_interrupted(self) -> None:
        """Finish what a killed command left, unless somebody is writing at this moment."""
        if self._transaction is None and os.path.exists(self.tree.journal):
            from tkt.storage.lock import held

            with (
                contextlib.suppress(TktError),
                held(self.lock, patience=0) as lock,
                self.git.lending(lock),
            ):
                self.tree.recover()

    @cached_property
    def _configuration(self) -> tuple[Settings, list[BadData]]:
        return unpack(self.index.meta("settings") or "")

    @property
    def settings(self) -> Settings:
        """What the desk's settings files say, as committed."""
        return self._configuration[0]

    @property
    def classifier(self) -> str:
        """The sound part of classify.yaml as JSON; empty where it says nothing."""
        return self.index.meta("classifier") or ""

    @property
    def searching(self) -> str:
        """How articles are searched, as JSON; empty where nothing is said of it."""
        return self.index.meta("searching") or ""

    @property
    def tone(self) -> str:
        """The sound part of tone.yaml as JSON; empty where it says nothing."""
        return self.index.meta("tone") or ""

    @property
    def plan(self) -> Plan:
        """What the desk says of states and of time."""
        from tkt.storage.planning import plan_of

        return plan_of(self.index.meta("settings") or "")

    @cached_property
    def promised(self) -> Promised:
        """What the desk says of states and promises, as committed."""
        from tkt.domain.sla.promised import Promised

        return Promised(self.settings)

    @property
    def known_setting_faults(self) -> list[BadData]:
        """What is wrong with them; nothing as long as nobody has asked for them."""
        return self._configuration[1] if "_configuration" in self.__dict__ else []

    def find(self, reference: str) -> str:
        """The id of the ticket that ``reference`` means: a whole id or any unambiguous part.

        A part at the end of an id goes before one elsewhere. NotFound if nothing fits, with what
        may have been meant; a broken ticket's file is named.
        """
        wanted = reference.strip().upper()
        if is_id(wanted):
            if self.index.where(wanted):
                return wanted
            former = self.index.formerly(wanted)
            if len(former) == 1:
                return former[0]
        if not wanted or not wanted.replace("-", "").isalnum():
            raise NotFound("ticket.none", id=reference)
        for fault in self.index.broken():
            its_id = id_in_path(fault.path)
            is_doubled = its_id is not None and self.index.where(its_id) is not None
            if wanted in fault.path.rpartition("/")[2] and not is_doubled:
                raise fault
        found = self.index.like(wanted)
        ending = [pair for pair in found if pair[0].endswith(wanted)]
        best = ending or found
        if len(best) == 1:
            return best[0][0]
        if not best:
            raise NotFound("ticket.none", id=reference)
        shown = "; ".join(f"{ticket_id} {title}" for ticket_id, title in best[:5])
        raise UsageProblem("ticket.ambiguous", id=reference, found=shown)

    def merged_into(self, ticket_id: str) -> str:
        """What a ticket has become by merging, in the end; its own id if it was not merged.

        Where the way leads nowhere or round in a circle it ends at the last ticket there is.
        """
        seen = {ticket_id}
        while (into := self.index.merged_into(ticket_id)) is not None:
            try:
                into = self.find(into)
            except TktError:
                break
            if into in seen:
                return min(seen, key=number_of)
            seen.add(into)
            ticket_id = into
        return ticket_id

    def path_of(self, ticket_id: str) -> str:
        """Where a ticket's file lies in the commit."""
        at = self.index.where(ticket_id)
        if at is None:
            raise NotFound("ticket.none", id=ticket_id)
        return at[0]

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket with this whole id, as committed."""
        ticket = self.index.ticket(ticket_id)
        if ticket is None:
            raise NotFound("ticket.none", id=ticket_id)
        return ticket

    def is_edited(self, path: str, blob: str | None) -> bool:
        """Whether a ticket's file has edits that are not recorded.

        What the run at hand, or one that was cut short, has recorded and not written to the work
        tree yet is no edit.
        """
        if self._transaction is not None and path in self._transaction.files:
            return False
        try:
            is_edited = self.tree.is_edited(path, blob)
        except Refused:
            return True  # a link or a folder has taken its place
        return is_edited and path not in unwritten(self.tree)

    # -- writing ------------------------------------------------------------------------------

    def write(
        self,
        decide: Callable[[Transaction], T],
        grouped: Callable[[int], Entry],
        *,
        bulk: bool = False,
    ) -> T:
        """Run ``decide`` with the lock held and put what it saved on the branch.

        All or nothing, but where each action is a ``git commit`` of its own: see ``Transaction``.

        Somebody who moved the branch past the lock (a plain ``git commit``) makes it run again on
        what is there now. Inside another run it simply joins that one. A ``bulk`` run may open any
        number of tickets without keeping them in memory.
        """
        if self._transaction is not None:
            return decide(self._transaction)
        from tkt.storage.lock import held
        from tkt.storage.transaction import Transaction

        with held(self.lock) as lock, self.git.lending(lock):
            self.tree.recover()
            for attempt in range(_ATTEMPTS):
                self.forget()
                self.check_writable()
                # The index's own commit: what is read is never older than what is built upon.
                self._transaction = Transaction(self, self.index.commit or self.head(), bulk=bulk)
                try:
                    result = decide(self._transaction)
                    self._transaction.commit(grouped)
                    return result
                except Stale:
                    if attempt == _ATTEMPTS - 1:
                        raise
                except TktError as error:
                    told = self._transaction.told(error)
                    if told is error:
                        raise
                    raise told from error
                finally:
                    self._transaction.abandon()
                    self._transaction = None
        raise AssertionError

    def forget(self) -> None:
        """Look at HEAD anew at the next reading."""
        if self._index is not None and self._index.commit != self.git.head():
            self._index.close()
            self._index = None
            for name in ("_configuration", "promised"):
                self.__dict__.pop(name, None)

    def check_writable(self) -> None:
        """Refused unless HEAD is on the desk's branch with nothing unfinished."""
        for name, key in _UNFINISHED.items():  # first: a rebase detaches HEAD as well
            if os.path.exists(f"{self.git.gitdir}/{name}"):
                raise Refused(key)
        ref = self.git.branch_ref()
        if ref is None:
            raise Refused("git.detached")
        branch = self.settings.branch
        if branch and ref != f"refs/heads/{branch}":
            raise Refused("git.other_branch", branch=branch, found=ref.removeprefix("refs/heads/"))

    def follow(
        self, old: str, new: str, files: Mapping[str, bytes | None] | None, *, placed: bool
    ) -> None:
        """Bring the work tree after a branch that has moved from ``old`` to ``new``.

        ``files`` are what has changed; None lets Git find out and write them, for very many.
        """
        try:
            if files is None:
                self.tree.check_out(old, new)
            elif not placed:
                self.tree.place(files)
            self.tree.end()
        except Unavailable as error:
            # The action is committed; what is left is finished by the next command.
            self.warnings.append(_later(error))
        self.forget()


def _later(error: Unavailable) -> Unavailable:
    """What stopped the files from being written out, told of an action that is recorded."""
    if error.key == "git.index_locked":
        return error
    said = [str(error.params[part]) for part in ("path", "message") if part in error.params]
    return Unavailable("disk.behind", message=": ".join(said))
