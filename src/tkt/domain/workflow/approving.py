"""Who set an amount, and whether a second person has approved of it since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.ticket import replay, taken_back
from tkt.domain.workflow.people import those
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket
    from tkt.domain.workflow.rules import Approval

KIND = "approve"
"""The event by which somebody approves."""


class Amount(NamedTuple):
    """What an amount is now, who set it, and who has approved of just that."""

    value: float
    set_by: str | None
    approved_by: str | None


def amount_of(ticket: Ticket, approval: Approval, settings: Settings) -> Amount:
    """The amount on a ticket; an approval of another amount does not count any more."""
    field = settings.fields.get(approval.field)
    names = field.names if field else (approval.field,)
    set_by = approved_by = None
    gone = taken_back(ticket.events)
    for event, applied in replay(ticket.events, {}):
        if not applied:
            continue
        if any(name in event.data.get("set", ()) for name in names):
            set_by, approved_by = event.data.get("entered_by", event.by), None
        if event.do == KIND and event.id not in gone:
            approved_by = event.by
    value = field.value_in(ticket.fields) if field else ticket.fields.get(approval.field)
    return Amount(_number(value), set_by, approved_by)


def alone(settings: Settings, ticket: Ticket, approval: Approval, amount: Amount) -> bool:
    """Whether the only one who may approve is the one who set the amount, and so may not."""
    may = those(settings, ticket, approval.by)
    return bool(settings.agents) and may == {amount.set_by}


def _number(value: Any) -> float:
    try:
        return float(value or 0)
    except (TypeError, ValueError):
        return 0.0
