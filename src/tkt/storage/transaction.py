"""One run of writes: every action its own commit, all of them on the branch or none.

What a run has written is visible to the rest of it at once, before it is committed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tkt.domain import change as changes
from tkt.domain import ids
from tkt.errors import NotFound, Refused
from tkt.storage.commits import Entry, Plain, writer
from tkt.storage.dump import dump
from tkt.storage.reading import LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from tkt.domain.change import Change, Person
    from tkt.domain.ticket import Ticket
    from tkt.storage.desk import Desk


@dataclass(slots=True)
class Saved:
    """What came of one action; ``commit`` is its name once the run is on the branch."""

    change: Change | None
    commit: str | None = None

    @property
    def ticket(self) -> Ticket:
        """The ticket as it is now."""
        assert self.change
        return self.change.after


@dataclass(slots=True)
class Transaction:
    """Reads and writes of one run, on top of the commit ``head``."""

    desk: Desk
    head: str
    tickets: dict[str, Ticket] = field(default_factory=dict)
    files: dict[str, bytes | None] = field(default_factory=dict)
    saved: list[Saved] = field(default_factory=list)
    _writer: Any = None

    # -- reading ------------------------------------------------------------------------------

    def ticket(self, reference: str) -> Ticket:
        """The ticket that ``reference`` (an id or the unambiguous part of one) means, as of now."""
        known = self.tickets.get(reference.upper())
        if known is not None:
            return known
        fresh = [i for i in self.tickets if reference.upper() in i]
        if len(fresh) == 1 and not self.desk.index.like(reference.upper(), 1):
            return self.tickets[fresh[0]]
        ticket_id = self.desk.find(reference)
        return self.tickets.get(ticket_id) or self.desk.ticket(ticket_id)

    def is_taken(self, ticket_id: str) -> bool:
        """Whether an id is in use, committed or not, readable or not."""
        if ticket_id in self.tickets or self.desk.index.where(ticket_id):
            return True
        return any(
            self.desk.tree.read(ids.path_of(ticket_id, archived=archived)) is not None
            for archived in (False, True)
        )

    def known_on(self, day: str) -> int:
        """How many tickets carry the day ``yymmdd`` in their id."""
        return self.desk.index.opened_on(day) + sum(i.startswith(day) for i in self.tickets)

    # -- writing ------------------------------------------------------------------------------

    def save(self, change: Change, *, person: Person, now: datetime) -> Saved:
        """Record one action on one ticket.

        Refused if the ticket's file has edits that are not recorded yet.
        """
        after = change.after
        path = ids.path_of(after.id, archived=after.is_archived)
        old_path, old_text = self._held(change)
        text = self._text(old_text, change.before, after, path)
        if len(text) > LIMIT:
            raise Refused("ticket.too_big", id=after.id, limit=LIMIT >> 20)
        update: dict[str, bytes | None] = {path: text}
        if old_path is not None and old_path != path:
            update[old_path] = None
        authored = change.events[-1].instant if change.events else now
        self._commit(changes.message(change, person.by), update, person, now, authored)
        self.tickets[after.id] = after
        saved = Saved(change)
        self.saved.append(saved)
        return saved

    def save_files(
        self, update: Mapping[str, bytes | None], message: str, *, person: Person, now: datetime
    ) -> Saved:
        """Record other files of the desk, in one commit."""
        self._commit(message, update, person, now, now)
        saved = Saved(None)
        self.saved.append(saved)
        return saved

    def adopt(
        self, change: Change, text: bytes, replaced: str | None, *, person: Person, now: datetime
    ) -> Saved:
        """Record a ticket whose file a person has edited, as the text that they would see."""
        path = ids.path_of(change.after.id, archived=change.after.is_archived)
        update: dict[str, bytes | None] = {path: text}
        if replaced is not None and replaced != path:
            update[replaced] = None
        self._commit(
            changes.message(change, person.by),
            update,
            person,
            now,
            change.events[-1].instant if change.events else now,
        )
        self.tickets[change.after.id] = change.after
        saved = Saved(change)
        self.saved.append(saved)
        return saved

    def _commit(
        self,
        message: str,
        update: Mapping[str, bytes | None],
        person: Person,
        now: datetime,
        authored: datetime,
    ) -> None:
        if self._writer is None:
            self._writer = writer(self.desk.git, self.head)
        if isinstance(self._writer, Plain):
            self.desk.tree.begin(self.desk.git.head(), update)
        self._writer.add(Entry(message, person, authored, now, update))
        self.files.update(update)

    def _held(self, change: Change) -> tuple[str | None, bytes | None]:
        """(path, bytes) of the file as committed or written in this run; checked for edits."""
        if change.before is None:
            return None, None
        ticket_id = change.before.id
        if ticket_id in self.tickets:
            path = ids.path_of(ticket_id, archived=self.tickets[ticket_id].is_archived)
            return path, self.files[path]
        at = self.desk.index.where(ticket_id)
        if at is None:
            raise NotFound("ticket.none", id=ticket_id)
        path, blob = at
        if self.desk.tree.is_edited(path, blob):
            raise Refused("ticket.edited", id=ticket_id, path=path)
        content = self.desk.tree.read(path)
        if content is None:
            content = next(self.desk.git.blobs([blob], LIMIT))
        return path, content

    def _text(self, old: bytes | None, before: Ticket | None, after: Ticket, path: str) -> bytes:
        if old is None or before is None:
            return dump(after.doc()).encode()
        held = old.decode()
        if held == dump(before.doc()):
            return dump(after.doc()).encode()
        from tkt.storage.rewrite import rewrite

        return rewrite(held, after.doc(), path=path).encode()

    # -- ending -------------------------------------------------------------------------------

    def commit(self, grouped: Callable[[int], Entry]) -> None:
        """Put the run on the branch, then bring work tree and index after it.

        ``grouped`` makes the merge commit of a run of that many actions.
        """
        if self._writer is None:
            return
        desk, plain = self.desk, isinstance(self._writer, Plain)
        if not plain:
            desk.tree.begin(self.head)
        try:
            if len(self.saved) > 1:
                self._writer.group(grouped(len(self.saved)))
            made = self._writer.finish()
        except BaseException:
            if not plain:
                desk.tree.end()
            raise
        for saved, name in zip(self.saved, made, strict=False):
            saved.commit = name
        desk.follow(made[-1], self, placed=plain)

    def abandon(self) -> None:
        """Forget everything that is not on the branch yet."""
        if self._writer is not None:
            self._writer.abandon()
