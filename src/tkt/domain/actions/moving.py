"""From state to state, into the archive and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.actions.changing import altered
from tkt.domain.actions.event import check_unmerged
from tkt.domain.actions.promising import keeping
from tkt.domain.fields import parse_time
from tkt.domain.ticket import replay
from tkt.domain.workflow import OVER, UNFINISHED
from tkt.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tkt.domain.actions.event import Doing
    from tkt.domain.change import Change
    from tkt.domain.ticket import Ticket
    from tkt.domain.workflow import State, Workflow

VERBS = {"pending": "wait", "resolved": "resolve", "closed": "close"}
"""Category of a state to the verb that goes there."""


def moved(
    ticket: Ticket,
    doing: Doing,
    *,
    flow: Workflow,
    to: State,
    until: datetime | None = None,
    text: str | None = None,
    reason: str | None = None,
    do: str = "move",
) -> Change:
    """Into another state; with a ``text``, a note that goes with it.

    Refused, with the states that may be entered, where the workflow does not lead there.
    """
    check_move(ticket, flow, to, again=until is not None or bool(reason or text))
    wanted: dict[str, Any] = {"status": to.name, "until": until and _written(until, doing)}
    payload: dict[str, Any] = {}
    if to.category in OVER:
        fields, kept = keeping(ticket)
        wanted.update(fields)
        payload.update(kept)
    if text and text.strip():
        payload["text"] = text
    return altered(ticket, doing, do=do, wanted=wanted, reason=reason, payload=payload)


def worked_in(ticket: Ticket, flow: Workflow) -> State | None:
    """The open state in which a ticket was worked last; the workflow's first if in none."""
    been = [event.data.get("set", {}).get("status")
            for event, applied in replay(ticket.events, {}) if applied]  # fmt: skip
    open_states = (state for name in reversed(been) if name and (state := flow.named(name)))
    worked = next((state for state in open_states if state.category == "open"), None)
    return worked or flow.of_category("open")


def waiting_until(ticket: Ticket, until: datetime, now: datetime) -> datetime:
    """``until`` if it lies ahead; Refused otherwise."""
    if until <= now:
        raise Refused("move.until_is_past", id=ticket.id)
    return until


def check_move(ticket: Ticket, flow: Workflow, to: State, *, again: bool = False) -> None:
    """Refused where a ticket cannot go ``to`` a state: it is there, or no way leads there.

    A ticket that waits can be told ``again`` what to wait for.
    """
    status = ticket.status
    check_unmerged(ticket)
    if to.name == status and not (to.category == "pending" and again):
        raise Refused("move.there_already", id=ticket.id, status=to.name)
    if to.name != status:
        check_way(ticket, flow, flow.named(status), to.name)


def check_way(ticket: Ticket, flow: Workflow, start: State | None, end: str) -> None:
    """Refused, with the states that may be entered, where no way leads from one to the other."""
    if start is None or any(state.name == end for state in flow.targets(start.name)):
        return
    if flow.category_of(end) in UNFINISHED and flow.is_over(start.name) and not start.final:
        raise Refused("move.reopen", id=ticket.id, status=start.name)
    ways = ", ".join(state.name for state in flow.targets(start.name))
    raise Refused("move.not_allowed", id=ticket.id, status=start.name, to=end, ways=ways or "–")


def with_status(ticket: Ticket, flow: Workflow, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Fields to set, checked as a move where they move the ticket, and with what goes with one."""
    status = wanted.get("status")
    if status is None or status == ticket.fields.get("status"):
        return dict(wanted)
    to = flow.state(status)
    if to is not None:
        check_move(ticket, flow, to)
    kept = keeping(ticket)[0] if to is not None and to.category in OVER else {}
    return {**wanted, "until": None, **kept}


def reopened(
    ticket: Ticket, doing: Doing, *, flow: Workflow, text: str | None, reason: str | None
) -> Change:
    """Back to work on a ticket that was resolved or closed, also out of the archive."""
    status = ticket.status
    if ticket.is_merged:
        raise Refused("reopen.merged", id=ticket.id, into=ticket.fields["merged_into"])
    if not flow.is_over(status):
        raise Refused("reopen.not_over", id=ticket.id, status=status)
    to = flow.reopened()
    payload = {"text": text} if text and text.strip() else {}
    wanted = {"status": to.name, "until": None}
    return altered(ticket, doing, do="reopen", wanted=wanted, reason=reason, payload=payload)


def archived(ticket: Ticket, doing: Doing, *, flow: Workflow, reason: str | None = None) -> Change:
    """Out of the way; whatever is said on it later brings it back."""
    status = ticket.status
    if ticket.is_archived:
        raise Refused("archive.already", id=ticket.id)
    if not flow.is_over(status) and not ticket.is_merged:
        raise Refused("archive.not_over", id=ticket.id, status=status)
    at = doing.at.isoformat(timespec="seconds")
    change = altered(ticket, doing, do="archive", wanted={"archived": at}, reason=reason)
    return change._replace(tail=ticket.title)


def _written(moment: datetime, doing: Doing) -> str:
    text = moment.astimezone(doing.at.tzinfo).isoformat(timespec="seconds")
    if parse_time(text) is None:
        raise Refused("field.not_time", field="until", value=text)
    return text
