"""A ticket's timeline, condensed to what its clocks hang on.

A track is plain data (lists, texts, whole seconds), so that the index can keep it and reckon again
when a policy changes without reading a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.facts import CUSTOMER, NOT_PEOPLE
from tkt.domain.fields import parse_time
from tkt.domain.ids import SWEPT
from tkt.domain.ticket import replay, taken_back

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tkt.domain.ticket import Event, Ticket

    Step = list[Any]
    """``[at, kind, changes, about, achieved]``: an instant, one of the kinds below, the fields
    that changed to what (None: taken away), what the kind adds, what clocks have achieved."""
    Track = list[Step]

ASKED = "asked"
"""Opened by or for a customer, with something to answer."""
OPENED = "opened"
"""Opened by or for a customer who said nothing yet."""
INSIDE = "inside"
"""Opened by ourselves."""
OPENINGS = (ASKED, OPENED, INSIDE)
MESSAGE = "message"
"""The customer said something."""
REPLY = "reply"
"""A person answered the customer; ``about`` is who."""
DONE = "done"
"""Something else was done; ``about`` is the person, where the status changed."""
UNDONE = "undone"
"""Something was taken back, or takes it back: time went on, but it never counts as done."""
FIRED = "fired"
"""An automation did something; ``about`` is the event's id."""
EXCUSED = "excused"
"""A breach was excused; ``about`` is the clock and when its round began (None: the last one)."""
RATED = "rated"
"""The customer rated; ``about`` is the mark."""
ACHIEVED = "sla"
"""The key under which an event that ends a ticket says what its clocks had come to."""

_UNTOLD = frozenset({
    "title", "order", "external", "watchers", "muted", "contested", "formerly", "opened", "blocks",
    "relates", "duplicate_of", "parent", "split_from",
})  # fmt: skip
"""Fields that no condition, clock or sweep asks for."""


def track_of(ticket: Ticket) -> Track:
    """The track of a ticket.

    What was taken back was never said; in a ticket that was split off, what had been said before
    counts from the split on.
    """
    gone = taken_back(ticket.events)
    undone = taken_back(ticket.events, ("undoes",)) if gone else gone
    start = ticket.opening.instant if "split_from" in ticket.fields else None
    fields: dict[str, Any] = {}
    held: dict[str, Any] = {}
    track: Track = []
    for event, applied in replay(ticket.events, fields):
        changes = _changes(held, fields)
        kind, about = _kind(event, gone, undone) if applied else (DONE, None)
        if event.do == "open" or changes or kind != DONE or not event.data.get("from"):
            if kind in (DONE, UNDONE) and "status" in changes and event.by not in NOT_PEOPLE:
                about = event.by
            instant = event.instant if start is None else max(event.instant, start)
            step: Step = [int(instant.timestamp()), kind, changes]
            if ACHIEVED in event.data:
                step += [about, event.data[ACHIEVED]]
            elif about is not None:
                step.append(about)
            track.append(step)
    return track


def _changes(held: dict[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that differ from what is ``held``, which is brought up to them."""
    changes = {
        name: value
        for name, value in fields.items()
        if name not in _UNTOLD and held.get(name) != value
    }
    changes.update((name, None) for name in held if name not in fields)
    for name, value in changes.items():
        if value is None:
            del held[name]
        else:
            held[name] = value
    return changes


def _kind(event: Event, gone: Iterable[str], undone: Iterable[str]) -> tuple[str, Any]:
    """(what an event is to clocks, what there is to know of it)."""
    do, data = event.do, event.data
    if do == "open":
        if event.by != CUSTOMER:
            return INSIDE, None
        return (ASKED if data.get("message", True) else OPENED), None
    if "rule" in data or event.id.startswith(SWEPT):
        return FIRED, event.id  # also when it was taken back: it has fired
    if event.id in gone:
        return (UNDONE if event.id in undone else DONE), None
    if do == "message":
        return MESSAGE, None
    if do == "reply" and not data.get("auto"):
        return REPLY, event.by
    if do == "excuse":
        return EXCUSED, [data.get("clock"), _seconds(data.get("since"))]
    if do == "rating":
        return RATED, data.get("mark")
    return (UNDONE if "undoes" in data else DONE), None


def _seconds(text: object) -> int | None:
    moment = parse_time(text) if isinstance(text, str) else None
    return None if moment is None else int(moment.timestamp())
