"""When a customer is not greeted again: not twice on a ticket, not twice a day, and no machine."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tkt.domain.actions.announcing import AUTO_REPLY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tkt.domain.automation.rules import Rule, Step
    from tkt.domain.ticket import Event, Ticket
    from tkt.services.stage import Stage

_DAY = timedelta(days=1)
MACHINE = ("auto", "machine")
"""Keys of an event that was sent by a machine: answering it might go round for ever."""


def is_from_machine(cause: Event) -> bool:
    """Whether a machine has sent what an event says."""
    return any(cause.data.get(key) is True for key in MACHINE)


def is_hushed(stage: Stage, rule: Rule, step: Step, ticket: Ticket, cause: Event) -> bool:
    """Whether an automatic reply is left out."""
    return why_hushed(stage, rule, step, ticket, cause) is not None


def why_hushed(stage: Stage, rule: Rule, step: Step, ticket: Ticket, cause: Event) -> str | None:
    """Why an automatic reply is left out: ``machine``, ``per_ticket``, ``per_day``, or not."""
    if is_from_machine(cause):
        return "machine"
    if any(e.do == AUTO_REPLY and e.data.get("rule") == rule.ref for e in ticket.events):
        return "per_ticket"
    customer = ticket.fields.get("customer")
    once = step.said.get("once") if isinstance(step.said, dict) else None
    if once != "per_day" or not customer:
        return None
    since = cause.instant - _DAY
    others = _of_customer(stage, str(customer), since)
    greeted = any(
        event.do == AUTO_REPLY and since < event.instant <= cause.instant
        for other in others
        if other != ticket.id
        for event in stage.ticket(other).events
    )
    return "per_day" if greeted else None


def _of_customer(stage: Stage, customer: str, since: datetime) -> Iterator[str]:
    """The customer's tickets on which anything has happened lately."""
    from tkt.domain.query.tree import And, Compare, Query
    from tkt.services import querying

    theirs = And((
        Compare("customer", "in", (customer,), 1),
        Compare("updated", ">=", (since,), 1),
    ))  # fmt: skip
    query = Query(theirs)
    return iter(querying.ids_of(stage.desk, query, now=stage.acting.now, limit=1000))
