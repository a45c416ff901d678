"""What time does to a ticket: each thing once, dated when it was due."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timed import PLAN, swept, told
from timed import settings as desk

from factories import a_ticket, an_event, at
from tkt.domain.calendar import reading as calendars
from tkt.domain.merge import merge
from tkt.domain.sla.track import track_of
from tkt.domain.sweeping.plan import Plan
from tkt.domain.ticket import Ticket, fold

if TYPE_CHECKING:
    from tkt.domain.change import Change

OPENED = a_ticket(assignee="lin", team="b")
"""At 14:03:11."""


def later(*, minutes: float = 0, days: float = 0) -> datetime:
    return at(minutes) + timedelta(days=days)


def after(changes: list[Change]) -> Ticket:
    return changes[-1].after


# -- the ladder ---------------------------------------------------------------------------------


def test_nothing_happens_a_second_before_the_first_rung() -> None:
    assert swept(OPENED, at(10) - timedelta(seconds=1)) == []
    assert told(swept(OPENED, at(10))) == [("14:13", "remind", "first_response 50%")]


def test_reminders_at_80_percent_and_escalation_when_the_target_is_missed() -> None:
    assert [r for *_, r in told(swept(OPENED, at(16)))] == [
        "first_response 50%", "first_response 80%",
    ]  # fmt: skip
    assert len(swept(OPENED, at(20))) == 2, "the due instant itself is in time"
    late = swept(OPENED, at(20) + timedelta(seconds=1))
    assert told(late)[-1] == ("14:23", "escalate", "first_response 100%")
    assert late[-1].after.fields["priority"] == "high"
    assert late[-1].events[0].data["tell"] == ["zhao", "lin"]


def test_a_late_sweep_does_everything_in_order_dated_when_it_was_due() -> None:
    changes = swept(OPENED, at(60))
    times = [change.events[0].data["at"] for change in changes]
    assert times == sorted(times)
    assert {change.events[0].data["noticed_at"] for change in changes} == {at(60).isoformat()}
    assert ("14:53", "escalate", "first_response +30m") in told(changes)
    fields = after(changes).fields
    assert (fields["level"], fields["assignee"]) == (2, "zhao")


def test_an_answer_ends_the_ladder_and_a_note_does_not() -> None:
    answered = a_ticket(an_event("reply", 5), assignee="lin", team="b", status="open")
    assert not [r for *_, r in told(swept(answered, at(60))) if "response" in r]
    noted = a_ticket(an_event("note", 5, text="x"), assignee="lin", team="b")
    assert told(swept(noted, at(10))) == [("14:13", "remind", "first_response 50%")]


def test_of_two_clocks_that_wait_for_one_answer_the_earlier_escalates() -> None:
    assert not [r for *_, r in told(swept(OPENED, at(45))) if "next_response" in r]


@pytest.mark.parametrize(
    "over",
    [
        an_event("resolve", 1, set={"status": "resolved"}),
        an_event("close", 1, set={"status": "closed"}),
        an_event("merge", 1, set={"merged_into": "261121-AAAA"}),
    ],
)
def test_what_is_over_or_merged_never_escalates(over: Any) -> None:
    changes = swept(a_ticket(over, assignee="lin"), later(days=2))
    assert not {change.action for change in changes} & {"remind", "escalate"}


def test_what_is_paused_does_not_escalate() -> None:
    waits = a_ticket(
        an_event("reply", 1), an_event("wait", 2, set={"status": "pending"}), assignee="lin"
    )
    assert swept(waits, later(days=2)) == []


def test_no_progress_is_noticed_once_for_each_time_that_nothing_happened() -> None:
    plan = Plan(desk(sla=[], escalation=[{"idle": "6h", "tell": ["assignee"]}], automation={}))
    assert [r for *_, r in told(swept(OPENED, at(360), plan))] == ["idle 6h"]
    assert len(swept(OPENED, later(days=3), plan)) == 1
    noted = after(swept(OPENED, at(400), plan)).after(an_event("note", 500, text="x"))
    assert len(swept(noted, later(days=3), plan)) == 1


def test_what_has_happened_too_often_is_told() -> None:
    ticket = a_ticket(
        an_event("assign", 1, set={"assignee": "zhao"}),
        an_event("assign", 2, set={"assignee": "lin"}), assignee="lin", team="b",
    )  # fmt: skip
    rungs = [
        {"transferred": 2, "tell": ["lead"]},
        {"reopened": 1, "tell": ["lead"], "tags": "重开"},
    ]
    plan = Plan(desk(sla=[], escalation=rungs, automation={}))
    assert [r for *_, r in told(swept(ticket, at(3), plan))] == ["transferred 2"]
    back = ticket.after(
        an_event("resolve", 4, set={"status": "resolved"}),
        an_event("reopen", 5, set={"status": "open"}),
    )
    assert after(swept(back, at(6), plan)).fields["tags"] == ["重开"]


def test_priority_rises_one_step_a_rung_and_never_past_the_top() -> None:
    fields = after(swept(a_ticket(priority="urgent", assignee="lin"), later(days=1))).fields
    assert fields["priority"] == "urgent"


def test_a_later_change_of_the_same_field_stands() -> None:
    ticket = a_ticket(an_event("set", 25, set={"priority": "low"}), assignee="lin", team="b")
    assert after(swept(ticket, at(40))).fields["priority"] == "low"


def test_without_an_agent_the_lead_is_told() -> None:
    assert swept(a_ticket(team="b"), at(10))[0].events[0].data["tell"] == ["zhao"]


def test_without_a_team_the_leads_of_all_teams_are_told() -> None:
    assert swept(a_ticket(), at(10))[0].events[0].data["tell"] == ["zhao"]
    nobody = Plan(desk()._replace(teams=()))
    assert "tell" not in swept(a_ticket(), at(10), nobody)[0].events[0].data
    watchers = Plan(desk(escalation=[{"at": "50%", "tell": ["watchers"]}]))
    assert "tell" not in swept(a_ticket(), at(10), watchers)[0].events[0].data


def test_a_policy_switched_off_clears_what_is_due() -> None:
    plan = Plan(desk(sla=[{"name": "x", "default": True, "targets": {"*": {"solution": 0}}}]))
    assert [r for *_, r in told(swept(OPENED, at(300), plan))] == []
    assert plan.timers(track_of(OPENED), None).reckoning.sla(0).escalation_at is None


RAISED = {"sla": [{"name": "x", "default": True, "targets": {
    "high": {"solution": "30m"}, "*": {"solution": "2h"},
}}], "automation": {}}  # fmt: skip
"""A target that is far shorter once the priority is raised."""


def test_what_is_raised_when_it_is_late_is_not_at_the_top_of_the_ladder_at_once() -> None:
    plan = Plan(desk(**RAISED, escalation=[
        {"at": "100%", "priority": "up"}, {"at": "+30m", "tell": "lead"},
    ]))  # fmt: skip
    late = swept(OPENED, at(149), plan)
    assert told(late) == [("16:03", "escalate", "solution 100%")]
    assert told(swept(OPENED, at(151), plan))[1:] == [("16:33", "remind", "solution +30m")]


def test_a_shorter_target_reaches_no_rung_before_it_holds() -> None:
    raised = a_ticket(an_event("set", 60, set={"priority": "high"}), team="b")
    plan = Plan(desk(**RAISED, escalation=[
        {"at": "40%", "tell": "lead"}, {"at": "90%", "tell": "lead"}, {"at": "-1m", "tell": "team"},
    ]))  # fmt: skip
    assert told(swept(raised, at(61), plan)) == [
        ("14:51", "remind", "solution 40%"),  # while it still had two hours
        ("15:03", "remind", "solution -1m"),
        ("15:03", "remind", "solution 90%"),
    ]


def test_no_progress_is_counted_in_business_hours_or_on_the_wall() -> None:
    office, _ = calendars.parse({"hours": {"mon-fri": ["09:00-18:00"]}}, name="main")
    assert office
    rungs = [{"idle": "4h", "tell": "lead"}, {"idle": "5h!", "tell": "lead"}]
    shop = desk(sla=[], automation={}, escalation=rungs)._replace(calendars=(office,))
    on_saturday = swept(OPENED, later(days=3), Plan(shop))
    assert told(on_saturday) == [("19:03", "remind", "idle 5h!"), ("13:00", "remind", "idle 4h")]


def test_a_target_that_is_used_up_at_closing_is_missed_when_more_has_counted() -> None:
    """Opened at 14:03:11, two hours, open until 16:03:11: nobody is late overnight."""
    office, _ = calendars.parse({"hours": {"mon-sun": ["09:00-16:00"]}}, name="main")
    assert office
    promises = [{"name": "all", "default": True, "targets": {"*": {"solution": "1h56m49s"}}}]
    rungs = [{"at": "100%", "tell": "lead"}, {"at": "+1h", "tell": "lead", "level": "up"}]
    shop = desk(sla=promises, automation={}, escalation=rungs)._replace(calendars=(office,))
    plan, closing, opening = Plan(shop), at(116 + 49 / 60), later(days=1, minutes=-303 - 11 / 60)
    assert (f"{closing:%H:%M:%S}", f"{opening:%H:%M:%S}") == ("16:00:00", "09:00:00")
    reckoning = plan.reckoning(track_of(OPENED), None)
    assert reckoning.sla(int(opening.timestamp())).clock("solution").state == "running"
    assert reckoning.late_from() == int(opening.timestamp()) + 1
    assert swept(OPENED, opening, plan) == []
    second = timedelta(seconds=1)
    assert told(swept(OPENED, opening + second, plan)) == [("16:00", "remind", "solution 100%")]
    assert len(swept(OPENED, opening + timedelta(hours=1), plan)) == 1
    assert len(swept(OPENED, opening + timedelta(hours=1) + second, plan)) == 2


@pytest.mark.parametrize(("much", "state"), [("30000d", "off"), ("800000h", "running")])
def test_what_would_take_decades_never_comes_and_stops_nothing(much: str, state: str) -> None:
    promises = [{"name": "all", "default": True, "targets": {"*": {"solution": much}}}]
    rungs = [{"idle": much, "tell": "lead"}, {"at": "100%", "tell": "lead"}]
    plan = Plan(desk(sla=promises, automation={}, escalation=rungs))
    assert swept(OPENED, later(days=9000), plan) == []
    reckoning = plan.reckoning(track_of(OPENED), None)
    assert (list(reckoning.dues()), reckoning.late_from()) == ([], None)
    assert reckoning.sla(int(later(days=1).timestamp())).clock("solution").state == state


def test_what_was_undone_is_neither_reopened_nor_handed_on() -> None:
    states = [
        an_event("resolve", 1, set={"status": "resolved"}),
        an_event("assign", 4, set={"assignee": "zhao"}),
    ]
    plan = Plan(desk(sla=[], automation={}, escalation=[
        {"reopened": 1, "tell": "lead"}, {"transferred": 1, "tell": "lead"},
    ]))  # fmt: skip
    undone = a_ticket(
        states[0],
        an_event("undo", 2, undoes=[states[0].id], set={"status": "new"}),
        states[1],
        an_event("undo", 5, undoes=[states[1].id], set={"assignee": "lin"}),
        assignee="lin",
    )
    assert swept(undone, at(10), plan) == []
    done = a_ticket(
        states[0], an_event("reopen", 2, set={"status": "open"}), states[1], assignee="lin"
    )
    assert [r for *_, r in told(swept(done, at(10), plan))] == ["reopened 1", "transferred 1"]


def test_a_bad_rating_is_told_of_also_when_all_is_over() -> None:
    plan = Plan(desk(sla=[], automation={}, escalation=[{"rating": 2, "tell": "lead"}]))
    closed = an_event("close", 1, set={"status": "closed"})
    bad, good = (an_event("rating", 5, by="customer", mark=mark) for mark in (2, 3))
    assert told(swept(a_ticket(closed, bad), at(6), plan)) == [("14:08", "remind", "rating 2")]
    assert swept(a_ticket(closed, good), at(6), plan) == []


# -- upkeep -------------------------------------------------------------------------------------


def test_silence_resolves_then_closes_then_archives_each_in_its_time() -> None:
    waits = a_ticket(an_event("reply", 0), an_event("wait", 1, set={"status": "pending"}))
    assert swept(waits, later(minutes=0, days=3)) == []
    changes = swept(waits, later(days=120))
    assert [c.action for c in changes] == ["resolve", "invite", "close", "archive"]
    assert [c.events[0].data["at"][:10] for c in changes] == [
        "2026-11-24", "2026-11-24", "2026-12-08", "2027-03-08",
    ]  # fmt: skip
    assert after(changes).is_archived
    assert changes[0].events[0].data["why"] == "没有回音"


def test_a_message_begins_the_wait_anew() -> None:
    waits = a_ticket(
        an_event("wait", 1, set={"status": "pending"}), an_event("note", 60 * 24 * 2, text="x")
    )
    plan = Plan(desk(sla=[]))
    assert swept(waits, later(days=4), plan) == []
    assert swept(waits, later(days=5), plan)


def test_a_wait_date_opens_the_ticket_or_only_reminds() -> None:
    until = later(days=1).isoformat()
    ticket = a_ticket(
        an_event("wait", 1, set={"status": "pending", "until": until}), assignee="lin"
    )
    (change,) = swept(ticket, later(days=1), Plan(desk(sla=[], escalation=[])))
    assert (change.action, change.after.status) == ("move", "open")
    assert "until" not in change.after.fields
    plan = Plan(desk(sla=[], automation={"wait_over": "remind"}))
    (change,) = swept(ticket, later(days=30), plan)
    assert (change.action, change.after.status) == ("remind", "pending")


def test_after_a_wait_work_goes_on_where_it_was() -> None:
    states = {
        "new": {"category": "new"}, "first": {"category": "open"}, "second": {"category": "open"},
        "pending": {"category": "pending"},
    }  # fmt: skip
    until = later(days=1).isoformat()
    ticket = a_ticket(
        an_event("move", 1, set={"status": "second"}),
        an_event("wait", 2, set={"status": "pending", "until": until}),
    )
    (change,) = swept(ticket, later(days=1), Plan(desk(states=states, sla=[], automation={})))
    assert change.after.status == "second"


def test_a_promise_is_reminded_of_when_it_is_due() -> None:
    promised = at(90).isoformat()
    ticket = a_ticket(an_event("promise", 1, set={"promised": promised}), assignee="lin")
    plan = Plan(desk(sla=[], automation={}))
    (change,) = swept(ticket, at(90), plan)
    assert change.events[0].data["rung"] == "promise"
    assert change.events[0].data["tell"] == ["lin"]


def test_a_move_that_a_guard_forbids_tells_somebody_once() -> None:
    plan = Plan(desk(sla=[], requires={"resolved": {"fields": ["order"]}}))
    waits = a_ticket(an_event("wait", 1, set={"status": "pending"}), assignee="lin")
    (change,) = swept(waits, later(days=30), plan)
    assert (change.action, change.after.status) == ("remind", "pending")
    assert change.events[0].data["asks"] == "workflows/simple.yaml#requires.resolved"
    assert swept(change.after, later(days=60), plan) == []


# -- once ---------------------------------------------------------------------------------------

deeds = st.sampled_from([
    ("reply", {}), ("message", {"by": "customer"}), ("note", {"text": "x"}),
    ("wait", {"set": {"status": "pending"}}), ("move", {"set": {"status": "open"}}),
    ("resolve", {"set": {"status": "resolved"}}), ("close", {"set": {"status": "closed"}}),
    ("reopen", {"set": {"status": "open"}}), ("set", {"set": {"priority": "urgent"}}),
    ("set", {"add": {"tags": ["vip"]}}), ("assign", {"set": {"assignee": "zhao"}}),
    ("promise", {"set": {"promised": at(700).isoformat()}}),
])  # fmt: skip
lives = st.lists(st.tuples(st.integers(1, 3000), deeds), max_size=8, unique_by=lambda each: each[0])


def ticket_of(life: list[tuple[int, Any]]) -> Ticket:
    events = [an_event(do, minute, **data) for minute, (do, data) in life]
    return a_ticket(*events, assignee="lin", team="b")


@settings(max_examples=300)
@given(lives, st.integers(0, 200_000))
def test_sweeping_again_adds_nothing_and_the_top_is_the_fold(
    life: list[tuple[int, Any]], minutes: int
) -> None:
    ticket = ticket_of(life)
    changes = swept(ticket, at(minutes))
    ids = [change.events[0].id for change in changes]
    assert len(ids) == len(set(ids))
    if changes:
        assert swept(after(changes), at(minutes)) == []
        assert dict(after(changes).fields) == fold(after(changes).events)
        assert all(change.events[0].instant <= at(minutes) for change in changes)


@settings(max_examples=200)
@given(lives, st.lists(st.integers(3001, 200_000), min_size=1, max_size=5))
def test_many_sweeps_or_one_late_one_end_the_same(
    life: list[tuple[int, Any]], times: list[int]
) -> None:
    ticket = often = ticket_of(life)
    for minute in sorted(times):
        for change in swept(often, at(minute)):
            often = change.after
    late = [*swept(ticket, at(max(times)))]
    once = after(late) if late else ticket
    assert {e.id for e in often.events} == {e.id for e in once.events}
    assert dict(often.fields) == dict(once.fields)


@settings(max_examples=200)
@given(lives, st.integers(3001, 200_000), st.integers(3001, 200_000), st.integers(0, 20))
def test_two_clones_that_swept_come_to_what_one_would_have(
    life: list[tuple[int, Any]], one: int, other: int, killed_after: int
) -> None:
    """One of them is killed in the middle; both are merged, and swept once more."""
    ticket = ticket_of(life)
    sides = []
    for minute, most in ((one, 10_000), (other, killed_after)):
        side = ticket
        for change in swept(ticket, at(minute))[:most]:
            side = change.after
        sides.append(side)
    merged = merge(ticket, *sides)
    assert merged == merge(ticket, *reversed(sides))
    final = swept(merged, at(max(one, other)))
    united = after(final) if final else merged
    alone = swept(ticket, at(max(one, other)))
    assert {e.id for e in united.events} == {
        e.id for e in (after(alone) if alone else ticket).events
    }


@settings(max_examples=300)
@given(lives, st.integers(0, 200_000))
def test_there_is_something_to_do_exactly_when_wake_says(
    life: list[tuple[int, Any]], minutes: int
) -> None:
    ticket, now = ticket_of(life), at(max([minutes, *(minute for minute, _ in life)]))
    wake = PLAN.timers(track_of(ticket), None).wake()
    assert (wake is not None and wake <= now.timestamp()) == bool(swept(ticket, now))
