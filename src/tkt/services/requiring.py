"""What the desk asks of tickets, asked once of everything that a person does to them.

Which states a ticket may enter, its workflow says; without which fields it may not be, tkt.yaml
does. Not asked of what comes from elsewhere: merged clones, and what a customer says.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tkt.domain import transfers
from tkt.domain.facts import facts_of
from tkt.domain.sla.track import track_of
from tkt.domain.sweeping.plan import Plan
from tkt.domain.workflow import guards
from tkt.errors import Refused
from tkt.storage.rows import searchable, times_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tkt.domain.change import Change
    from tkt.domain.custom.requiring import Look
    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket
    from tkt.services.acting import Acting

_THEIRS = "message"
"""What a customer says is recorded whatever the desk still wants to know."""


def check(settings: Settings, changes: Sequence[Change], acting: Acting) -> None:
    """Refused if a change leads where its ticket may not go, or leaves it without a field."""
    for change in changes:
        guards.check(settings, change, by=acting.by)
        if not acting.is_automatic:
            transfers.check(change)
    if not any(field.required for field in settings.fields):
        return
    from tkt.domain.custom import requiring  # few desks require anything, and queries take time

    look = looking_at(settings, acting.now)
    for change in changes:
        if change.action == _THEIRS:
            continue
        field = requiring.left_out(settings, change, look, now=acting.now, me=acting.by)
        if field:
            key = "custom.required" if change.before else "custom.required_at_first"
            raise Refused(key, id=change.ticket_id, label=field.label, field=field.name)


def looking_at(settings: Settings, now: datetime) -> Look:
    """What a query sees of a ticket, without the index and just as with it."""
    plan = Plan(settings)

    def look(ticket: Ticket) -> tuple[Callable[[str], Any], str]:
        derived = _derived(ticket, plan, now)
        fields = ticket.fields

        def get(name: str) -> Any:
            return derived[name] if name in derived else fields.get(name)

        return get, searchable(ticket.doc())

    return look


def _derived(ticket: Ticket, plan: Plan, now: datetime) -> dict[str, Any]:
    """What a ticket has beside its fields, by the names that queries use."""

    def category(status: str) -> str:
        return plan.category(ticket.fields.get("workflow"), status)

    facts = facts_of(ticket, category)
    due, late_from, _ = times_of(track_of(ticket), ticket.fields.get("workflow"), plan)
    return {
        **facts._asdict(),
        "claimant": facts.claim and facts.claim.by,
        "id": ticket.id,
        "state": "merged" if ticket.is_merged else category(ticket.fields.get("status", "")),
        "opened": ticket.opening.instant,
        "due": None if due is None else datetime.fromtimestamp(due, now.tzinfo),
        "overdue": late_from is not None and late_from <= int(now.timestamp()),
        "edited": False,
        "archived": ticket.is_archived,
        "contested": "contested" in ticket.fields,
        "unassigned": "assignee" not in ticket.fields,
        "all": True,
    }
