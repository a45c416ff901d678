"""How far a ticket has come in its process: its checklist, and a second person's approval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt import texts
from tkt.domain.fields import TIMELINE
from tkt.domain.ticket import Event, Ticket, in_time
from tkt.domain.workflow.approving import amount_of
from tkt.domain.workflow.people import people
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tkt.domain.settings import Settings


def progress(row: Mapping[str, Any], settings: Settings) -> Iterator[tuple[str, str]]:
    """(key, text) of what the workflow asks for beside fields, as far as it is done."""
    rules = settings.flow(row.get("workflow")).rules
    if rules.checklist:
        done = row.get("ticked", ())
        yield (
            "checklist",
            "  ".join(
                f"{'☑' if item.name in done else '☐'} {getattr(item, texts.current())}"
                for item in rules.checklist
            ),
        )
    approval = rules.approval
    if approval is None:
        return
    ticket = Ticket(row["id"], row, in_time(Event.of(data) for data in row[TIMELINE]))
    amount = amount_of(ticket, approval, settings)
    if amount.value <= approval.above:
        return
    if amount.approved_by:
        agent = settings.agent(amount.approved_by)
        who = agent.name if agent else amount.approved_by
        yield "approval", say("show.approved", who=who, amount=f"{amount.value:g}")
    else:
        who = getattr(people(settings, approval.by), texts.current())
        yield "approval", say("show.unapproved", who=who, amount=f"{amount.value:g}")
