"""The rules of the clocks, one by one; calendar Berlin, mon-fri 08:00-18:00, times in UTC."""

from __future__ import annotations

from typing import Any

import pytest
from simulated import at, clocks, dues, event, simulation

OPENED = event("2013-03-21T09:00", "open")
ALL = {"first_response": "1h", "next_response": "2h", "periodic_update": "4h", "solution": "8h"}


def states(timeline: list[dict[str, Any]], now: str, **more: Any) -> dict[str, str]:
    return {clock.clock: clock.state for clock in clocks(timeline, ALL, now, **more).clocks}


# -- inputs -------------------------------------------------------------------------------------


def test_events_count_in_the_order_of_their_time_not_of_the_file() -> None:
    timeline = [event("2013-03-21T09:30", "reply"), OPENED]
    assert states(timeline, "2013-03-21T10:00")["first_response"] == "met"


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ({"do": "reply", "by": "agent"}, "met"),
        ({"do": "reply", "by": "bot"}, "running"),
        ({"do": "note", "by": "agent"}, "running"),
        ({"do": "set", "by": "agent", "priority": "low"}, "running"),
    ],
)
def test_only_a_public_reply_by_a_person_is_one(answer: dict[str, str], state: str) -> None:
    timeline = [OPENED, {"at": "2013-03-21T09:30Z", **answer}]
    assert states(timeline, "2013-03-21T09:31")["first_response"] == state


# -- which policy -------------------------------------------------------------------------------

POLICIES = [
    {"name": "vip", "when": {"tags": "vip"}, "targets": {"*": {"solution": "1h"}}},
    {"name": "broken", "when": {"category": ["quality", "damage"]},
     "targets": {"*": {"solution": "2h"}}},
    {"name": "rest", "default": True,
     "targets": {"urgent": {"solution": "30m"}, "high": {"first_response": "30m"},
                 "low": {"solution": 0}, "normal": {"solution": None}, "*": {"solution": "3h"}}},
]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "policy", "due"),
    [
        ({"tags": ["new", "vip"], "category": "quality"}, "vip", "10:00"),
        ({"category": "damage"}, "broken", "11:00"),
        ({}, "rest", "12:00"),
        ({"priority": "urgent"}, "rest", "09:30"),
        ({"priority": "high"}, "rest", None),
        ({"priority": "low"}, "rest", None),
        ({"priority": "normal"}, "rest", None),
    ],
)
def test_the_first_policy_that_fits_holds_and_a_missing_target_is_off(
    fields: dict[str, Any], policy: str, due: str | None
) -> None:
    sla = simulation([{**OPENED, "set": fields}], POLICIES).sla(at("2013-03-21T09:01"))
    assert sla.policy == policy
    assert sla.clock("solution").due_at == (due and at(f"2013-03-21T{due}"))
    assert sla.clock("solution").state == ("running" if due else "off")


def test_a_change_of_what_decides_holds_from_the_opening_and_keeps_pauses() -> None:
    timeline = [
        {**OPENED, "priority": "other"},
        event("2013-03-21T09:10", "move", to="waiting"),
        event("2013-03-21T09:40", "move", to="open"),
        event("2013-03-21T09:45", "set", priority="urgent"),
    ]
    clock = simulation(timeline, POLICIES).sla(at("2013-03-21T09:46")).clock("solution")
    assert (clock.due_at, clock.elapsed_s) == (at("2013-03-21T10:00"), 960)


# -- the four clocks ----------------------------------------------------------------------------


def test_the_first_response_is_only_for_customers_and_once_met_is_met() -> None:
    inside = [event("2013-03-21T09:00", "open", by="agent")]
    assert states(inside, "2013-03-21T12:00")["first_response"] == "off"
    met = [OPENED, event("2013-03-21T09:30", "reply"), event("2013-03-21T09:40", "message")]
    assert states(met, "2013-03-25T12:00")["first_response"] == "met"
    late = [OPENED, event("2013-03-21T10:30", "reply")]
    clock = clocks(late, ALL, "2013-03-21T12:00").clock("first_response")
    assert (clock.state, clock.breached_by_s, clock.ended_at) == (
        "breached", 1800, at("2013-03-21T10:30"),
    )  # fmt: skip


def test_the_first_response_does_not_pause_unless_it_is_told_to() -> None:
    timeline = [OPENED, event("2013-03-21T09:10", "move", to="waiting")]
    for pausable, state in ((False, "breached"), (True, "paused")):
        sla = clocks(timeline, ALL, "2013-03-21T15:00", first_response_pausable=pausable)
        assert sla.clock("first_response").state == state


def test_the_next_response_counts_from_the_oldest_question() -> None:
    timeline = [
        OPENED, event("2013-03-21T09:30", "reply"), event("2013-03-21T10:00", "message"),
        event("2013-03-21T10:50", "message"),
    ]  # fmt: skip
    clock = clocks(timeline, ALL, "2013-03-21T11:00").clock("next_response")
    assert (clock.due_at, clock.elapsed_s, clock.rounds) == (at("2013-03-21T12:00"), 3600, 2)


def test_an_opening_without_a_message_asks_nothing_yet() -> None:
    timeline = [event("2013-03-21T09:00", "open", message=False)]
    found = states(timeline, "2013-03-21T09:30")
    assert (found["first_response"], found["next_response"]) == ("running", "off")


def test_before_the_first_reply_the_earlier_of_both_counts() -> None:
    sla = clocks([OPENED], ALL, "2013-03-21T09:01")
    assert set(dues(sla)) == {"first_response", "next_response", "solution"}
    assert sla.escalation_at == at("2013-03-21T10:00")


def test_the_periodic_update_runs_while_the_customer_does_not_wait() -> None:
    replied = [OPENED, event("2013-03-21T09:30", "reply")]
    clock = clocks(replied, ALL, "2013-03-21T10:00").clock("periodic_update")
    assert (clock.state, clock.due_at) == ("running", at("2013-03-21T13:30"))
    asked = [*replied, event("2013-03-21T10:00", "message")]
    assert states(asked, "2013-03-21T10:30")["periodic_update"] == "off"
    again = [*asked, event("2013-03-21T11:00", "reply")]
    clock = clocks(again, ALL, "2013-03-21T12:00").clock("periodic_update")
    assert clock.due_at == at("2013-03-21T15:00")
    assert states(replied, "2013-03-21T09:00")["periodic_update"] == "off"
    waiting = [*replied, event("2013-03-21T10:00", "move", to="waiting")]
    assert states(waiting, "2013-03-21T12:00")["periodic_update"] == "paused"


def test_the_periodic_update_may_begin_at_the_opening() -> None:
    timeline = [event("2013-03-21T09:00", "open", by="agent")]
    for since, state in (("opening", "running"), ("first_reply", "off")):
        found = states(timeline, "2013-03-21T09:30", periodic_from=since)
        assert found["periodic_update"] == state


def test_the_solution_ends_when_resolved_and_closing_changes_nothing() -> None:
    timeline = [
        OPENED, event("2013-03-21T11:00", "resolve"), event("2013-03-22T11:00", "close"),
    ]  # fmt: skip
    for now in ("2013-03-21T12:00", "2013-03-25T12:00"):
        clock = clocks(timeline, ALL, now).clock("solution")
        assert (clock.state, clock.elapsed_s, clock.ended_at) == (
            "met", 7200, at("2013-03-21T11:00"),
        )  # fmt: skip


# -- pauses and endings -------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "found"), [("waiting", "paused"), ("inside", "running")])
def test_a_state_pauses_when_it_says_so(state: str, found: str) -> None:
    timeline = [OPENED, event("2013-03-21T09:10", "move", to=state)]
    assert states(timeline, "2013-03-21T10:00")["solution"] == found


def test_time_in_which_a_ticket_is_over_counts_for_no_clock() -> None:
    timeline = [
        OPENED, event("2013-03-21T09:10", "resolve"), event("2013-03-22T09:10", "reopen"),
    ]  # fmt: skip
    for clock in clocks(timeline, ALL, "2013-03-22T09:20").clocks[:2]:
        assert clock.elapsed_s == 1200


@pytest.mark.parametrize(
    ("switches", "elapsed"),
    [
        ({}, 4200),
        ({"on_reopen": "restart"}, 600),
        ({"restart_after": "7d"}, 4200),
        ({"restart_after": "12h"}, 600),
    ],
)
def test_reopening_resumes_or_restarts(switches: dict[str, Any], elapsed: int) -> None:
    timeline = [
        OPENED, event("2013-03-21T10:00", "resolve"), event("2013-03-22T09:00", "reopen"),
    ]  # fmt: skip
    clock = clocks(timeline, ALL, "2013-03-22T09:10", **switches).clock("solution")
    assert clock.elapsed_s == elapsed


def test_a_message_on_a_resolved_ticket_reopens_it() -> None:
    timeline = [OPENED, event("2013-03-21T10:00", "resolve"), event("2013-03-21T11:00", "message")]
    found = states(timeline, "2013-03-21T11:10")
    assert (found["solution"], found["next_response"]) == ("running", "running")


# -- arithmetic ---------------------------------------------------------------------------------


def test_the_due_instant_itself_is_in_time() -> None:
    for answered, state in (("10:00:00", "met"), ("10:00:01", "breached")):
        timeline = [OPENED, event(f"2013-03-21T{answered}", "reply")]
        assert states(timeline, "2013-03-21T12:00")["first_response"] == state


def test_pauses_are_not_rounded() -> None:
    timeline = [
        OPENED, event("2013-03-21T09:10:07", "move", to="waiting"),
        event("2013-03-21T09:20:20", "move", to="open"),
    ]  # fmt: skip
    clock = clocks(timeline, ALL, "2013-03-21T09:30:00").clock("solution")
    assert clock.elapsed_s == 607 + 580


def test_a_breach_is_seen_without_anybody_touching_the_ticket() -> None:
    clock = clocks([OPENED], ALL, "2013-03-21T15:00").clock("first_response")
    assert (clock.state, clock.breached_by_s, clock.remaining_s) == ("breached", 18000, 0)
    assert clock.used_pct == 600.0
    assert clock.runs


def test_what_is_paused_shows_what_is_left_and_what_is_met_keeps_its_target() -> None:
    waiting = clocks([OPENED, event("2013-03-21T10:00", "move", to="waiting")], ALL,
                     "2013-03-21T15:00").clock("solution")  # fmt: skip
    assert (waiting.state, waiting.due_at, waiting.remaining_s) == ("paused", None, 7 * 3600)
    met = clocks([OPENED, event("2013-03-21T09:30", "reply")], ALL, "2013-03-25T10:00")
    assert met.clock("first_response").target_s == 3600
    assert not met.clock("first_response").runs


@pytest.mark.parametrize(
    ("target", "due"),
    [("24h!", "2013-03-22T09:00"), ("2d!", "2013-03-23T09:00"), ("1d", "2013-03-22T09:00"),
     ("2d", "2013-03-25T09:00"), ({"target": "1h", "clock": "wall"}, "2013-03-21T10:00"),
     ({"target": "1d", "end_of_day": True}, "2013-03-22T17:00")],
)  # fmt: skip
def test_targets_are_working_time_days_or_time_on_the_wall(target: Any, due: str) -> None:
    assert dues(clocks([OPENED], {"solution": target}, "2013-03-21T09:01")) == {"solution": due}


def test_a_breach_stays_a_fact() -> None:
    policies = [{"name": "all", "default": True, "targets": {
        "urgent": {"solution": "30m"}, "*": {"solution": "8h"}}}]  # fmt: skip
    timeline = [
        {**OPENED, "priority": "urgent"}, event("2013-03-21T10:00", "set", priority="low"),
    ]  # fmt: skip
    clock = simulation(timeline, policies).sla(at("2013-03-21T10:10")).clock("solution")
    assert (clock.state, clock.breached_by_s) == ("breached", 1800)
    reopened = [OPENED, event("2013-03-22T12:00", "resolve"), event("2013-03-22T13:00", "reopen")]
    assert states(reopened, "2013-03-22T13:01")["solution"] == "breached"
