"""What a customer was promised by when: made, kept, dropped.

A ticket has one promise at a time, in its field ``promised``. The event that ends it says which one
it was: ``kept`` or ``dropped`` with the promised time, so that figures can tell whether it was kept
in time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.actions.changing import altered
from tkt.domain.actions.event import check_unmerged
from tkt.domain.fields import parse_time
from tkt.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tkt.domain.actions.event import Doing
    from tkt.domain.change import Change
    from tkt.domain.ticket import Ticket
    from tkt.domain.workflow import Workflow

FIELD = "promised"
"""The field that says by when something is promised."""


def promised(
    ticket: Ticket,
    doing: Doing,
    *,
    flow: Workflow,
    by: datetime,
    text: str | None = None,
    reason: str | None = None,
) -> Change:
    """Something is promised ``by`` a time; it takes the place of what was promised before."""
    check_unmerged(ticket)
    if flow.is_over(ticket.status):
        raise Refused("promise.over", id=ticket.id, status=ticket.status)
    if by <= doing.at:
        raise Refused("promise.is_past", id=ticket.id)
    written = by.astimezone(doing.at.tzinfo).isoformat(timespec="seconds")
    if parse_time(written) is None:
        raise Refused("field.not_time", field=FIELD, value=written)
    if written == ticket.fields.get(FIELD) and not text:
        raise Refused("promise.already", id=ticket.id)
    payload = {"text": text} if text and text.strip() else {}
    wanted = {FIELD: written}
    return altered(ticket, doing, do="promise", wanted=wanted, reason=reason, payload=payload)


def ended(
    ticket: Ticket,
    doing: Doing,
    *,
    kept: bool,
    text: str | None = None,
    reason: str | None = None,
) -> Change:
    """The promise was ``kept``, or is dropped; Refused if nothing is promised."""
    held = ticket.fields.get(FIELD)
    if held is None:
        raise Refused("promise.none", id=ticket.id)
    payload: dict[str, Any] = {"kept" if kept else "dropped": held}
    if text and text.strip():
        payload["text"] = text
    wanted = {FIELD: None}
    return altered(ticket, doing, do="promise", wanted=wanted, reason=reason, payload=payload)


def keeping(ticket: Ticket) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """(fields to set, what else to say) where an action keeps the promise; empty if there is none.

    An answer keeps it, and so does the end of the ticket.
    """
    held = ticket.fields.get(FIELD)
    return ({FIELD: None}, {"kept": held}) if held is not None else ({}, {})
