"""Whether what was done to a ticket is an occasion to find it an agent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.routing.rule import ROUTED
from tkt.domain.workflow import OVER

if TYPE_CHECKING:
    from tkt.domain.change import Change
    from tkt.domain.workflow import Workflow


def occasion(change: Change, flow: Workflow) -> str | None:
    """One of :data:`tkt.domain.routing.rule.OCCASIONS` that the ticket's routing waits for."""
    routing = flow.rules.data.get("routing")
    fields = change.after.fields
    if routing is None or "assignee" in fields or change.after.is_merged:
        return None
    if flow.category_of(change.after.status) not in ROUTED:
        return None
    found = _what(change, flow)
    return found if found in routing.get("on", (found,)) else None


def _what(change: Change, flow: Workflow) -> str | None:
    before = change.before
    if before is None:
        return "open"
    if flow.category_of(before.status) in OVER:
        return "reopen"
    if "assignee" in before.fields:
        return "returned"
    # Of another category it is no longer that team's: it is found an agent as a new one is.
    return "open" if "team" in before.fields and "team" not in change.after.fields else None
