"""Reckoning with a calendar: what must hold whatever its hours, zone and holidays are."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tkt.domain.calendar import Calendar
from tkt.domain.calendar.line import MOST_YEARS
from tkt.domain.calendar.reading import parse
from tkt.errors import Refused

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai", "UTC",
         "Asia/Beirut", "Pacific/Apia")  # fmt: skip
DAY = 86400
SUMMER_TIME = int(datetime.fromisoformat("1986-01-01T00:00+08:00").timestamp())
LATELY = int(datetime.fromisoformat("2024-10-01T00:00+08:00").timestamp())
instants = st.one_of(
    st.integers(SUMMER_TIME, SUMMER_TIME + 6 * 366 * DAY),
    st.integers(LATELY, LATELY + 3 * 366 * DAY),
)
lengths = st.one_of(st.integers(1, 3 * 3600), st.integers(1, 60 * DAY))


@st.composite
def spans(draw: st.DrawFn) -> list[str]:
    marks = sorted(draw(st.sets(st.integers(0, 96), min_size=2, max_size=6)))
    clock = [f"{m // 4:02}:{m % 4 * 15:02}" for m in marks]
    return [f"{a}-{b}" for a, b in zip(clock[::2], clock[1::2], strict=False)]


dates = st.dates(date(2024, 10, 1), date(2027, 12, 31)).map(str)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    said: dict[str, Any] = {
        "timezone": draw(st.sampled_from(ZONES)),
        "workdays": draw(st.sampled_from(["china", "none"])),
        "hours": {
            day: draw(spans())
            for day in draw(st.sets(st.sampled_from(["mon-wed", "thu", "fri", "sat", "sun"]),
                                    min_size=1))
        },
        "holidays": draw(st.lists(dates, max_size=4)),
        "yearly_holidays": draw(st.lists(st.sampled_from(["01-01", "02-29", "10-26"]), max_size=2)),
        "extra_workdays": draw(st.dictionaries(dates, spans(), max_size=3)),
    }  # fmt: skip
    calendar, faults = parse(said, name="any")
    assert calendar, faults
    return calendar


@given(calendars(), instants, lengths)
def test_adding_and_measuring_undo_each_other(calendar: Calendar, start: int, length: int) -> None:
    due = calendar.add(start, length)
    assert calendar.between(start, due) == length
    assert calendar.between(start, due - 1) == length - 1  # the earliest such instant
    assert calendar.is_open(due - 1)


@given(calendars(), instants, st.integers(0, 90 * DAY))
def test_measuring_and_adding_end_at_a_closing(calendar: Calendar, start: int, ahead: int) -> None:
    worked = calendar.between(start, start + ahead)
    back = calendar.add(start, worked)
    assert back <= start + ahead
    assert calendar.between(back, start + ahead) == 0


@given(calendars(), instants, lengths, lengths)
def test_more_time_and_later_starts_are_never_over_sooner(
    calendar: Calendar, start: int, length: int, more: int
) -> None:
    assert calendar.add(start, length) < calendar.add(start, length + more)
    assert calendar.add(start, length) <= calendar.add(start + more, length)


@given(calendars(), instants, lengths, lengths)
def test_stretches_add_up(calendar: Calendar, start: int, one: int, other: int) -> None:
    middle, end = start + one, start + one + other
    parts = calendar.between(start, middle) + calendar.between(middle, end)
    assert calendar.between(start, end) == parts
    assert calendar.between(end, start) == 0
    assert calendar.between(start, start) == 0


@given(calendars(), instants)
def test_the_next_opening_is_open_and_nothing_before_it(calendar: Calendar, at: int) -> None:
    opening = calendar.next_opening(at)
    assert calendar.is_open(opening)
    assert calendar.between(at, opening) == 0
    assert (opening == at) == calendar.is_open(at)


@given(calendars(), instants, st.integers(1, 9), st.integers(1, 9))
def test_working_days_never_go_back(calendar: Calendar, start: int, days: int, more: int) -> None:
    due, close = calendar.add_days(start, days), calendar.add_days(start, days, end_of_day=True)
    assert start < due <= close
    assert calendar.is_open(due) or calendar.is_open(due - 1)
    assert calendar.add_days(start, days + more) > due
    assert calendar.add_days(start + 3600, days) >= due or not calendar.is_open(due)
    assert calendar.add_days(start, 0) == start


@given(calendars(), st.lists(st.tuples(instants, lengths), min_size=2, max_size=6))
def test_what_was_asked_before_changes_nothing(
    calendar: Calendar, asked: list[tuple[int, int]]
) -> None:
    far = -62_000_000_000 + 40_000_000_000  # the 14th century, far from all that is asked
    used = [(calendar.add(far, 60), calendar.between(far, far + DAY)) for _ in range(2)]
    assert used[0] == used[1]
    for start, length in asked:
        fresh = Calendar(calendar.name, calendar.data)
        assert calendar.add(start, length) == fresh.add(start, length)
        assert calendar.between(start, start + length) == fresh.between(start, start + length)


@given(st.sampled_from(ZONES), st.dates(date(2023, 1, 1), date(2026, 12, 31)))
def test_a_day_is_as_long_as_its_zone_makes_it(zone: str, day: date) -> None:
    assume(zone != "Pacific/Apia" or day.year > 2011)
    calendar, _ = parse({"timezone": zone, "hours": {"mon-sun": "00:00-24:00"}}, name="any")
    assert calendar
    tz = ZoneInfo(zone)
    start, end = (
        int(datetime(d.year, d.month, d.day, tzinfo=tz).timestamp())
        for d in (day, day + timedelta(days=1))
    )
    assert calendar.between(start, end) == end - start


def berlin(**said: Any) -> Calendar:
    calendar, faults = parse({"timezone": "Europe/Berlin", **said}, name="berlin")
    assert calendar, faults
    return calendar


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_days_on_which_the_clocks_change(day: str, hours: int) -> None:
    calendar = berlin(hours={"sun": "00:00-24:00"})
    assert calendar.between(at(f"{day}T00:00+00:00") - DAY, at(f"{day}T00:00+00:00") + 2 * DAY) == (
        hours * 3600
    )


@pytest.mark.parametrize(
    ("span", "day", "seconds"),
    [
        ("02:15-02:45", "2026-03-29", 0),  # the clocks skip it
        ("02:30-04:00", "2026-03-29", 3600),  # from where they skip to
        ("01:30-02:30", "2026-03-29", 1800),
        ("02:00-03:00", "2026-10-25", 7200),  # comes twice
        ("02:30-03:30", "2026-10-25", 7200),  # from the first 02:30 on, without a break
        ("01:00-02:30", "2026-10-25", 5400),  # to the first 02:30
    ],
)
def test_spans_whose_ends_the_clocks_skip_or_show_twice(span: str, day: str, seconds: int) -> None:
    calendar = berlin(hours={"sun": span})
    noon = at(f"{day}T12:00+00:00")
    assert calendar.between(noon - DAY, noon) == seconds


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2013-03-21T09:30Z", 60, "2013-03-21T10:30Z"),
        ("2013-03-21T09:30Z", 180, "2013-03-21T12:30Z"),
        ("2013-03-22T16:30Z", 60, "2013-03-25T07:30Z"),
        ("2013-03-29T16:30Z", 60, "2013-04-01T06:30Z"),  # summer time has begun meanwhile
    ],
)
def test_worked_cases(start: str, minutes: int, due: str) -> None:
    calendar = berlin(hours={"mon-fri": "08:00-18:00"})
    assert calendar.add(at(start), minutes * 60) == at(due)


def test_a_closing_time_is_not_the_next_opening() -> None:
    calendar = berlin(hours={"mon-fri": "08:00-18:00"})
    start, close = at("2013-03-25T16:00Z"), at("2013-03-25T17:00Z")
    assert calendar.add(start, 3600) == close
    assert not calendar.is_open(close)
    assert calendar.next_opening(close) == at("2013-03-26T07:00Z")


def test_own_days_go_before_decreed_ones_and_these_before_weekdays() -> None:
    calendar = berlin(
        timezone="Asia/Shanghai", workdays="china",
        hours={"mon-fri": "09:00-18:00", "sun": "10:00-12:00"},
        holidays=["2026-02-14", "2026-02-25"], yearly_holidays=["02-26", "02-15"],
        extra_workdays={"2026-02-16": ["20:00-21:00"], "2026-02-26": [], "2026-03-01": []},
    )  # fmt: skip

    def worked(day: str) -> int:
        midnight = at(f"{day}T00:00+08:00")
        return calendar.between(midnight, midnight + DAY) // 3600

    assert worked("2026-02-14") == 0  # a make-up day, but a holiday of one's own
    assert worked("2026-02-28") == 9  # a make-up day, a Saturday
    assert worked("2026-02-16") == 1  # a holiday, but worked
    assert worked("2026-02-17") == 0  # a holiday
    assert worked("2026-02-25") == 0
    assert worked("2026-02-26") == 9  # worked although it is a holiday each year
    assert worked("2026-03-01") == 9  # a Sunday worked has a working day's hours
    assert worked("2026-03-08") == 2


def test_extra_days_as_a_list_have_the_hours_of_a_working_day() -> None:
    calendar = berlin(
        timezone="UTC", hours={"tue-fri": "09:00-18:00", "wed": "20:00-21:00"},
        extra_workdays=["2026-11-22", "2026-11-23", "2026-11-25"],
    )  # fmt: skip
    days = [
        calendar.between(start, start + DAY) // 3600
        for start in range(at("2026-11-22T00:00Z"), at("2026-11-26T00:00Z"), DAY)
    ]
    assert days == [9, 9, 9, 10]


def test_a_weekend_shop_keeps_its_own_hours_on_a_make_up_day() -> None:
    calendar = berlin(timezone="Asia/Shanghai", workdays="china", hours={"sat-sun": "10:00-12:00"})
    assert calendar.is_open(at("2026-10-10T11:00+08:00"))


def test_what_takes_decades_is_refused() -> None:
    calendar = berlin(hours={"mon": "08:00-08:15"}, yearly_holidays=[])
    start = at("2026-11-21T09:00Z")
    weeks = 52 * (MOST_YEARS - 1)
    assert calendar.add(start, weeks * 900) > start + weeks * 7 * DAY - 7 * DAY
    for length in (53 * MOST_YEARS * 900 + 900, 10**12):
        with pytest.raises(Refused) as refused:
            calendar.add(start, length)
        assert refused.value.key == "calendar.too_far"
    for far in (3 * 10**11, 10**12, 10**18, -(10**12)):
        with pytest.raises(Refused):
            calendar.add(far, 60)
    with pytest.raises(Refused):
        calendar.add_days(start, 60 * 53)
    with pytest.raises(Refused):
        calendar.between(at("1500-01-01T00:00Z"), start)


def test_a_calendar_that_never_opens_again_is_refused_and_not_waited_for() -> None:
    leap_year = [date(2000, 1, 1) + timedelta(days=n) for n in range(366)]
    every = [f"{day:%m-%d}" for day in leap_year]
    once = {"2020-01-01": "08:00-18:00"}
    calendar = berlin(hours={"mon": "08:00-18:00"}, yearly_holidays=every, extra_workdays=once)
    start = at("2026-11-21T09:00Z")
    assert calendar.between(start, start + 400 * DAY) == 0
    for ask in (calendar.next_opening, lambda at: calendar.add(at, 1),
                lambda at: calendar.add_days(at, 1)):  # fmt: skip
        with pytest.raises(Refused):
            ask(start)


def test_calendars_are_equal_by_what_their_files_say() -> None:
    one, other = berlin(hours={"mon": "08:00-18:00"}), berlin(hours={"mon": ["08:00-18:00"]})
    one.is_open(0)
    assert one == other
    assert len({one, other}) == 1
    assert one != berlin(hours={"mon": "08:00-19:00"})
    assert one != "berlin"
    assert "berlin" in repr(one)


def test_touching_spans_are_one_stretch() -> None:
    calendar = berlin(timezone="UTC", hours={"mon-sun": ["00:00-12:00", "12:00-24:00"]})
    noon = at("2026-11-21T12:00Z")
    assert calendar.add(noon - 60, 60) == noon
    assert calendar.next_opening(noon) == noon
    assert calendar.add_days(noon, 3) == noon + 3 * DAY


def test_an_hour_that_comes_back_over_midnight_belongs_to_the_new_day() -> None:
    # In St John's clocks went from 00:01 on the 29th back to 23:01 on the 28th, at 02:31 UTC.
    calendar = berlin(timezone="America/St_Johns", hours={"mon-sun": "00:00-24:00"})
    again = at("2006-10-29T02:45Z")
    close = at("2006-10-30T03:30Z")
    assert calendar.add_days(again, 0, end_of_day=True) == close
    assert calendar.add_days(again, 1) == close


def test_a_long_list_of_dates_is_read_once_however_many_years_are_reckoned() -> None:
    asked: list[str] = []

    class Said(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:
            asked.append(key)
            return super().get(key, default)

    said = Said(hours={"mon": ["09:00-10:00"]}, holidays=["2026-11-23"] * 3, timezone="UTC")
    calendar = Calendar("main", said)
    assert calendar.add(at("2026-11-22T00:00Z"), 1000 * 3600) > 0
    for key in ("holidays", "yearly_holidays", "extra_workdays"):
        assert asked.count(key) == 1
