"""Moving tickets from state to state, into the archive and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.actions import moving
from tkt.domain.when import parse_moment
from tkt.errors import Refused, UsageProblem
from tkt.services import naming

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tkt.domain.change import Change
    from tkt.domain.ticket import Ticket
    from tkt.domain.workflow import State, Workflow
    from tkt.services.stage import Action, Stage


def move(to: str, *, until: str | None, text: str | None, reason: str | None) -> Action:
    """Into the state that ``to`` names."""

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        flow = stage.flow(ticket)
        state = flow.state(naming.state_named(flow, to))
        assert state is not None
        return _moved(stage, ticket, state, do="move", until=until, text=text, reason=reason)

    return act


def move_on(
    category: str, *, until: str | None = None, text: str | None = None, reason: str | None = None
) -> Action:
    """Into the first state of a category: waiting, resolved or closed."""

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        state = stage.flow(ticket).toward(category, ticket.status)
        if state is None:
            raise Refused("move.no_such_state", id=ticket.id, category=category)
        verb = moving.VERBS[category]
        return _moved(stage, ticket, state, do=verb, until=until, text=text, reason=reason)

    return act


def _moved(
    stage: Stage,
    ticket: Ticket,
    state: State,
    *,
    do: str,
    until: str | None,
    text: str | None,
    reason: str | None,
) -> Sequence[Change]:
    flow = stage.flow(ticket)
    check_children(stage, ticket, flow, state.name)
    end = _moment(stage, ticket, until)
    if end is not None and state.category != "pending":
        raise UsageProblem("move.until_needs_wait", status=state.name)
    doing = stage.doing(ticket)
    change = moving.moved(
        ticket, doing, flow=flow, to=state, until=end, text=text, reason=reason, do=do
    )
    return [change]


def _moment(stage: Stage, ticket: Ticket, text: str | None) -> datetime | None:
    if text is None:
        return None
    now = stage.doing(ticket).at
    try:
        moment = parse_moment(text, now=now, tz=stage.settings.zone)
    except ValueError as error:
        raise UsageProblem("when.moment", text=text) from error
    return moving.waiting_until(ticket, moment, now)


def check_children(stage: Stage, ticket: Ticket, flow: Workflow, status: str) -> None:
    """Refused if a parent would be over before its children, where the desk has it so."""
    if not stage.settings.children_first or not flow.is_over(status):
        return
    if children := stage.open_children(ticket.id):
        raise Refused("move.children", id=ticket.id, children=", ".join(children[:5]))


def reopen(*, text: str | None, reason: str | None) -> Action:
    """Back to work."""

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        flow = stage.flow(ticket)
        doing = stage.doing(ticket)
        return [moving.reopened(ticket, doing, flow=flow, text=text, reason=reason)]

    return act


def archive(*, reason: str | None) -> Action:
    """Out of the way."""

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        flow = stage.flow(ticket)
        return [moving.archived(ticket, stage.doing(ticket), flow=flow, reason=reason)]

    return act
