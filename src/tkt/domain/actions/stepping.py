"""What a workflow asks people to do on a ticket: tick its checklist, approve of an amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.actions.changing import altered
from tkt.domain.actions.event import check_unmerged
from tkt.domain.custom.field import Label
from tkt.domain.spec.kind import unknown
from tkt.domain.workflow.approving import KIND, alone, amount_of
from tkt.domain.workflow.guards import been_in
from tkt.domain.workflow.people import is_one_of, people
from tkt.errors import NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.domain.actions.event import Doing
    from tkt.domain.change import Change
    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket
    from tkt.domain.workflow import Workflow


def ticked(
    ticket: Ticket,
    doing: Doing,
    *,
    flow: Workflow,
    items: Sequence[str],
    undo: bool,
    reason: str | None,
) -> Change:
    """Items of the workflow's checklist ticked, or (``undo``) no longer.

    NotFound, with what may have been meant, for an item that it does not have.
    """
    check_unmerged(ticket)
    if not flow.rules.checklist:
        raise Refused("tick.no_checklist", id=ticket.id, workflow=flow.name)
    names = [_item(flow, word) for word in items]
    if not undo:
        _check_been(ticket, flow, names)
    held = ticket.fields.get("ticked", ())
    if not any((name in held) is undo for name in names):
        raise Refused("tick.already", id=ticket.id)
    changed = {"ticked": names}
    add, remove = ({}, changed) if undo else (changed, {})
    do = "untick" if undo else "tick"
    return altered(ticket, doing, do=do, wanted={}, add=add, remove=remove, reason=reason)


def _check_been(ticket: Ticket, flow: Workflow, names: Sequence[str]) -> None:
    """Refused for what is to be done in states where the ticket never was.

    What a way out of the state asks for in which it is now may be ticked all the same.
    """
    been = been_in(ticket)
    asked: set[str] = set()
    for way in flow.rules.transitions if flow.rules.has_transitions else ():
        if ticket.status in way.start and isinstance(way.needs.checklist, tuple):
            asked.update(way.needs.checklist)
    for item in flow.rules.checklist:
        if item.name not in names or item.name in asked or not item.states:
            continue
        if been.isdisjoint(item.states):
            to = item.states[0]
            state = flow.named(to)
            label = Label(state.zh, state.en) if state else Label.plain(to)
            raise Refused("tick.not_there", id=ticket.id, item=Label(item.zh, item.en),
                          state=label, to=to)  # fmt: skip


def _item(flow: Workflow, word: str) -> str:
    item = flow.rules.item(word)
    if item:
        return item.name
    words = [each for item in flow.rules.checklist for each in (item.name, item.zh, item.en)]
    fault = unknown((), "tick.unknown", word, dict.fromkeys(words))
    known = ", ".join(f"{item.name} {item.zh}" for item in flow.rules.checklist)
    raise NotFound(fault.key, **{**fault.params, "workflow": flow.name, "known": known})


def approved(
    ticket: Ticket, doing: Doing, *, settings: Settings, text: str | None, reason: str | None
) -> Change:
    """Approved by a second person; it has its effect only on the amount as it is now.

    Refused where nothing has to be approved, and to whoever set the amount or may not approve.
    """
    check_unmerged(ticket)
    flow = settings.flow(ticket.fields.get("workflow"))
    approval = flow.rules.approval
    if approval is None:
        raise Refused("approve.nothing", id=ticket.id, workflow=flow.name)
    amount = amount_of(ticket, approval, settings)
    said = {"id": ticket.id, "rule": f"{flow.path}#approval", "field": approval.field}
    if amount.value <= approval.above:
        raise Refused("approve.not_needed", above=f"{approval.above:g}", **said)
    if not is_one_of(settings, ticket, approval.by, doing.by):
        raise Refused("approve.who", who=people(settings, approval.by), **said)
    if amount.set_by == doing.by:
        if alone(settings, ticket, approval, amount):
            raise Refused("approve.own_alone", value=f"{amount.value:g}", **said)
        raise Refused("approve.own", who=people(settings, approval.by), **said)
    if amount.approved_by:
        raise Refused("approve.already", by=amount.approved_by, **said)
    held = ticket.fields.get(approval.field)
    payload = {"only_if": {approval.field: held} if held is not None else None,
               "amount": amount.value, "text": text}  # fmt: skip
    change = altered(ticket, doing, do=KIND, wanted={}, reason=reason, payload=payload,
                     rule=said["rule"])  # fmt: skip
    return change._replace(tail=f"{approval.field}={amount.value:g}")
