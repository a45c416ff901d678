"""A ticket is the fold of its timeline.

Each event says what happened (``do``), when (``at``), by whom (``by``), and what it changed:
``set`` gives fields new values (null takes a field away), ``add`` and ``remove`` change lists.
Folding is the same for every kind of event, also for kinds that a later version invents, so two
versions of tkt agree on the state of a ticket.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tkt.domain.fields import TIMELINE, in_order, parse_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

EVENT_KEYS = ("id", "at", "by", "do")
"""What every event has, in this order."""

WAKING = frozenset({"message", "reply", "note", "reopen", "restore"})
"""Kinds of event that bring an archived ticket back."""


class Event(NamedTuple):
    """One entry of a timeline: ``data`` as in the file, ``instant`` its time, aware."""

    data: Mapping[str, Any]
    instant: datetime

    @property
    def id(self) -> str:
        """Unique within the ticket; orders events of the same second."""
        return str(self.data["id"])

    @property
    def do(self) -> str:
        """What happened, one word."""
        return str(self.data["do"])

    @property
    def by(self) -> str:
        """Who did it: an agent, ``customer``, or the name of an automation."""
        return str(self.data["by"])

    @property
    def text(self) -> str | None:
        """What was said, if anything was."""
        return self.data.get("text")

    @property
    def order(self) -> tuple[datetime, str]:
        """Where it stands among the others."""
        return self.instant, self.id

    @staticmethod
    def of(data: Mapping[str, Any]) -> Event:
        """Read an event whose shape is known to be right (see :mod:`tkt.domain.shape`)."""
        instant = parse_time(data["at"])
        if instant is None:
            raise ValueError(data["at"])
        return Event(data, instant)


class Ticket(NamedTuple):
    """One ticket: its ``fields`` without id and timeline, and its events in order."""

    id: str
    fields: Mapping[str, Any]
    events: tuple[Event, ...]

    @property
    def title(self) -> str:
        """What it is about, in one line."""
        return str(self.fields.get("title", ""))

    @property
    def is_archived(self) -> bool:
        """Whether its file belongs into the archive."""
        return "archived" in self.fields

    @property
    def opening(self) -> Event:
        """The event that opened it."""
        return next((e for e in self.events if e.do == "open"), self.events[0])

    def after(self, *events: Event) -> Ticket:
        """The ticket once ``events`` have happened as well."""
        timeline = in_time(self.events + events)
        return Ticket(self.id, fold(timeline), timeline)

    def doc(self) -> dict[str, Any]:
        """The ticket as its file shows it, keys in file order."""
        doc = {"id": self.id, **in_order(self.fields)}
        doc[TIMELINE] = [event.data for event in self.events]
        return doc

    @staticmethod
    def of(doc: Mapping[str, Any]) -> Ticket:
        """Read a ticket whose shape is known to be right (see :mod:`tkt.domain.shape`)."""
        fields = {key: value for key, value in doc.items() if key not in ("id", TIMELINE)}
        return Ticket(doc["id"], fields, in_time(Event.of(data) for data in doc[TIMELINE]))

    @staticmethod
    def folded(ticket_id: str, events: Iterable[Event]) -> Ticket:
        """The ticket that these events make."""
        timeline = in_time(events)
        return Ticket(ticket_id, fold(timeline), timeline)


def in_time(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events ordered by when they happened, then by id."""
    return tuple(sorted(events, key=lambda event: event.order))


def fold(events: Sequence[Event]) -> dict[str, Any]:
    """The fields that a timeline adds up to; ``events`` must be in order."""
    fields: dict[str, Any] = {}
    for event in events:
        data, do = event.data, event.do
        if do == "open":
            fields.setdefault("opened", data["at"])
        if do in WAKING:
            fields.pop("archived", None)
        if "set" in data:
            _set(fields, data["set"])
        for name, items in data.get("add", {}).items():
            held = fields.get(name, [])
            fields[name] = held + [item for item in items if item not in held]
        for name, items in data.get("remove", {}).items():
            fields[name] = [item for item in fields.get(name, []) if item not in items]
            if not fields[name]:
                del fields[name]
    return in_order(fields)


def _set(fields: dict[str, Any], changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        if value is None:
            fields.pop(name, None)
        else:
            fields[name] = value
    if "contested" in fields:
        # Whoever sets a contested field again has looked at it.
        left = [name for name in fields["contested"] if name not in changes]
        fields["contested"] = left
        if not left:
            del fields["contested"]
