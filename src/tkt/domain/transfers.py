"""A ticket that is handed on: why is asked of whoever gives it away, and it is counted.

Who takes a ticket, gets it from an automation, or finds it with nobody, gives nothing away. Giving
it back to nobody is giving it away. Who escalates says why anyhow; a macro says in its file what it
is for; an undo puts back what was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.facts import OWNERS, facts_of, hands_on
from tkt.domain.ticket import Event
from tkt.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tkt.domain.change import Change
    from tkt.domain.settings import Settings

PING_PONG = 3
"""The transfer at which the lead is told that nobody keeps a ticket."""
TIMES = "transfers"
"""Of the event by which the lead is told: the how manieth transfer it was."""
_EXPLAINED = frozenset({"take", "escalate"})


def check(change: Change) -> None:
    """Refused if a person gives away what somebody has, and does not say why."""
    for event, held in _given(change):
        if event.do in _EXPLAINED or "macro" in event.data or _says_why(change, event):
            continue
        said = event.data["set"]
        who = next(str(held[name]) for name in OWNERS if held.get(name) and name in said)
        to = next((str(said[name]) for name in OWNERS if said.get(name)), "none")
        key = "assign.why_edited" if change.action == "edit" else "assign.why"
        raise Refused(key, id=change.ticket_id, who=who, to=to)


def _says_why(change: Change, event: Event) -> bool:
    said = (event.data.get("why"), event.text, change.reason)
    return any(text and text.strip() for text in said)


def _given(change: Change) -> Iterator[tuple[Event, Mapping[str, Any]]]:
    """(event, fields before it) of every event of a change that gives its ticket away."""
    if change.before is None:
        return
    held = {name: change.before.fields.get(name) for name in OWNERS}
    for event in change.events:
        if hands_on(event, held):
            yield event, dict(held)
        said = event.data.get("set", {})
        held.update((name, said[name]) for name in OWNERS if name in said)


def with_notice(change: Change, settings: Settings) -> Change:
    """``change``, telling the leads if it gives its ticket away once too often."""
    given = [event for event, _ in _given(change)]
    if not given or change.before is None:
        return change
    event, after = given[-1], change.after
    times = facts_of(after, lambda _: "open").transfers
    leads = [
        team.lead
        for ticket in (change.before, after)
        if (team := settings.team(str(ticket.fields.get("team", "")))) and team.lead
    ]
    if times != PING_PONG or not leads:
        return change
    text = {key: value for key, value in event.data.items() if key == "text"}
    head = {key: value for key, value in event.data.items() if key != "text"}
    told = [*event.data.get("tell", ()), *leads]
    data = {**head, "tell": list(dict.fromkeys(told)), TIMES: times, **text}
    events = tuple(Event(data, e.instant) if e is event else e for e in change.events)
    return change._replace(events=events, after=change.before.after(*events))
