"""A ticket is the fold of its timeline.

Each event says what happened (``do``), when (``at``), by whom (``by``), and what it changed:
``set`` gives fields new values (null takes a field away), ``add`` and ``remove`` change lists.
``if`` names fields and the values they must hold for the event to have any effect: who takes a
ticket says whose it was, so of two who take it on two machines the earlier one has it.
Folding is the same for every kind of event, also for kinds that a later version invents, so two
versions of tkt agree on the state of a ticket.

``undoes`` names events that are taken back, ``moved`` those that went to another ticket. What they
did to fields is undone by fields of the event itself; what they said stays in the file and no
longer counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.fields import TIMELINE, alike, differing, in_order, listed, parse_time
from tkt.domain.ids import path_of
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    def status(self) -> str:
        """The name of the state that it is in."""
        return str(self.fields.get("status", ""))

    @property
    def is_archived(self) -> bool:
        """Whether its file belongs into the archive."""
        return "archived" in self.fields

    @property
    def path(self) -> str:
        """Where its file belongs, relative to the desk."""
        return path_of(self.id, archived=self.is_archived)

    @property
    def opening(self) -> Event:
        """The event that opened it."""
        return next((e for e in self.events if e.do == "open"), self.events[0])

    @property
    def unrecorded(self) -> dict[str, tuple[Any, Any]]:
        """Fields that a person changed past ``tkt commit``: (what the timeline says, the top)."""
        folded = fold(self.events)
        return {n: (folded.get(n), value) for n, value in differing(folded, self.fields).items()}

    def after(self, *events: Event) -> Ticket:
        """The ticket once ``events`` have happened as well; unrecorded edits of others stay."""
        timeline = in_time(self.events + events)
        settled = fields_set(events)
        edits = {name: edit for name, edit in self.unrecorded.items() if name not in settled}
        return Ticket(self.id, with_edits(fold(timeline), edits), timeline)

    @property
    def is_merged(self) -> bool:
        """Whether it has become part of another ticket."""
        return "merged_into" in self.fields

    def event(self, event_id: str) -> Event | None:
        """The event with this id."""
        return next((event for event in self.events if event.id == event_id), None)

    def before(self, event: Event) -> Mapping[str, Any]:
        """The fields as they were when ``event`` happened."""
        return fold([other for other in self.events if other.order < event.order])

    def doc(self) -> dict[str, Any]:
        """The ticket as its file shows it, keys in file order."""
        doc = {"id": self.id, **in_order(self.fields)}
        doc[TIMELINE] = [event.data for event in self.events]
        return doc

    @staticmethod
    def of(doc: Mapping[str, Any]) -> Ticket:
        """Read a ticket whose shape is known to be right (see :mod:`tkt.domain.shape`)."""
        # A key without a value says nothing, as in an event, where null takes a field away.
        fields = {k: v for k, v in doc.items() if v is not None and k not in ("id", TIMELINE)}
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
    for _ in replay(events, fields):
        pass
    return in_order(fields)


def replay(events: Iterable[Event], fields: dict[str, Any]) -> Iterator[tuple[Event, bool]]:
    """Each event in order once ``fields`` show what it did, and whether it had its effect.

    An event with an ``if`` that does not hold has none.
    """
    for event in events:
        data = event.data
        if "if" in data and not _holds(fields, data["if"]):
            yield event, False
            continue
        _apply(fields, data)
        yield event, True


def _holds(fields: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(alike(fields.get(name), value) for name, value in wanted.items())


def _apply(fields: dict[str, Any], data: Mapping[str, Any]) -> None:
    do = data["do"]
    if do == "open":
        fields.setdefault("opened", data["at"])
    if do in WAKING:
        fields.pop("archived", None)
    if "set" in data:
        _set(fields, data["set"])
    for name, items in data.get("add", {}).items():
        held = listed(fields.get(name))
        fields[name] = held + [item for item in items if item not in held]
    for name, items in data.get("remove", {}).items():
        left = [item for item in listed(fields.pop(name, None)) if item not in items]
        if left:
            fields[name] = left


def taken_back(
    events: Sequence[Event], ways: Sequence[str] = ("undoes", "moved")
) -> frozenset[str]:
    """The ids of the events that later ones, which still stand, have taken back or moved away.

    What has only been moved away still did to fields what it did: ``ways`` can leave that out.
    """
    gone: set[str] = set()
    for event in reversed(events):
        if event.id not in gone:
            for way in ways:
                gone.update(event.data.get(way, ()))
    return frozenset(gone)


def fields_set(events: Iterable[Event]) -> set[str]:
    """The names of the fields that ``events`` decide, whatever these held before."""
    names: set[str] = set()
    for event in events:
        names.update(event.data.get("set", ()))
        if event.do in WAKING:
            names.add("archived")
    return names


def with_edits(
    fields: Mapping[str, Any], edits: Mapping[str, tuple[Any, Any]]
) -> Mapping[str, Any]:
    """``fields`` with unrecorded edits (see :attr:`Ticket.unrecorded`) made on top of them.

    Of a list it is what was added and taken out that is done again.
    """
    if not edits:
        return fields
    edited = dict(fields)
    for name, (recorded, shown) in edits.items():
        now = fields.get(name)
        if not alike(now, recorded) and isinstance(now or recorded, list):
            was, wanted = listed(recorded), listed(shown)
            kept = [item for item in listed(now) if item in wanted or item not in was]
            shown = kept + [item for item in wanted if item not in was and item not in kept] or None
        if shown is None:
            edited.pop(name, None)
        else:
            edited[name] = shown
    return in_order(edited)


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
