"""What the events of a ticket count as, and the balance that they keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from factories import a_ticket, an_event, doing
from timelines import timelines
from tkt.domain.actions import moving, owning, relating, talking, undoing
from tkt.domain.summary import BALANCE, DEEDS, DRAFTED, counts_of
from tkt.domain.ticket import Ticket
from tkt.domain.workflow import OVER, SIMPLE, category_of

if TYPE_CHECKING:
    from tkt.domain.ticket import Event


def category(status: str) -> str:
    return category_of((SIMPLE,), None, status)


def counted(ticket: Ticket) -> dict[str, list[str]]:
    """Deed to the authors of the events that count as it."""
    counts = counts_of(ticket, category)
    by = {event.id: event.by for event in ticket.events}
    found: dict[str, list[str]] = {}
    for bit, deed in enumerate(DEEDS):
        authors = [by[name] for name, bits in counts.items() if bits >> bit & 1]
        if authors:
            found[deed] = authors
    return found


def done_by(*events: Event) -> dict[str, list[str]]:
    """The same of what was done on a ticket that a customer has opened."""
    found = counted(a_ticket(*events))
    assert found.pop("opened") == ["customer"]
    return found


def status(name: str, minutes: float, by: str = "lin") -> Event:
    return an_event("set", minutes, by=by, set={"status": name})


def reply(minutes: float, by: str = "lin", **data: object) -> Event:
    return an_event("reply", minutes, by=by, **data)


def test_replies_go_to_who_wrote_them_and_the_end_to_who_made_it() -> None:
    found = done_by(reply(1, "amy"), reply(2, "bob"), status("resolved", 3, "bob"))
    assert found == {"answered": ["amy"], "replies": ["amy", "bob"], "resolved": ["bob"]}


def test_closing_what_is_resolved_counts_once() -> None:
    assert done_by(status("resolved", 1), status("closed", 2, "wang")) == {"resolved": ["lin"]}


def test_each_end_and_each_return_counts() -> None:
    found = done_by(
        status("resolved", 1), an_event("message", 2, by="customer", set={"status": "open"}),
        status("closed", 3, "wang"),
    )  # fmt: skip
    assert found == {"resolved": ["lin", "wang"], "reopened": ["customer"]}


def test_a_reply_that_resolves_is_all_of_it() -> None:
    assert done_by(reply(1, set={"status": "resolved"})) == {
        "answered": ["lin"], "replies": ["lin"], "resolved": ["lin"]
    }  # fmt: skip


def test_what_is_taken_back_is_not_counted() -> None:
    first = a_ticket()
    for change in (
        owning.escalated(first, doing(1, "wang"), flow=SIMPLE, to=None, reason="x"),
        moving.moved(first, doing(1, "wang"), flow=SIMPLE, to=SIMPLE.states[3]),
    ):
        after = change.after
        assert set(counted(after)) > {"opened"}
        back = undoing.undone(after, after.events[-1], doing(2), named_by=lambda *_: ())
        assert counted(back.after) == {"opened": ["customer"]}


def test_only_who_has_can_hand_on() -> None:
    taken = an_event("take", 1, by="lin", set={"assignee": "lin"})
    given_on = an_event("assign", 2, by="lin", set={"assignee": "wang", "team": "b"})
    away = an_event("assign", 3, by="wang", set={"assignee": None})
    by_rule = an_event("assign", 4, by="router", set={"team": "a"})
    of_a_rule = an_event("set", 4.5, by="排班", rule="automation.yaml#vip", set={"team": "c"})
    back = an_event("set", 4.6, by="tkt", set={"team": "a"})
    same = an_event("set", 5, by="lin", set={"team": "a"})
    assert done_by(taken) == {}
    found = done_by(taken, given_on, away, by_rule, of_a_rule, back, same)
    assert found == {"transferred": ["lin", "wang"]}


def test_a_draft_counts_while_it_waits() -> None:
    draft = an_event("draft", 1, text="亲")
    assert counts_of(a_ticket(draft), category)[draft.id] == DRAFTED
    sent = a_ticket(draft, reply(2, draft=draft.id))
    assert draft.id not in counts_of(sent, category)


def test_archiving_changes_nothing() -> None:
    closed = a_ticket(status("closed", 1))
    away = moving.archived(closed, doing(2, "zhao"), flow=SIMPLE).after
    assert counted(away) == counted(closed)


def test_a_merge_counts_everything_once() -> None:
    source = talking.replied(a_ticket(), doing(1, "sun"), text="亲").after
    other = Ticket.folded("261121-M3WX", a_ticket().events)
    into, away = relating.merged(source, other, doing(2, "zhou"), flow_of=lambda _: SIMPLE)
    opened = {"opened": ["customer"]}
    said = {"answered": ["sun"], "replies": ["sun"]}
    assert counted(away.after) == {**opened, **said, "merged": ["zhou"]}
    assert counted(into.after) == opened


def test_a_merge_taken_back_leaves_no_trace() -> None:
    source, other = a_ticket(), Ticket.folded("261121-M3WX", a_ticket().events)
    into, away = relating.merged(source, other, doing(2), flow_of=lambda _: SIMPLE)
    _, back = undoing.unmerged(away.after, into.after, doing(3), named_by=lambda *_: ())
    assert counted(back.after) == {"opened": ["customer"]}


def test_a_split_counts_what_was_said_where_it_was_written() -> None:
    asked = a_ticket(an_event("message", 0.5, by="customer", text="在吗"))
    said = talking.replied(asked, doing(1, "sun"), text="亲").after
    made, left = relating.split(
        said, doing(2, "zhou"), at=said.events[-1], new_id="261121-M3WX", flow=SIMPLE,
        fields={"title": "发票"},
    )  # fmt: skip
    assert counted(left.after)["replies"] == ["sun"]
    assert set(counted(made.after)) == {"opened"}


@given(timelines())
def test_what_was_opened_and_came_back_less_what_ended_is_what_is_left(ticket: Ticket) -> None:
    found = counted(ticket)
    left = sum(way * len(found.get(deed, ())) for deed, way in BALANCE.items())
    assert left == (not ticket.is_merged and category(ticket.status) not in OVER)
    assert len(found["opened"]) == 1
    assert len(found.get("answered", ())) == (1 if "replies" in found else 0)
