"""What marks the events of rules and macros, so that a timeline says what came from what.

Every event that a rule makes says by which rule (``rule``) and because of which event (``cause``).
Its id is made of the cause's id and of its place among what follows from it: it stands right
behind the cause, and clones on which the same rule ran make the same event. The events of a macro
say its name (``macro``), and all but the first the id of the first (``with``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain import ids
from tkt.domain.automation.rules import MOST_STEPS
from tkt.domain.ids import checksum
from tkt.domain.ticket import EVENT_KEYS, Event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.domain.automation.rules import Rule
    from tkt.domain.change import Change
    from tkt.domain.ticket import Ticket

_HEAD = (*EVENT_KEYS, "if")


def marked(events: Sequence[Event], macro: str, reason: str | None) -> list[Event]:
    """Events that say by which macro they were made, the first why, the others with which one."""
    first = events[0].id if events else ""
    made = []
    for event in events:
        tie = {"macro": macro, **({"with": first} if event.id != first else {})}
        why = {"why": reason} if reason and event.id == first and "why" not in event.data else {}
        made.append(_said_by(event, {**tie, **why}))
    return made


def made_with(ticket: Ticket, event: Event) -> list[Event]:
    """The events of the same run of a macro, in order; of any other event only itself."""
    if "macro" not in event.data:
        return [event]
    first = event.data.get("with", event.id)
    return [other for other in ticket.events if first in (other.id, other.data.get("with"))]


def _said_by(event: Event, tie: dict[str, str], event_id: str | None = None) -> Event:
    """An event with what it comes from right behind what it is."""
    head = {key: event.data[key] for key in _HEAD if key in event.data}
    if event_id is not None:
        head["id"] = event_id
    rest = {key: value for key, value in event.data.items() if key not in head}
    return Event({**head, **tie, **rest}, event.instant)


def attributed(change: Change, rule: Rule, cause: Event, *, place: int, step: int) -> Change:
    """A change as the work of a rule: its events say so, and have ids that every clone makes."""
    events = tuple(
        _attributed(event, rule, cause, place=place, step=step, number=number)
        for number, event in enumerate(change.events)
    )
    assert change.before is not None
    return change._replace(events=events, after=change.before.after(*events), rule=rule.ref)


def _attributed(
    event: Event, rule: Rule, cause: Event, *, place: int, step: int, number: int
) -> Event:
    seed = checksum(cause.id, rule.ref, str(step), str(number))
    event_id = cause.id + ids.following(place * MOST_STEPS + step, seed)
    if number:  # behind the first one of the same action
        first = checksum(cause.id, rule.ref, str(step), "0")
        event_id = cause.id + ids.following(place * MOST_STEPS + step, first)
        event_id += ids.following(number, seed)
    return _said_by(event, {"rule": rule.ref, "cause": cause.id}, event_id)
