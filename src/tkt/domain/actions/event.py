"""An event that has just happened, and who made it happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain import ids
from tkt.domain.fields import parse_time
from tkt.domain.ticket import Event
from tkt.errors import Refused
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from tkt.domain.ticket import Ticket


class Doing(NamedTuple):
    """Who does something, when (aware), and a source of random integers below a bound."""

    by: str
    at: datetime
    draw: Callable[[int], int]


def check_unmerged(ticket: Ticket) -> None:
    """Refused where a ticket has become part of another: it is that one's turn."""
    if ticket.is_merged:
        raise Refused("ticket.merged", id=ticket.id, into=ticket.fields["merged_into"])


def new_event(events: Iterable[Event], doing: Doing, do: str, **payload: Any) -> Event:
    """An event that has just happened, without the empty parts of ``payload``; ``text`` is last.

    Its time is what its file will say: whole seconds, with a fixed offset. ``only_if`` becomes the
    event's ``if`` (see :mod:`tkt.domain.ticket`).
    """
    written = doing.at.isoformat(timespec="seconds")
    instant = parse_time(written)
    if instant is None:
        raise Refused("field.not_time", field="at", value=written)
    same_second = [event.id for event in events if event.instant == instant]
    data: dict[str, Any] = {
        "id": ids.event_id(same_second, draw=doing.draw),
        "at": written,
        "by": payload.pop("by", doing.by),
        "do": do,
    }
    if only_if := payload.pop("only_if", None):
        data["if"] = only_if
    text = payload.pop("text", None)
    data.update((key, value) for key, value in payload.items() if value)
    if text:
        data["text"] = text
    return Event(data, instant)
