"""Which fields of a ticket a person has settled, so that classifying anew leaves them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.classify.deciding import DECIDED
from tkt.domain.facts import NOT_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.domain.ticket import Event, Ticket


def settled(ticket: Ticket, left_to_desk: Mapping[str, object]) -> dict[str, Event]:
    """The fields that somebody set, each with the event that did.

    What a rule of the desk set counts as well: only what classifying set is its own to change.
    ``left_to_desk`` is what a ticket begins with of which nobody has said anything.
    """
    found: dict[str, Event] = {}
    for event in ticket.events:
        because = event.data.get("classified")
        sets = event.data.get("set", {})
        for name in DECIDED:
            if name not in sets:
                continue
            if _is_said(event, name, sets[name], left_to_desk):
                found[name] = event
            elif because is not None:
                found.pop(name, None)
    return found


def _is_said(event: Event, name: str, value: object, left_to_desk: Mapping[str, object]) -> bool:
    because = event.data.get("classified")
    if isinstance(because, dict):
        said = because.get("said")
        return isinstance(said, list) and name in said
    # An opening does not tell a default from the same value said by a person.
    return event.do != "open" or left_to_desk.get(name) != value


def taught(ticket: Ticket) -> str | None:
    """The category that a person gave a ticket; None if it has none, or nobody chose it."""
    category = ticket.fields.get("category")
    event = settled(ticket, {}).get("category")
    if event is None or event.data.get("rule") or not isinstance(category, str):
        return None
    person = event.data.get("entered_by", event.by)
    return None if person in NOT_PEOPLE else category
