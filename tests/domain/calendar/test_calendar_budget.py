"""How much time a promise gives."""

from __future__ import annotations

from datetime import datetime

import pytest

from tkt.domain.calendar import ALWAYS, Budget, Calendar, parse_budget
from tkt.domain.calendar.reading import parse


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("30s", Budget(30)),
        ("1h30m", Budget(5400)),
        ("半小时", Budget(1800)),
        ("0s", Budget(0)),
        ("2d", Budget(days=2)),
        ("3 天", Budget(days=3)),
        ("2个工作日", Budget(days=2)),
        ("24h!", Budget(86400, wall=True)),
        ("24h！", Budget(86400, wall=True)),
        ("2d!", Budget(days=2, wall=True)),
        ("1w!", Budget(7 * 86400, wall=True)),
        ("1d12h!", Budget(36 * 3600, wall=True)),
        ("2d end_of_day", Budget(days=2, end_of_day=True)),
        ("0d end_of_day", Budget(end_of_day=True)),
    ],
)
def test_what_people_write(text: str, budget: Budget) -> None:
    assert parse_budget(text) == budget


@pytest.mark.parametrize("text", ["2d", "3天", "2d!", "0d end_of_day"])
def test_days_are_no_length_of_time(text: str) -> None:
    assert parse_budget(text).is_days
    assert not parse_budget("36h!").is_days


@pytest.mark.parametrize(
    "text",
    ["", "2", "x", "1w", "1d12h", "1.5d", "0d", "半天", "-1h", "0.5s", "2h end_of_day",
     "2d! end_of_day", "!"],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_budget(text)


def at(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+08:00").timestamp())


@pytest.fixture
def office() -> Calendar:
    hours = {"mon-thu": ["09:00-12:00", "13:00-18:00"], "fri": "10:00-16:00"}
    calendar, _ = parse({"hours": hours, "workdays": "china"}, name="office")
    assert calendar
    return calendar


@pytest.mark.parametrize(
    ("budget", "start", "due"),
    [
        ("3h", "2026-11-19T16:00", "2026-11-20T11:00"),
        ("2h", "2026-11-19T16:00", "2026-11-19T18:00"),  # the closing, not the next opening
        ("24h!", "2026-11-21T16:00", "2026-11-22T16:00"),
        ("2d!", "2026-11-21T16:00", "2026-11-23T16:00"),
        ("1d", "2026-11-16T15:30", "2026-11-17T15:30"),
        ("2d", "2026-11-18T10:30", "2026-11-20T10:30"),
        ("1d", "2026-11-20T11:00", "2026-11-23T11:00"),  # Friday to Monday
        ("1d", "2026-11-21T11:00", "2026-11-24T09:00"),  # from Monday's opening
        ("1d", "2026-11-16T19:00", "2026-11-18T09:00"),
        ("1d", "2026-11-16T12:30", "2026-11-17T13:00"),  # in a break: from its end
        ("1d", "2026-11-20T12:30", "2026-11-23T13:00"),  # into a break: to its end
        ("1d", "2026-11-19T09:30", "2026-11-20T10:00"),  # before the opening: to it
        ("1d", "2026-11-19T17:00", "2026-11-20T16:00"),  # behind the closing: to it
        ("1d", "2026-09-30T17:00", "2026-10-08T17:00"),  # over the National Day
        ("2d", "2026-10-08T10:00", "2026-10-10T10:00"),  # Saturday is a make-up day
        ("1d end_of_day", "2026-11-16T09:30", "2026-11-17T18:00"),
        ("0d end_of_day", "2026-11-20T09:30", "2026-11-20T16:00"),
        ("0d end_of_day", "2026-11-20T16:00", "2026-11-23T18:00"),
    ],
)
def test_when_it_is_used_up(office: Calendar, budget: str, start: str, due: str) -> None:
    assert parse_budget(budget).due(office, at(start)) == at(due)


def test_a_make_up_day_has_the_hours_of_monday(office: Calendar) -> None:
    assert parse_budget("0d end_of_day").due(office, at("2026-10-10T09:00")) == at(
        "2026-10-10T18:00"
    )


def test_the_calendar_that_is_always_open() -> None:
    start = at("2026-11-21T16:00")
    assert ALWAYS.is_open(start)
    assert ALWAYS.next_opening(start) == start
    assert ALWAYS.between(start, start + 5) == 5
    assert ALWAYS.between(start, start - 5) == 0
    assert parse_budget("3h").due(ALWAYS, start) == start + 3 * 3600
    assert parse_budget("2d").due(ALWAYS, start) == start + 2 * 86400
    assert ALWAYS.add(start, -5) == start
    assert ALWAYS.unpublished(start, start + 10**9) == ()
    assert ALWAYS.add_days(start, 0, end_of_day=True) == at("2026-11-22T08:00")
