"""What a text or a ticket would be classified as, as a person asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.errors import NotFound, UsageProblem
from tkt.services.classifying.sorting import sorter_lying, text_of

if TYPE_CHECKING:
    from tkt.domain.classify.deciding import Decision
    from tkt.services.classifying.sorting import Lying
    from tkt.storage.desk import Desk

_SHORTEST = 3
"""A shorter word is a text, whatever id it may be a part of."""


def ask(desk: Desk, text: str, *, may_be_id: bool) -> tuple[Decision, str | None, Lying]:
    """(what a text makes of a ticket, the id of the ticket if one was meant, what was gone by)."""
    lying = sorter_lying(desk)
    sorter = lying.sorter
    ticket_id = _ticket_meant(desk, text) if may_be_id else None
    if ticket_id is None:
        decision = sorter.decide(text, {})
    else:
        ticket = desk.ticket(ticket_id)
        decision = sorter.decide(text_of(ticket), ticket.fields)
    assert decision is not None
    return decision, ticket_id, lying


def _ticket_meant(desk: Desk, word: str) -> str | None:
    """The ticket that a word means; None where it is a text like any other."""
    if len(word) < _SHORTEST or not word.isascii() or not word.replace("-", "").isalnum():
        return None
    try:
        return desk.find(word)
    except NotFound:
        return None
    except UsageProblem:
        # Several ids have it in them: digits were meant for one of those, letters for a word.
        if any(char.isdigit() for char in word):
            raise
        return None
