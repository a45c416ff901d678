"""The worked cases of the clocks' rules (Berlin, mon-fri 08:00-18:00; times in UTC)."""

from __future__ import annotations

import pytest
from simulated import CHINA, at, clocks, dues, event


def test_three_clocks_run_from_the_opening() -> None:
    sla = clocks(
        [event("2013-03-21T09:30", "open", by="customer")],
        {"first_response": "60m", "next_response": "120m", "solution": "180m"},
        "2013-03-21T09:31",
    )
    assert dues(sla) == {
        "first_response": "2013-03-21T10:30",
        "next_response": "2013-03-21T11:30",
        "solution": "2013-03-21T12:30",
    }
    assert sla.escalation_at == at("2013-03-21T10:30")


def test_the_rest_of_an_hour_is_due_on_monday() -> None:
    sla = clocks([event("2013-03-22T16:30", "open")], {"first_response": "60m"}, "2013-03-22T20:00")
    assert dues(sla) == {"first_response": "2013-03-25T07:30"}


PAUSED = [
    event("2013-03-21T09:30", "open"),
    event("2013-03-21T10:00", "reply"),
    event("2013-03-21T10:00", "move", to="waiting"),
    event("2013-03-22T08:00", "message"),
]


def test_a_pausing_state_stops_the_solution_and_a_message_resumes_it() -> None:
    targets = {"solution": "180m", "next_response": "120m"}
    waiting = clocks(PAUSED, targets, "2013-03-21T15:00").clock("solution")
    assert (waiting.state, waiting.due_at, waiting.remaining_s) == ("paused", None, 9000)
    sla = clocks(PAUSED, targets, "2013-03-22T08:01")
    assert dues(sla) == {"next_response": "2013-03-22T10:00", "solution": "2013-03-22T10:30"}


def test_reopening_resumes_with_what_is_left() -> None:
    timeline = [
        event("2013-03-18T09:00", "open"),
        event("2013-03-18T09:40", "move", to="resolved"),
        event("2013-03-20T09:00", "reopen"),
    ]
    over = clocks(timeline, {"solution": "60m"}, "2013-03-19T09:00").clock("solution")
    assert (over.state, over.elapsed_s) == ("met", 2400)
    again = clocks(timeline, {"solution": "60m"}, "2013-03-20T09:05").clock("solution")
    assert (again.state, again.remaining_s) == ("running", 900)
    assert again.due_at == at("2013-03-20T09:20")


def test_what_is_answered_after_hours_is_answered_in_time() -> None:
    timeline = [event("2013-03-25T16:00", "open"), event("2013-03-25T17:30", "reply")]
    clock = clocks(timeline, {"first_response": "60m"}, "2013-03-26T12:00").clock("first_response")
    assert (clock.state, clock.due_at, clock.elapsed_s) == ("met", at("2013-03-25T17:00"), 3600)


def test_a_make_up_day_counts() -> None:
    opened = [event("2025-01-25T02:00", "open")]
    sla = clocks(opened, {"first_response": "2h"}, "2025-01-25T03:00", calendar=CHINA)
    assert dues(sla) == {"first_response": "2025-01-26T03:00"}


@pytest.mark.parametrize(
    ("boundary", "due"), [("close", "2013-03-22T17:00"), ("next_open", "2013-03-25T07:00")]
)
def test_a_due_at_closing_time_is_shown_as_asked(boundary: str, due: str) -> None:
    opened = [event("2013-03-22T16:00", "open")]
    sla = clocks(opened, {"first_response": "1h"}, "2013-03-22T16:30", boundary=boundary)
    assert dues(sla) == {"first_response": due}
