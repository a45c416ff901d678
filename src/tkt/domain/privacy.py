"""A change to a ticket without the personal data in its words; what was recorded before stays.

Whatever is written on a ticket goes through :func:`cleared` once, when it is recorded: titles, what
was said, reasons, the customer, fields of one's own. What names something else stays as it is:
states, orders, ids. So does what an event only repeats: words carried over from another ticket, and
fields that an undo gives back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.change import Change, shown
from tkt.domain.fields import FIELDS
from tkt.domain.masking import Found, mask, masked_phone
from tkt.domain.ticket import Event, Ticket, fold, with_edits
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tkt.domain.settings import Settings

_WORDS = ("title", "customer")
"""The fields of every desk that hold what people wrote; all others name something."""
_NAMES = frozenset({"id", "at", "by", "do", "if", "via", "entered_by", "from"})
"""What an event says of itself: no words of anybody's."""
_LONG = 7
"""Shorter values might stand within anything."""
_LEAST = 10**9
"""Smaller numbers are no telephone's."""


class Piece(NamedTuple):
    """Personal data as it stands on a ticket: in which field, or (None) in what was said."""

    field: str | None
    found: Found


class Privacy:
    """What a desk masks: everything personal but the texts that it has published itself."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.found: list[Found] = []

    def text(self, text: str, known: Iterable[str] = ()) -> str:
        """A text masked but for what is ``known`` to be nobody's, as an order's number."""
        masked = mask(text, (*self.settings.public, *known))
        self.found += masked.found
        return masked.text

    def field(self, name: str, value: Any) -> Any:
        """A field's value masked, if it is of a kind that people write into."""
        if name in FIELDS:
            return self.text(value) if name in _WORDS and isinstance(value, str) else value
        declared = self.settings.fields.get(name)
        if declared is None:
            return self._any(value)
        if declared.keeps or not isinstance(value, str):
            return value
        if declared.type == "phone":
            masked = masked_phone(value)
            self.found += masked.found
            return masked.text
        return self.text(value) if declared.type == "text" else value

    def event(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What an event says, masked."""
        if "from" in data:
            return {**data}
        said = {
            name: self.text(value) if isinstance(value, str) and name not in _NAMES else value
            for name, value in data.items()
        }
        if "set" in data and "undoes" not in data:
            said["set"] = {name: self.field(name, data["set"][name]) for name in data["set"]}
        return said

    def _any(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if type(value) is int and value >= _LEAST:
            masked = self.text(str(value))
            return masked if masked != str(value) else value
        if isinstance(value, list):
            return [self._any(item) for item in value]
        if isinstance(value, dict):
            return {key: self._any(item) for key, item in value.items()}
        return value


def cleared(change: Change, settings: Settings) -> Change:
    """``change`` with its personal data masked; what that was is its ``found``, in full."""
    if not settings.masking:
        return change
    known = {event.id for event in change.before.events} if change.before else set()
    privacy = Privacy(settings)
    events = {
        event.id: event._replace(data=privacy.event(event.data))
        for event in change.after.events
        if event.id not in known
    }
    edited = change.after.unrecorded if change.before is None else {}
    edits = {name: (was, privacy.field(name, now)) for name, (was, now) in edited.items()}
    reason = privacy.text(change.reason) if change.reason else change.reason
    tail = privacy.text(change.tail, _numbers(events.values()))
    if not privacy.found:
        return change
    after = _rebuilt(change, events, edits)
    return change._replace(
        after=after,
        events=tuple(events.get(event.id, event) for event in change.events),
        tail=_tail(change, tail, after),
        reason=reason,
        found=tuple(_wholes(privacy.found)),
    )


def _numbers(events: Iterable[Event]) -> Iterator[str]:
    """What fields that were not masked say: the end of the subject repeats it."""
    for event in events:
        if "undoes" in event.data:
            continue  # what stood there before was perhaps never masked
        for value in event.data.get("set", {}).values():
            if isinstance(value, str) and len(value) >= _LONG:
                yield value


def _wholes(found: Iterable[Found]) -> Iterator[Found]:
    """What was found, each once, but for pieces of it: a subject cuts long values short."""
    once = dict.fromkeys(found)
    for each in once:
        if not any(each.value in other.value and each.value != other.value for other in once):
            yield each


def _rebuilt(
    change: Change, events: Mapping[str, Event], edits: Mapping[str, tuple[Any, Any]]
) -> Ticket:
    """The ticket with the new events as they are now; unrecorded edits of others stay."""
    timeline = tuple(events.get(event.id, event) for event in change.after.events)
    edits = edits or change.after.unrecorded
    return Ticket(change.after.id, with_edits(fold(timeline), edits), timeline)


def _tail(change: Change, tail: str, after: Ticket) -> str:
    """The end of the commit's subject; a value that was cut short there is masked as a whole."""
    if change.tail == change.after.title:
        return after.title
    for event in change.events:
        for name, value in event.data.get("set", {}).items():
            tail = tail.replace(f"{name}={shown(value)}", f"{name}={shown(after.fields.get(name))}")
    return tail


def pieces(ticket: Ticket, settings: Settings) -> list[Piece]:
    """The personal data that stands on a ticket unmasked: recorded before, or past ``tkt``."""
    found: list[Piece] = []
    for name, value in ticket.fields.items():
        privacy = Privacy(settings)
        privacy.field(name, value)
        found += (Piece(name, each) for each in privacy.found)
    for event in ticket.events:
        privacy = Privacy(settings)
        privacy.event({k: v for k, v in event.data.items() if k not in ("set", "from")})
        found += (Piece(None, each) for each in privacy.found)
    return list({piece.found: piece for piece in found}.values())


def said_again(text: str | None, settings: Settings) -> str | None:
    """A text as it is recorded: to be compared with what was, or for a file other than tickets."""
    return mask(text, settings.public).text if text and settings.masking else text
