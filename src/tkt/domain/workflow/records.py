"""Whether a record from elsewhere may stand in its state: guards asked of what it brings.

How it came there is history: ways, who went them and what was noted then are not asked for. An
earlier reply is asked for only of a record that brings a conversation at all, since a table of
another system seldom has one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.workflow import guards
from tkt.domain.workflow.approving import amount_of
from tkt.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket
    from tkt.domain.workflow import State, Workflow
    from tkt.domain.workflow.guards import Lack
    from tkt.domain.workflow.rules import Needs

_SAID = ("message", "reply")
"""What makes a conversation, the words of the opening aside."""
_KEYS = {
    "guard.fields": "guard.record",
    "guard.checklist": "guard.record_checklist",
    "guard.reply": "guard.record_reply",
    "guard.any": "guard.record_any",
}


def check_record(settings: Settings, ticket: Ticket) -> None:
    """Refused, with the rule that says so, if a ticket from elsewhere lacks what its state needs.

    What is closed by way of being resolved needs what resolving needs as well.
    """
    flow = settings.flow(ticket.fields.get("workflow"))
    state = flow.named(ticket.status)
    if state is None:
        return
    for passed in _passed(flow, state):
        for needs in flow.rules.needs("", passed.name, passed.category):
            if lack := _lack(settings, flow, ticket, needs):
                raise Refused(_KEYS[lack.kind], rule=f"{flow.path}#{needs.rule}",
                              state=guards.label_of(state), missing=_missing(lack),
                              field=next(iter(lack.words), ""))  # fmt: skip
    _check_approval(settings, flow, ticket, state)


def _passed(flow: Workflow, state: State) -> Iterator[State]:
    """Its state, before it the one in which such tickets are resolved, if they are."""
    if state.category == "closed":
        resolved = (s for s in flow.states if s.category == "resolved")
        yield from [s for s in resolved if state in flow.targets(s.name)][:1]
    yield state


def _lack(settings: Settings, flow: Workflow, ticket: Ticket, needs: Needs) -> Lack | None:
    """The first thing that is missing and that a record could bring."""
    found = guards.lack_of_fields(settings, ticket, needs) or guards.lack_of_items(
        flow, ticket, needs
    )
    if found:
        return found
    talked = any(event.do in _SAID for event in ticket.events)
    if needs.reply and talked and not guards.has_reply(ticket):
        return guards.Lack("guard.reply")
    either = [_lack(settings, flow, ticket, one) for one in needs.any]
    lacks = [[lack] for lack in either if lack]
    return guards.lack_of_any(lacks) if lacks and len(lacks) == len(either) else None


def _missing(lack: Lack) -> object:
    zh, en = ("、", ", ") if lack.kind != "guard.any" else ("；或 ", "; or ")
    return guards.joined(lack.labels, zh, en)


def _check_approval(settings: Settings, flow: Workflow, ticket: Ticket, state: State) -> None:
    approval = flow.rules.approval
    if approval is None or not guards.is_guarded(state, approval):
        return
    amount = amount_of(ticket, approval, settings)
    if amount.value > approval.above and amount.approved_by is None:
        raise Refused("guard.record_approval", rule=f"{flow.path}#approval",
                      state=guards.label_of(state), above=f"{approval.above:g}",
                      label=guards.field_label(settings, approval.field))  # fmt: skip
