"""What came of a canned reply on a ticket."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tkt.domain.summary import DEEDS, counts_of
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from tkt.domain.ticket import Ticket

AGAIN = timedelta(days=3)
"""A customer who writes within that time has probably not been helped."""
_RESOLVED, _REOPENED = (1 << DEEDS.index(deed) for deed in ("resolved", "reopened"))


class Outcome(NamedTuple):
    """Whether the customer wrote again soon, and whether the ticket was solved, came back, was
    rated: by its last mark, None where there is none.
    """

    wrote_again: bool
    resolved: bool
    reopened: bool
    rating: str | None


def outcome_of(ticket: Ticket, event_id: str, category_of: Callable[[str], str]) -> Outcome | None:
    """What has happened on a ticket since one of its events; None if that is not there any more."""
    place = next((i for i, event in enumerate(ticket.events) if event.id == event_id), None)
    if place is None:
        return None
    said, later = ticket.events[place], ticket.events[place + 1 :]
    counts = counts_of(ticket, category_of)
    # A reply may be what solves the ticket; what it opens again it does not.
    bits = [counts.get(event.id, 0) for event in later]
    marks = [event.data.get("mark") for event in later if event.do == "rating"]
    return Outcome(
        any(event.do == "message" and event.instant - said.instant <= AGAIN for event in later),
        any(bit & _RESOLVED for bit in (counts.get(event_id, 0), *bits)),
        any(bit & _REOPENED for bit in bits),
        str(marks[-1]) if marks and marks[-1] is not None else None,
    )
