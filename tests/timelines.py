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
    seconds = draw(st.integers(-30, 300))
    data: dict[str, Any] = {"id": f"e{number:02}", "by": draw(st.sampled_from(PEOPLE))}
    if kind == "message":
        data["by"] = "customer"
    if kind in ("set", "resolve", "reopen") or (kind == "reply" and draw(st.booleans())):
        data["set"] = {"status": draw(st.sampled_from(STATES))}
    elif kind in ("take", "assign", "escalate"):
        who = draw(st.sampled_from([None, "lin", "wang"]))
        data["set"] = {draw(st.sampled_from(["assignee", "team"])): who}
    elif kind == "late":
        data["if"] = {"assignee": draw(st.sampled_from([None, "lin", "wang"]))}
        data["set"] = {"assignee": "wang", "status": draw(st.sampled_from(STATES))}
    elif kind == "merge":
        data["set"] = {"merged_into": draw(st.sampled_from(["261120-M3WX", None]))}
    elif kind == "archive":
        data["set"] = {"archived": "2026-11-21T15:00:00+08:00"}
    elif kind == "copy":
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
    return an_event(kind, seconds / 60, **data)
