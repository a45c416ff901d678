"""Whether a ticket may enter a state: asked of every change, whichever way it came about.

What is decided here hangs on nothing but the change, the desk's settings, and who acts, so that
one command, a batch, a query over a thousand tickets and an import get the same answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.custom.field import Label
from tkt.domain.fields import FIELDS
from tkt.domain.ticket import replay, taken_back
from tkt.domain.workflow import OVER, UNFINISHED
from tkt.domain.workflow.approving import alone, amount_of
from tkt.domain.workflow.people import is_one_of, people
from tkt.errors import Refused
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tkt.domain.change import Change
    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket
    from tkt.domain.workflow import State, Workflow
    from tkt.domain.workflow.approving import Amount
    from tkt.domain.workflow.rules import Approval, Item, Needs

_THEIRS = "message"
"""What a customer says is recorded whatever a workflow asks for."""
_NEW = Label("（新工单）", "(new)")
"""Stands for the id of a ticket that was never made."""
_AS_IT_IS = ("guard.not_first", "guard.note", "move.wait_for_what")
"""Refusals whose next step holds for the command that opens a ticket just as well."""
_BACK = "undo"
"""Taking back goes no way of the workflow; what the state asks for holds all the same."""


class _Step(NamedTuple):
    """A change that brings a ticket into a state: from which (None: it is new)."""

    settings: Settings
    change: Change
    flow: Workflow
    start: State | None
    end: State
    by: str

    @property
    def ticket(self) -> Ticket:
        """The ticket as it will be."""
        return self.change.after

    @property
    def stays(self) -> bool:
        """Whether the ticket is where it was, in the workflow in which it was."""
        before = self.change.before
        if before is None or self.start != self.end:
            return False
        return self.settings.flow(before.fields.get("workflow")).name == self.flow.name

    @property
    def note(self) -> bool:
        """Whether something is said with it."""
        said = [self.change.reason]
        for event in self.change.events:
            said += (event.text, event.data.get("why"))
        return any(text and text.strip() for text in said)


class Lack(NamedTuple):
    """What is missing for one thing that is asked for: its kind, labels, and the words to type."""

    kind: str
    labels: tuple[Label, ...] = ()
    words: tuple[str, ...] = ()


def check(settings: Settings, change: Change, *, by: str) -> None:
    """Refused, with the rule that says so, if a change leads where its ticket may not go."""
    step = _step(settings, change, by)
    if step is None or change.action == _THEIRS or _follows(change):
        return
    if step.stays:
        _check_kept(step)
    elif step.start is None:
        _check_opening(step)
    else:
        _check_left(step)
        _check_entry(step)


def _check_opening(step: _Step) -> None:
    """The same of a ticket that is not there yet: no next step may name it."""
    try:
        _check_entry(step)
    except Refused as refused:
        said = {**refused.params, "id": _NEW}
        if refused.key == "guard.fields":
            raise Refused("guard.fields_at_first", **said) from refused
        if refused.key in _AS_IT_IS:
            raise Refused(refused.key, **said) from refused
        raise Refused("guard.not_yet", id=_NEW, state=label_of(step.end), to=step.end.name,
                      first=step.flow.initial.name, why=Refused(refused.key, **said),
                      rule=refused.params.get("rule")) from refused  # fmt: skip


def _check_entry(step: _Step) -> None:
    change, start = step.change, ""
    if change.action != _BACK:
        _check_way(step)
        start = step.start.name if step.start else ""
    _check_wait(step)
    for needs in step.flow.rules.needs(start, step.end.name, step.end.category):
        _check_needs(step, needs)
    _check_approval(step)


def check_by_itself(settings: Settings, change: Change) -> None:
    """The same for what happens by itself: ways and who may go them are for people."""
    step = _step(settings, change, str(change.events[0].by))
    if step is None or step.stays:
        return
    start = step.start.name if step.start else ""
    for needs in step.flow.rules.needs(start, step.end.name, step.end.category):
        _check_needs(step, needs)
    _check_approval(step)


def _step(settings: Settings, change: Change, by: str) -> _Step | None:
    """What a change does to its ticket's state; None if it does nothing to it."""
    before, after = change.before, change.after
    flow = settings.flow(after.fields.get("workflow"))
    end = flow.named(after.status)
    if end is None or after.is_merged:
        return None
    if before is None:
        return _Step(settings, change, flow, None, end, by)
    was = settings.flow(before.fields.get("workflow"))
    if flow.name != was.name:
        start: State | None = flow.landing(was.category_of(before.status), before.status)
    else:
        start = flow.named(before.status)
    return _Step(settings, change, flow, start, end, by)


def _check_kept(step: _Step) -> None:
    """No field is taken away that the state asks for in which the ticket stays."""
    before = step.change.before
    assert before
    for needs in step.flow.rules.needs("", step.end.name, step.end.category):
        was, now = (lack_of_fields(step.settings, t, needs) for t in (before, step.ticket))
        if now and now != was:
            raise _refusal(step, needs, now)
    _check_amount_kept(step, before)


def _follows(change: Change) -> bool:
    """Whether a ticket is opened by what a customer says to one that is over for good."""
    return change.before is None and any("follows" in event.data for event in change.events)


# -- the way ----------------------------------------------------------------------------------


def _check_way(step: _Step) -> None:
    start, end, flow = step.start, step.end, step.flow
    if start is None:
        if flow.rules.has_transitions and end != flow.initial:
            raise Refused("guard.not_first", state=label_of(end), first=flow.initial.name,
                          to=end.name, rule=f"{flow.path}#transitions")  # fmt: skip
        return
    if start == end:
        return
    if start.final:
        raise Refused("guard.final", id=step.ticket.id, state=label_of(start),
                      rule=f"{flow.path}#states.{start.name}")  # fmt: skip
    if start.category in OVER and end.category in UNFINISHED:
        return  # reopening is every agent's
    if flow.rules.has_transitions and end not in flow.targets(start.name):
        ways = ", ".join(state.name for state in flow.targets(start.name))
        raise Refused("move.not_allowed", id=step.ticket.id, status=start.name, to=end.name,
                      ways=ways)  # fmt: skip
    way = flow.rules.way(start.name, end.name)
    before = step.change.before
    assert before
    if way and way.who and not is_one_of(step.settings, before, way.who, step.by):
        raise Refused("guard.who", id=before.id, who=people(step.settings, way.who),
                      start=label_of(start), state=label_of(end),
                      rule=f"{flow.path}#{way.rule}")  # fmt: skip


def _check_wait(step: _Step) -> None:
    """Waiting is for a time or for something; a workflow may have it otherwise."""
    end = step.end
    if end.category != "pending" or step.change.action == _BACK:
        return
    start = step.start.name if step.start else ""
    said = [needs.until for needs in step.flow.rules.needs(start, end.name, end.category)]
    if False not in said and not step.note and "until" not in step.ticket.fields:
        raise Refused("move.wait_for_what", id=step.ticket.id)


# -- what is asked for ------------------------------------------------------------------------


def _check_needs(step: _Step, needs: Needs) -> None:
    if lacks := _lacks(step, needs):
        raise _refusal(step, needs, lacks[0])
    either = [_lacks(step, one) for one in needs.any]
    if either and all(either):
        raise _refusal(step, needs, lack_of_any(either))


def _lacks(step: _Step, needs: Needs) -> list[Lack]:
    """Everything that is missing, what may take longest to get first."""
    settings, ticket = step.settings, step.ticket
    found = [
        lack_of_fields(settings, ticket, needs),
        lack_of_items(step.flow, ticket, needs),
    ]
    if needs.reply and not has_reply(ticket):
        found.append(Lack("guard.reply"))
    if needs.note and not step.note and step.change.action != _BACK:
        found.append(Lack("guard.note"))
    return [lack for lack in found if lack]


def has_reply(ticket: Ticket) -> bool:
    """Whether the customer has been answered."""
    gone = taken_back(ticket.events)
    return any(event.do == "reply" and event.id not in gone for event in ticket.events)


def lack_of_fields(settings: Settings, ticket: Ticket, needs: Needs) -> Lack | None:
    """The fields asked for that are empty."""
    empty = [name for name in needs.fields if not _holds(settings, ticket, name)]
    if not empty:
        return None
    words = tuple(f"{name}=…" for name in empty)
    return Lack("guard.fields", tuple(field_label(settings, name) for name in empty), words)


def _holds(settings: Settings, ticket: Ticket, name: str) -> bool:
    field = settings.fields.get(name)
    value = field.value_in(ticket.fields) if field else ticket.fields.get(name)
    return value not in (None, "", [])


def field_label(settings: Settings, name: str) -> Label:
    """What people call a field."""
    if declared := settings.fields.get(name):
        return declared.label
    known = FIELDS.get(name)
    return Label(known.zh, known.en) if known else Label.plain(name)


def lack_of_items(flow: Workflow, ticket: Ticket, needs: Needs) -> Lack | None:
    """The items of the checklist asked for that are not ticked."""
    ticked = ticket.fields.get("ticked", ())
    left = [item for item in due_items(flow, ticket, needs) if item.name not in ticked]
    if not left:
        return None
    labels = tuple(Label(item.zh, item.en) for item in left)
    return Lack("guard.checklist", labels, tuple(item.name for item in left))


def due_items(flow: Workflow, ticket: Ticket, needs: Needs) -> list[Item]:
    """The items that must be ticked: those named, or all of the states that it has been in."""
    items = flow.rules.checklist
    if isinstance(needs.checklist, tuple):
        return [item for item in items if item.name in needs.checklist]
    if not needs.checklist:
        return []
    been = been_in(ticket)
    return [item for item in items if not item.states or been & set(item.states)]


def been_in(ticket: Ticket) -> set[str]:
    """The states in which a ticket has been."""
    told = (event.data.get("set", {}) for event, applied in replay(ticket.events, {}) if applied)
    return {said["status"] for said in told if isinstance(said.get("status"), str)}


def lack_of_any(either: Iterable[list[Lack]]) -> Lack:
    """What would do: every alternative with what it lacks."""
    ways = list(either)
    told = tuple(joined([label for lack in way for label in lack.labels or (Label.plain("-m"),)])
                 for way in ways)  # fmt: skip
    words = [lack for way in ways for lack in way if lack.kind == "guard.checklist"]
    return Lack("guard.any", told, words[0].words if words else ())


def _refusal(step: _Step, needs: Needs, lack: Lack) -> Refused:
    zh, en = ("、", ", ") if lack.kind != "guard.any" else ("；或 ", "; or ")
    return Refused(
        lack.kind,
        id=step.ticket.id,
        state=label_of(step.end),
        rule=f"{step.flow.path}#{needs.rule}",
        missing=joined(lack.labels, zh, en),
        words=" ".join(lack.words),
    )


# -- a second person --------------------------------------------------------------------------


def _check_approval(step: _Step) -> None:
    """Into a guarded state only with an amount that is approved of, wherever a ticket is from."""
    approval = step.flow.rules.approval
    if approval is None or not is_guarded(step.end, approval):
        return
    amount = amount_of(step.ticket, approval, step.settings)
    if amount.value <= approval.above:
        return
    if amount.approved_by is None:
        raise _unapproved(step, approval, amount)
    comes = step.start is None or not is_guarded(step.start, approval)
    if comes and amount.approved_by == step.by:
        raise Refused("guard.approver", **_said_of(step, approval))


def _check_left(step: _Step) -> None:
    """An amount that waits for approval does not slip into a workflow that asks for none."""
    before = step.change.before
    assert before
    was = step.settings.flow(before.fields.get("workflow"))
    approval = was.rules.approval
    if approval is None or was.name == step.flow.name:
        return
    amount = amount_of(step.ticket, approval, step.settings)
    if amount.value > approval.above and amount.approved_by is None:
        raise Refused("guard.approval_left", workflow=Label(was.zh, was.en),
                      **_said_of(step._replace(flow=was), approval))  # fmt: skip


def _check_amount_kept(step: _Step, before: Ticket) -> None:
    """Where an amount had to be approved of, it does not rise unless that is approved of too."""
    approval = step.flow.rules.approval
    if approval is None or not is_guarded(step.end, approval):
        return
    was, now = (amount_of(t, approval, step.settings) for t in (before, step.ticket))
    if now.value > max(was.value, approval.above):
        back = next((to.name for to in step.flow.targets(step.end.name)
                     if not is_guarded(to, approval)), step.flow.reopened().name)  # fmt: skip
        said = _said_of(step, approval)
        raise Refused("guard.amount", back=back, value=f"{now.value:g}", **said)


def _unapproved(step: _Step, approval: Approval, amount: Amount) -> Refused:
    said = _said_of(step, approval)
    if alone(step.settings, step.ticket, approval, amount):
        return Refused("guard.approval_alone", value=f"{amount.value:g}", **said)
    return Refused("guard.approval", **said)


def _said_of(step: _Step, approval: Approval) -> dict[str, Any]:
    return {
        "id": step.ticket.id,
        "field": approval.field,
        "label": field_label(step.settings, approval.field),
        "above": f"{approval.above:g}",
        "state": label_of(step.end),
        "rule": f"{step.flow.path}#approval",
        "who": people(step.settings, approval.by),
    }


def is_guarded(state: State, approval: Approval) -> bool:
    """Whether an amount has to be approved of before a ticket enters this state."""
    states = approval.states
    return state.name in states if states else state.category in ("resolved", "closed")


def label_of(state: State) -> Label:
    """What people call a state."""
    return Label(state.zh, state.en)


def joined(labels: Iterable[Label], zh: str = "、", en: str = ", ") -> Label:
    """Several labels as one."""
    found = list(labels)
    return Label(zh.join(each.zh for each in found), en.join(each.en for each in found))
