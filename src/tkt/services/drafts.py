"""Texts on their way to a ticket: kept until they are recorded, whatever goes wrong before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.actions.talking import draft_to_send
from tkt.domain.facts import drafts_of
from tkt.storage.personal import Personal

if TYPE_CHECKING:
    from tkt.domain.ticket import Event, Ticket
    from tkt.storage.desk import Desk


class Draft:
    """One person's text for one ticket, ``what`` it is to be: a reply, a note."""

    def __init__(self, desk: Desk, ticket: Ticket, what: str, by: str) -> None:
        self.ticket = ticket
        self.by = by
        self._personal = Personal(desk.git, by)
        self._name = f"drafts/{ticket.id}.{what}.md"
        self._shares = what in ("reply", "draft")

    @property
    def path(self) -> str:
        """The file in which the text is kept."""
        return self._personal.path(self._name)

    @property
    def kept(self) -> str | None:
        """What is left of an earlier attempt."""
        return self._personal.text(self._name)

    @property
    def shared(self) -> Event | None:
        """A reply that somebody has begun for all to see: one's own, else the latest."""
        if not self._shares or not drafts_of(self.ticket):
            return None
        return draft_to_send(self.ticket, self.by)

    def keep(self, text: str) -> None:
        """Keep a text."""
        self._personal.write(self._name, text)

    def done(self) -> None:
        """It is recorded."""
        self._personal.forget(self._name)
