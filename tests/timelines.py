"""Timelines such as nobody would make by hand: every kind of event, in any order and time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from factories import ID, an_event
from tkt.domain.ticket import Ticket, fold
from tkt.domain.workflow import SIMPLE

if TYPE_CHECKING:
    from tkt.domain.ticket import Event

STATES = [state.name for state in SIMPLE.states]
PEOPLE = ("lin", "wang", "tkt")
KINDS = (
    "message", "reply", "note", "draft", "set", "take", "assign", "escalate", "resolve", "reopen",
    "merge", "archive", "undo", "split", "copy", "late", "promise",
)  # fmt: skip


@st.composite
def timelines(draw: st.DrawFn) -> Ticket:
    """A ticket whose events lie close together, some in one second and some before its opening."""
    by = draw(st.sampled_from(["customer", "lin"]))
    first = {"title": "杯子碎了", "status": draw(st.sampled_from(["new", "open", "resolved"]))}
    if draw(st.booleans()):
        first["split_from"] = "261120-M3WX"
    events = [an_event("open", 0, by=by, set=first)]
    for number in range(draw(st.integers(0, 12))):
        events.append(_event(draw, number, events))
    ticket = Ticket.folded(ID, events)
    if draw(st.integers(0, 9)) == 0:  # somebody has edited the top by hand and committed it
        fields = {**ticket.fields, "status": draw(st.sampled_from(STATES))}
        ticket = ticket._replace(fields=fields)
    return ticket


def _event(draw: st.DrawFn, number: int, events: list[Event]) -> Event:
    kind = draw(st.sampled_from(KINDS))
    by = "customer" if kind == "message" else draw(st.sampled_from(PEOPLE))
    data: dict[str, Any] = {"id": f"e{number:02}", "by": by, **_payload(draw, kind)}
    if kind == "copy":
        data["from"] = "261120-M3WX"
        kind = draw(st.sampled_from(["message", "reply", "note"]))
    elif kind in ("undo", "split") and events[1:]:
        other = draw(st.sampled_from(events[1:]))
        data["undoes" if kind == "undo" else "moved"] = [other.id]
        if kind == "undo":
            before = fold([event for event in events if event.order < other.order])
            data["set"] = {name: before.get(name) for name in other.data.get("set", {})}
    if kind in ("message", "reply", "note", "draft"):
        data["text"] = "亲"
    return an_event(kind, draw(st.integers(-30, 300)) / 60, **data)


def _payload(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """What an event of a kind does to fields."""
    who = draw(st.sampled_from([None, "lin", "wang"]))
    status = {"status": draw(st.sampled_from(STATES))}
    if kind in ("set", "resolve", "reopen") or (kind == "reply" and draw(st.booleans())):
        return {"set": status}
    if kind in ("take", "assign", "escalate"):
        return {"set": {draw(st.sampled_from(["assignee", "team"])): who}}
    if kind == "late":
        return {"if": {"assignee": who}, "set": {"assignee": "wang", **status}}
    if kind == "merge":
        return {"set": {"merged_into": draw(st.sampled_from(["261120-M3WX", None]))}}
    if kind == "archive":
        return {"set": {"archived": "2026-11-21T15:00:00+08:00"}}
    return {}
