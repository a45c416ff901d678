"""China's public holidays and make-up days: every day of every year that others know as well."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tkt.domain.calendar import Calendar, china
from tkt.domain.calendar.days import Days
from tkt.domain.calendar.notices import all_notices
from tkt.domain.calendar.reading import parse

ONE = timedelta(days=1)


def days() -> Days:
    return Days({"workdays": "china", "hours": {"mon-fri": ["09:00-18:00"]}}, all_notices(()))


def every_day(first: int, last: int) -> list[date]:
    start = date(first, 1, 1)
    return [start + ONE * n for n in range((date(last + 1, 1, 1) - start).days)]


def test_all_years_ship_without_a_hole() -> None:
    assert tuple(range(2004, 2027)) == china.YEARS
    assert all(china.source_of(year) for year in range(2007, 2027))


def test_every_day_is_what_chinesecalendar_says() -> None:
    other = pytest.importorskip("chinese_calendar")
    ours = days()
    differ = [
        day for day in every_day(2004, 2026)
        if bool(ours.day(day).spans) != other.is_workday(day)
    ]  # fmt: skip
    # The notice of 2006: 2005年12月31日(星期六)上班. The package knows it not, but the swap for it.
    assert differ == [date(2005, 12, 31)]


def test_every_day_is_what_holidays_says() -> None:
    other = pytest.importorskip("holidays").China(years=range(2003, 2028))
    ours = days()
    assert not [
        day for day in every_day(2004, 2026)
        if bool(ours.day(day).spans) != other.is_working_day(day)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        ("2020-01-31", "holiday", "春节"),  # by the notice of 27 January 2020
        ("2020-02-02", "holiday", "春节"),
        ("2020-02-03", "work", ""),
        ("2020-01-19", "makeup", "春节"),
        ("2019-05-03", "holiday", "劳动节"),  # by the notice of 22 March 2019
        ("2019-05-05", "makeup", "劳动节"),
        ("2015-09-04", "holiday", "抗战胜利纪念日"),
        ("2015-09-06", "makeup", "抗战胜利纪念日"),
        ("2018-12-29", "makeup", "元旦"),  # by the notice of the year after
        ("2018-12-31", "holiday", "元旦"),
        ("2025-01-26", "makeup", "春节"),
        ("2026-02-14", "makeup", "春节"),
        ("2026-02-15", "holiday", "春节"),
        ("2026-10-10", "makeup", "国庆节"),
        ("2027-01-01", "work", ""),  # nobody has said otherwise yet
    ],
)
def test_days_that_notices_have_changed(day: str, kind: str, name: str) -> None:
    found = days().day(date.fromisoformat(day))
    assert (found.kind, found.name) == (kind, name)


def test_every_holiday_has_an_english_name() -> None:
    names = {name for notice in all_notices(()).values() for name in notice.off.values()}
    assert names
    assert all(china.english(name).isascii() for name in names)
    assert china.english("国庆节、中秋节") == "National Day, Mid-Autumn"


def at(text: str) -> int:
    from datetime import datetime

    return int(datetime.fromisoformat(f"{text}+08:00").timestamp())


@pytest.fixture
def office() -> Calendar:
    calendar, faults = parse({"workdays": "china", "hours": {"mon-fri": "09:00-18:00"}}, name="x")
    assert calendar
    assert not faults
    return calendar


def test_the_case_of_2025(office: Calendar) -> None:
    assert office.add(at("2025-01-25T10:00"), 2 * 3600) == at("2025-01-26T11:00")


def test_years_not_published_are_named_and_reckoned_by_weekdays(office: Calendar) -> None:
    assert office.unpublished(at("2026-01-01T00:00"), at("2027-01-01T00:00")) == ()
    assert office.unpublished(at("2026-12-31T23:59"), at("2027-01-01T00:01")) == (2027,)
    assert office.unpublished(at("2003-12-31T23:00"), at("2004-01-01T01:00")) == (2003,)
    assert office.unpublished(at("2027-05-01T00:00"), at("2027-05-01T00:00")) == (2027,)
    assert office.add(at("2027-01-01T00:00"), 3600) == at("2027-01-01T10:00")
    plain, _ = parse({"hours": {"mon-fri": "09:00-18:00"}}, name="x")
    assert plain
    assert plain.unpublished(at("2026-12-31T23:59"), at("2030-01-01T00:01")) == ()


def test_a_desk_knows_years_of_its_own_and_replaces_shipped_ones() -> None:
    said = {"workdays": "china", "hours": {"mon-fri": "09:00-18:00"}}
    published = [
        {"year": 2027, "off": {"2027-01-01": "元旦", "2026-12-31": "元旦"}, "work": ["2026-12-27"]},
        {"year": 2026, "off": ["2026-10-09"]},
    ]
    calendar, _ = parse(said, name="x", published=published)
    assert calendar
    assert calendar.unpublished(at("2026-01-01T00:00"), at("2028-01-01T00:00")) == ()
    assert calendar.add(at("2026-12-25T18:00"), 3600) == at("2026-12-27T10:00")
    assert calendar.add(at("2026-12-30T18:00"), 3600) == at("2027-01-04T10:00")
    assert calendar.is_open(at("2026-10-01T10:00"))  # the notice as the desk has it says nothing
    assert not calendar.is_open(at("2026-10-09T10:00"))
    assert calendar != parse(said, name="x")[0]


def test_a_weekday_that_a_notice_has_worked_is_as_ever() -> None:
    # As of 2020-02-03, a Monday: it ends a holiday that was made longer, and makes up for nothing.
    published = [{"year": 2027, "off": ["2027-01-01"], "work": ["2027-01-04", "2027-01-02"]}]
    said = {"workdays": "china", "hours": {"tue-fri": "09:00-18:00"}}
    calendar, _ = parse(said, name="x", published=published)
    assert calendar
    assert not calendar.is_open(at("2027-01-04T10:00"))
    assert calendar.is_open(at("2027-01-02T10:00"))
