"""What a ticket's clocks had come to when it was over: a fact of the event that ended it.

Promises that are edited later hold for open tickets; what closed ones have achieved stays as it
was by the promises of their day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.sla.clocks import ROUNDS
from tkt.domain.sla.track import ACHIEVED, track_of
from tkt.domain.ticket import Event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tkt.domain.change import Change
    from tkt.domain.sla.clocks import Reckoning
    from tkt.domain.sla.promised import Promised


def with_achieved(changes: Iterable[Change], promised: Promised) -> list[Change]:
    """The changes; where one ends a ticket, its event says what the clocks have come to."""
    return [_with_achieved(change, promised) for change in changes]


def _with_achieved(change: Change, promised: Promised) -> Change:
    before, after = change.before, change.after
    workflow = after.fields.get("workflow")
    if before is None or not change.events or after.is_merged:
        return change
    was, now = (promised.category(workflow, ticket.status) for ticket in (before, after))
    if now not in ("resolved", "closed") or was in ("resolved", "closed"):
        return change
    event = change.events[-1]
    reckoning = promised.reckoning(track_of(after), workflow)
    at = int(event.instant.timestamp())
    said = reckoning.sla(at)
    told: dict[str, Any] = {
        clock.clock: {
            "target": clock.target_s,
            "used": clock.elapsed_s,
            **({"late": clock.breached_by_s} if clock.breached_by_s else {}),
            **({"due": clock.due_at} if clock.due_at is not None else {}),
        }
        for clock in said.clocks
        if clock.state != "off"
    }
    told |= _rounds(reckoning, at)
    if not told:
        return change
    text = {key: value for key, value in event.data.items() if key == "text"}
    head = {key: value for key, value in event.data.items() if key != "text"}
    data = {**head, ACHIEVED: {"policy": said.policy, **told}, **text}
    events = (*change.events[:-1], Event(data, event.instant))
    return change._replace(events=events, after=before.after(*events))


def _rounds(reckoning: Reckoning, at: int) -> dict[str, Any]:
    """What each round came to of the clocks that began more than once: (used, late).

    It is empty for a round for which nothing was promised.
    """
    told = {}
    for name, rounds in reckoning.course.rounds.items():
        if len(rounds) > 1:
            found = [
                reckoning.result(name, number, at)
                for number, begun in enumerate(rounds)
                if begun.end is not None
            ]
            if any(found):
                told[name] = [[one.elapsed_s, one.late_s] if one else [] for one in found]
    return {ROUNDS: told} if told else {}
