"""A calendar's file: what it may say, and every mistake in it with its place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tkt import texts
from tkt.domain.calendar.notice_files import YEAR, from_holiday_cn
from tkt.domain.calendar.notice_files import parse as parse_notice
from tkt.domain.calendar.reading import CALENDAR, parse
from tkt.domain.spec.nested import schema

SOUND: dict[str, Any] = {
    "label": {"zh": "客服时间", "en": "service hours"},
    "timezone": "Asia/Shanghai",
    "workdays": "china",
    "hours": {"mon-fri": ["09:00-12:00", "13:00-22:00"], "sat-sun": ["10:00-18:00"]},
    "holidays": ["2027-02-06"],
    "yearly_holidays": ["01-01"],
    "extra_workdays": {"2027-02-14": ["09:00-18:00"]},
}


def found(**change: Any) -> list[tuple[Any, str]]:
    said = {key: value for key, value in {**SOUND, **change}.items() if value is not None}
    calendar, faults = parse(said, name="main")
    assert calendar is None or all(fault.key == "calendar.minute_short" for fault in faults)
    return [(fault.where, fault.key) for fault in faults]


def test_a_year_of_holidays_leaves_no_hours_unless_dates_are_worked() -> None:
    leap = (date(2028, 1, 1) + timedelta(days=n) for n in range(366))
    every = [f"{day:%m-%d}" for day in leap]
    wrong = [(("yearly_holidays",), "calendar.all_holidays")]
    assert found(yearly_holidays=every, extra_workdays=None) == wrong
    assert found(yearly_holidays=every) == []
    assert found(yearly_holidays=[*every[1:], every[1]], extra_workdays=None) == []


def test_the_shape_of_the_example_is_sound() -> None:
    calendar, faults = parse(SOUND, name="main")
    assert calendar
    assert not faults
    assert calendar.data == SOUND
    assert (calendar.name, calendar.timezone) == ("main", "Asia/Shanghai")
    assert calendar.label == ("客服时间", "service hours")


def test_little_is_enough() -> None:
    calendar, faults = parse({"hours": {"mon": "9:00-18:00"}}, name="main")
    assert calendar
    assert not faults
    assert calendar.timezone == "Asia/Shanghai"
    assert calendar.label == ("main", "main")
    assert not calendar.is_chinese


@pytest.mark.parametrize(
    ("change", "where", "key"),
    [
        ({"hours": {"mon": ["09:00-12:00", "11:59-13:00"]}}, ("hours", "mon", 1),
         "calendar.overlap"),
        ({"hours": {"mon-fri": ["09:00-18:00"], "wed": ["17:00-19:00"]}}, ("hours", "wed", 0),
         "calendar.overlap"),
        ({"hours": {"mon-fri": ["09:00-18:00"], "fri-mon": "08:00-10:00"}}, ("hours", "fri-mon"),
         "calendar.overlap"),
        ({"extra_workdays": {"2027-02-14": ["09:00-18:00", "10:00-11:00"]}},
         ("extra_workdays", "2027-02-14", 1), "calendar.overlap"),
        ({"hours": {"mon": ["18:00-09:00"]}}, ("hours", "mon", 0), "calendar.reversed"),
        ({"hours": {"mon": ["09:00-09:00"]}}, ("hours", "mon", 0), "calendar.reversed"),
        ({"hours": {"mon": ["9-18"]}}, ("hours", "mon", 0), "calendar.not_span"),
        ({"hours": {"mon": ["09:00-24:01"]}}, ("hours", "mon", 0), "calendar.not_span"),
        ({"hours": {"mon": ["09:60-18:00"]}}, ("hours", "mon", 0), "calendar.not_span"),
        ({"hours": {"mon": [9]}}, ("hours", "mon", 0), "calendar.not_span"),
        ({"hours": {"mon": 9}}, ("hours", "mon"), "config.not_list"),
        ({"hours": {"moon": ["09:00-18:00"]}}, ("hours", "moon"), "calendar.no_weekday"),
        ({"hours": {"mon-": ["09:00-18:00"]}}, ("hours", "mon-"), "calendar.no_weekday"),
        ({"hours": None}, (), "calendar.no_hours"),
        ({"hours": {}}, ("hours",), "calendar.no_hours"),
        ({"hours": {"mon-sun": []}}, ("hours",), "calendar.no_hours"),
        ({"timezone": "Asia/Peking"}, ("timezone",), "config.no_zone"),
        ({"workdays": "chian"}, ("workdays",), "config.not_choice_like"),
        ({"holidays": ["2027-02-30"]}, ("holidays", 0), "calendar.not_date"),
        ({"holidays": ["20270206"]}, ("holidays", 0), "calendar.not_date"),
        ({"holidays": "2027-02-06"}, ("holidays",), "config.not_list"),
        ({"yearly_holidays": ["1-1"]}, ("yearly_holidays", 0), "calendar.not_yearly"),
        ({"yearly_holidays": ["02-30"]}, ("yearly_holidays", 0), "calendar.not_yearly"),
        ({"extra_workdays": {"02-14": ["09:00-18:00"]}}, ("extra_workdays", "02-14"),
         "calendar.not_date_key"),
        ({"extra_workdays": ["02-14"]}, ("extra_workdays", 0), "calendar.not_date"),
        ({"hour": {}}, ("hour",), "config.unknown_key_like"),
    ],
)  # fmt: skip
def test_every_mistake_spoils_the_calendar(change: dict[str, Any], where: Any, key: str) -> None:
    assert found(**change) == [(where, key)]


def test_all_mistakes_are_found_at_once() -> None:
    hours = {"mon": ["09:00-12:00", "11:00-13:00", "x"], "foo": ["08:00-07:00"]}
    keys = {key for _, key in found(hours=hours, holidays=["x"])}
    assert keys == {
        "calendar.overlap", "calendar.not_span", "calendar.no_weekday", "calendar.not_date"
    }  # fmt: skip


def test_a_minute_to_midnight_is_midnight_and_said() -> None:
    hours = {"mon-sun": ["08:00-23:59"]}
    assert found(hours=hours) == [(("hours", "mon-sun", 0), "calendar.minute_short")]
    calendar, _ = parse({**SOUND, "hours": hours, "workdays": "none", "holidays": [],
                         "yearly_holidays": []}, name="main")  # fmt: skip
    assert calendar
    week = 7 * 86400
    assert calendar.between(1_800_000_000, 1_800_000_000 + week) == 7 * 16 * 3600


def test_ranges_of_weekdays_may_go_round_the_week() -> None:
    calendar, _ = parse({"timezone": "UTC", "hours": {"sat-mon": "00:00-24:00"}}, name="main")
    assert calendar
    thursday = 0
    opens = [calendar.is_open(thursday + day * 86400) for day in range(7)]
    assert opens == [False, False, True, True, True, False, False]


@pytest.mark.parametrize("data", [[], "x", 3])
def test_what_is_no_mapping_is_no_calendar(data: Any) -> None:
    calendar, faults = parse(data, name="main")
    assert calendar is None
    assert faults[0].key == "config.not_mapping"


def test_a_bad_name_is_told() -> None:
    assert [fault.key for fault in parse(SOUND, name="a b")[1]] == ["field.not_name"]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_key_is_explained_for_editors(language: str) -> None:
    texts.use(language)
    for record in (CALENDAR, YEAR):
        told = schema(record, lambda key: texts.say(f"schema.{key}"), title="x")
        assert not [k for k, v in told["properties"].items() if v["description"].startswith("sch")]


# -- notices ----------------------------------------------------------------------------------

NOTICE = {
    "year": 2027, "source": ["https://www.gov.cn/x"], "off": {"2027-01-01": "元旦"},
    "work": {"2026-12-27": "元旦"},
}  # fmt: skip


def test_a_notice_names_its_days_or_lists_them() -> None:
    assert parse_notice(NOTICE, name="2027") == (NOTICE, [])
    bare = {"year": 2027, "off": ["2027-01-01"]}
    assert parse_notice(bare, name="2027") == (bare, [])


@pytest.mark.parametrize(
    ("change", "name", "where", "key"),
    [
        ({}, "2026", ("year",), "calendar.other_year"),
        ({"off": {"2029-01-01": "元旦"}}, "2027", ("off", "2029-01-01"), "calendar.far_day"),
        ({"work": ["2027-01-01"]}, "2027", ("work", 0), "calendar.both_ways"),
        ({"off": {"x": "元旦"}}, "2027", ("off", "x"), "calendar.not_date_key"),
        ({"off": None}, "2027", (), "config.missing_key"),
        ({"off": {"2026-12-31": "元旦"}}, "2027", ("off",), "calendar.no_days"),
        ({"year": "soon"}, "2027", ("year",), "config.not_number"),
    ],
)
def test_mistakes_of_a_notice(change: dict[str, Any], name: str, where: Any, key: str) -> None:
    notice, faults = parse_notice({**NOTICE, **change}, name=name)
    assert notice is None
    assert [(fault.where, fault.key) for fault in faults] == [(where, key)]


def days(*pairs: tuple[str, bool]) -> list[dict[str, Any]]:
    return [{"name": "元旦", "date": day, "isOffDay": off} for day, off in pairs]


def test_the_json_of_holiday_cn_becomes_a_notice() -> None:
    data = {
        "$schema": "x", "$id": "y", "year": 2027, "papers": ["https://www.gov.cn/x"],
        "days": days(("2027-01-01", True), ("2026-12-27", False)),
    }  # fmt: skip
    assert from_holiday_cn(data) == (NOTICE, None)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ([], "calendar.not_holiday_cn"),
        ({"year": 2027}, "calendar.not_holiday_cn"),
        ({"year": 2027, "days": [1]}, "calendar.not_holiday_cn"),
        ({"year": 2027, "days": [{"date": "2027-01-01"}]}, "calendar.not_holiday_cn"),
        ({"year": 2027, "papers": [], "days": []}, "calendar.no_days"),
        ({"days": days(("2027-01-01", True))}, "config.missing_key"),
        ({"year": 2024, "days": days(("2027-01-01", True))}, "calendar.far_day"),
        ({"year": 2027, "days": days(("2027-01-32", True))}, "calendar.not_date_key"),
    ],
)
def test_what_is_no_such_json(data: Any, key: str) -> None:
    notice, fault = from_holiday_cn(data)
    assert notice is None
    assert fault
    assert fault.key == key
