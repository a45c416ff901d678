"""The calendar says what stepping through the minutes by a local clock says."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from slow_calendar import SlowCalendar

from tkt.domain.calendar.reading import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from slow_calendar import Spans

    from tkt.domain.calendar import Calendar

DAYS = 45
CASES = 700


def made(**said: Any) -> Calendar:
    calendar, faults = parse(said, name="some")
    assert calendar
    assert not faults
    return calendar


def shop(day: date) -> Spans:
    """Two spans on weekdays, one on Saturdays, a holiday, and a Sunday that is worked."""
    if day.day == 12:
        return []
    if day.day == 14 and day.weekday() == 6:
        return [("01:00", "02:15"), ("02:40", "03:30"), ("13:00", "24:00")]
    if day.weekday() < 5:
        return [("09:00", "12:00"), ("13:00", "22:00")]
    return [("00:00", "02:30")] if day.weekday() == 5 else []


def shop_as_file(zone: str, first: str) -> Calendar:
    from slow_calendar import days_from

    sundays = [d for d in days_from(first, DAYS + 4) if d.day == 14 and d.weekday() == 6]
    return made(
        timezone=zone,
        hours={"mon-fri": ["13:00-22:00", "09:00-12:00"], "sat": "00:00-02:30"},
        holidays=[f"{d}" for d in days_from(first, DAYS + 4) if d.day == 12],
        extra_workdays={f"{d}": ["01:00-02:15", "02:40-03:30", "13:00-24:00"] for d in sundays},
    )


def night(day: date) -> Spans:
    """Hours just where clocks change."""
    return [("00:00", "00:20"), ("00:50", "02:10"), ("02:30", "03:10"), ("23:30", "24:00")]


def night_as_file(zone: str, first: str) -> Calendar:
    spans = ["00:00-00:20", "00:50-02:10", "02:30-03:10", "23:30-24:00"]
    return made(timezone=zone, hours={"mon-sun": spans})


def always(day: date) -> Spans:
    return [("00:00", "24:00")]


def always_as_file(zone: str, first: str) -> Calendar:
    return made(timezone=zone, hours={"mon-sun": "00:00-24:00"})


KINDS = {
    "shop": (shop, shop_as_file),
    "night": (night, night_as_file),
    "always": (always, always_as_file),
}
PLACES = [
    ("Europe/Berlin", "2026-03-10"), ("Europe/Berlin", "2026-10-01"),
    ("America/New_York", "2026-02-20"), ("America/New_York", "2026-10-15"),
    ("Australia/Lord_Howe", "2026-03-20"), ("Australia/Lord_Howe", "2026-09-10"),
    ("Asia/Shanghai", "1986-04-20"), ("Asia/Shanghai", "1991-08-25"),
    ("Asia/Shanghai", "2026-12-15"), ("Asia/Beirut", "2022-03-05"),
    ("America/St_Johns", "2006-10-10"), ("Pacific/Apia", "2011-12-05"),
    ("Africa/Cairo", "2024-10-10"),
]  # fmt: skip
"""Around a change of the clocks: by an hour, by half of one, at midnight, by a whole day."""


@pytest.mark.parametrize(("zone", "first"), PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_reckoning_is_what_stepping_counts(zone: str, first: str, kind: str) -> None:
    spans_of: Callable[[date], Spans]
    spans_of, as_file = KINDS[kind]
    slow = SlowCalendar(zone, first, DAYS, spans_of)
    chance = random.Random(f"{zone} {first} {kind}")
    for case in range(CASES):
        # The first cases ask a calendar that has been asked nothing yet, the others one that has.
        fresh = case < 5
        calendar = as_file(zone, first) if fresh else calendar_of(kind, zone, first)
        one, other = sorted(chance.randrange(slow.start, slow.end) for _ in range(2))
        assert calendar.between(one, other) == slow.between(one, other)
        assert calendar.is_open(one) == slow.is_open(one)
        seconds = chance.choice([1, 59, 60, 3600, chance.randrange(200_000)])
        if (due := slow.add(one, seconds)) is not None:
            assert calendar.add(one, seconds) == due
        if (opening := slow.next_opening(one)) is not None:
            assert calendar.next_opening(one) == opening


@pytest.mark.parametrize(("zone", "first"), PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_working_days_are_what_stepping_counts(zone: str, first: str, kind: str) -> None:
    spans_of, as_file = KINDS[kind]
    slow, calendar = SlowCalendar(zone, first, DAYS, spans_of), as_file(zone, first)
    chance = random.Random(f"days {zone} {first} {kind}")
    for _ in range(25):
        start = chance.randrange(slow.start, slow.end, 60)
        days, end_of_day = chance.randrange(0, 12), chance.random() < 0.3
        days += not (days or end_of_day)
        due = slow.add_days(start, days, end_of_day=end_of_day)
        if due is not None:
            assert calendar.add_days(start, days, end_of_day=end_of_day) == due


_KNOWN: dict[tuple[str, str, str], Calendar] = {}


def calendar_of(kind: str, zone: str, first: str) -> Calendar:
    """One that has been asked before."""
    if (kind, zone, first) not in _KNOWN:
        _KNOWN[kind, zone, first] = KINDS[kind][1](zone, first)
    return _KNOWN[kind, zone, first]
