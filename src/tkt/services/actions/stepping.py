"""What a workflow asks people to do: its checklist, and a second person's approval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.actions import stepping
from tkt.errors import UsageProblem
from tkt.services.actions.changing import could_be_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.domain.change import Change
    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket
    from tkt.services.stage import Action, Stage


def split(words: Sequence[str], settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(ids, items) out of the words of a command: an item is what some checklist calls so.

    What is neither that nor an id is an item as well, a mistyped one.
    """
    flows = settings.workflows
    items = [w for w in words if any(flow.rules.item(w) for flow in flows) or not could_be_id(w)]
    if not items:
        raise UsageProblem("tick.what")
    return tuple(word for word in words if word not in items), tuple(items)


def tick(items: Sequence[str], *, undo: bool, reason: str | None) -> Action:
    """Items of each ticket's checklist, ticked or no longer."""

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        flow, doing = stage.flow(ticket), stage.doing(ticket)
        return [stepping.ticked(ticket, doing, flow=flow, items=items, undo=undo, reason=reason)]

    return act


def approve(*, text: str | None, reason: str | None) -> Action:
    """A second person's approval of the amount on each ticket."""

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        doing = stage.doing(ticket)
        return [stepping.approved(ticket, doing, settings=stage.settings, text=text, reason=reason)]

    return act
