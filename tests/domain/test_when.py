from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.when import (
    parse_day,
    parse_duration,
    parse_moment,
    parse_period,
    parse_relative,
    parse_span,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
# A Saturday.
NOW = datetime(2026, 11, 21, 14, 3, 11, tzinfo=SHANGHAI)


def span(text: str) -> tuple[str, str]:
    start, end = parse_span(text, now=NOW, tz=SHANGHAI)
    return start.strftime("%Y-%m-%d"), end.strftime("%Y-%m-%d")


def moment(text: str) -> str:
    return parse_moment(text, now=NOW, tz=SHANGHAI).isoformat()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", "2026-01-01", "2027-01-01"),
        ("2026年", "2026-01-01", "2027-01-01"),
        ("2026-11", "2026-11-01", "2026-12-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("2026年11月", "2026-11-01", "2026-12-01"),
        ("2月", "2026-02-01", "2026-03-01"),
        ("2026-11-21", "2026-11-21", "2026-11-22"),
        ("2026/11/21", "2026-11-21", "2026-11-22"),
        ("11-21", "2026-11-21", "2026-11-22"),
        ("11月21日", "2026-11-21", "2026-11-22"),
        ("2025年1月2号", "2025-01-02", "2025-01-03"),
        ("today", "2026-11-21", "2026-11-22"),
        ("今天", "2026-11-21", "2026-11-22"),
        ("Yesterday", "2026-11-20", "2026-11-21"),
        ("昨天", "2026-11-20", "2026-11-21"),
        ("前天", "2026-11-19", "2026-11-20"),
        ("明天", "2026-11-22", "2026-11-23"),
        ("this-week", "2026-11-16", "2026-11-23"),
        ("本周", "2026-11-16", "2026-11-23"),
        ("last week", "2026-11-09", "2026-11-16"),
        ("上周", "2026-11-09", "2026-11-16"),
        ("this-month", "2026-11-01", "2026-12-01"),
        ("本月", "2026-11-01", "2026-12-01"),
        ("last-month", "2026-10-01", "2026-11-01"),
        ("上月", "2026-10-01", "2026-11-01"),
        ("去年", "2025-01-01", "2026-01-01"),
    ],
)
def test_a_date_covers_whole_local_days(text: str, start: str, end: str) -> None:
    assert span(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("now", "2026-11-21T14:03:11+08:00"),
        ("现在", "2026-11-21T14:03:11+08:00"),
        ("-7d", "2026-11-14T14:03:11+08:00"),
        ("+2h", "2026-11-21T16:03:11+08:00"),
        ("7d ago", "2026-11-14T14:03:11+08:00"),
        ("3天前", "2026-11-18T14:03:11+08:00"),
        ("3天之后", "2026-11-24T14:03:11+08:00"),
        ("3天以后", "2026-11-24T14:03:11+08:00"),
        ("2小时后", "2026-11-21T16:03:11+08:00"),
        ("in 90m", "2026-11-21T15:33:11+08:00"),
        ("2026-11-21T06:00:00Z", "2026-11-21T14:00:00+08:00"),
        ("2026-11-21T06:00:00+0000", "2026-11-21T14:00:00+08:00"),
        ("2026-11-21T09:30:15", "2026-11-21T09:30:15+08:00"),
        ("2026-11-21 09:30", "2026-11-21T09:30:00+08:00"),
        ("9:30", "2026-11-21T09:30:00+08:00"),
        ("昨天 18:00", "2026-11-20T18:00:00+08:00"),
        ("2026-11", "2026-11-01T00:00:00+08:00"),
    ],
)
def test_moments(text: str, iso: str) -> None:
    assert moment(text) == iso


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30s", 30),
        ("15m", 900),
        ("4h", 14400),
        ("2d", 172800),
        ("1w", 604800),
        ("1h30m", 5400),
        ("1.5h", 5400),
        ("2 days", 172800),
        ("3天", 259200),
        ("2小时", 7200),
        ("两个小时", 7200),
        ("15分钟", 900),
        ("半小时", 1800),
        ("一周", 604800),
        ("36525d", 36525 * 86400),
    ],
)
def test_durations(text: str, seconds: int) -> None:
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["", " ", "h", "5", "1x", "-1d", "十五天", "1h-", "9" * 40 + "d", "36526d"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="dur"):
        parse_duration(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterdayish", "2026-13", "2026-02-30", "0000", "9999", "13月1日", "25:00", "-7"),
        *(
            "+",
            "ago",
            "1800-01-01",
            "2026-11-21T10:00:00.",
            "本周 9:00",
            "2026-11-21T25:00",
            "2026-11-21T10:00+99:00",
        ),
        *("2026-11-21T10:00:00+24:00", "-999999999d", "999999999w ago"),
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_moment(text, now=NOW, tz=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天", "2026-11-21"),
        ("11月3日", "2026-11-03"),
        ("3天前", "2026-11-18"),
        ("昨天 23:59", "2026-11-20"),
        ("2026-11-20T17:00:00Z", "2026-11-21"),
    ],
)
def test_a_day_is_the_desks_own(text: str, day: str) -> None:
    assert parse_day(text, now=NOW, tz=SHANGHAI).isoformat() == day


@pytest.mark.parametrize(
    "text", ["", "上周", "2026-11", "2026", "0999-01-01", "9001-01-01", "2-30", "someday"]
)
def test_a_longer_span_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a d|out of range"):
        parse_day(text, now=NOW, tz=SHANGHAI)


def test_a_timestamp_covers_its_second_or_its_minute() -> None:
    start, end = parse_span("2026-11-21T09:30:15", now=NOW, tz=SHANGHAI)
    assert end - start == timedelta(seconds=1)
    start, end = parse_span("2026-11-21T09:30", now=NOW, tz=SHANGHAI)
    assert end - start == timedelta(minutes=1)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", "2026-03-29", 23),
        ("Europe/Berlin", "2026-10-25", 25),
        ("America/Havana", "2026-11-01", 25),
        ("Africa/Cairo", "2026-04-24", 23),
        ("Asia/Shanghai", "2026-11-11", 24),
    ],
)
def test_days_are_as_long_as_the_clocks_make_them(zone: str, day: str, hours: int) -> None:
    start, end = parse_span(day, now=NOW, tz=ZoneInfo(zone))
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=hours)
    assert start.strftime("%Y-%m-%d") == day


def test_today_is_the_desks_day_not_the_callers() -> None:
    late = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
    start, _ = parse_span("today", now=late, tz=SHANGHAI)
    assert start.isoformat() == "2026-11-22T00:00:00+08:00"


def test_a_date_is_not_relative() -> None:
    assert parse_relative("2026-11-21", now=NOW, tz=SHANGHAI) is None


@given(st.text(alphabet="0123456789-+:TZ/. agodhmsw年月日天前后今昨周半", max_size=24) | st.text())
def test_only_value_errors_come_out(text: str) -> None:
    for zone in (SHANGHAI, ZoneInfo("America/Havana")):
        try:
            start, end = parse_span(text, now=NOW, tz=zone)
        except ValueError:
            continue
        assert start.timestamp() < end.timestamp()


@given(st.integers(0, 5000), st.sampled_from("smhdw"))
def test_written_durations_read_back(number: int, unit: str) -> None:
    seconds = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}[unit]
    assert parse_duration(f"{number}{unit}") == timedelta(seconds=number * seconds)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("today", "2026-11-21 00:00", "2026-11-22 00:00"),
        ("昨天", "2026-11-20 00:00", "2026-11-21 00:00"),
        ("本周", "2026-11-16 00:00", "2026-11-23 00:00"),
        ("last week", "2026-11-09 00:00", "2026-11-16 00:00"),
        ("2026-11", "2026-11-01 00:00", "2026-12-01 00:00"),
        ("7d", "2026-11-15 00:00", "2026-11-22 00:00"),
        ("最近7天", "2026-11-15 00:00", "2026-11-22 00:00"),
        ("last 2 weeks", "2026-11-08 00:00", "2026-11-22 00:00"),
        ("一周", "2026-11-15 00:00", "2026-11-22 00:00"),
        ("24h", "2026-11-20 14:03", "2026-11-21 14:03"),
        ("-2h", "2026-11-21 12:03", "2026-11-21 14:03"),
        ("3小时前", "2026-11-21 11:03", "2026-11-21 14:03"),
    ],
)
def test_a_period_is_what_people_ask_about(text: str, start: str, end: str) -> None:
    now = datetime.fromisoformat("2026-11-21T14:03:11+08:00")
    found = parse_period(text, now=now, tz=ZoneInfo("Asia/Shanghai"))
    assert [f"{moment:%Y-%m-%d %H:%M}" for moment in found] == [start, end]


@given(st.text(max_size=12))
def test_any_other_period_is_refused_with_one_kind_of_error(text: str) -> None:
    now = datetime.fromisoformat("2026-11-21T14:03:11+08:00")
    try:
        start, end = parse_period(text, now=now, tz=ZoneInfo("Asia/Shanghai"))
    except ValueError:
        return
    assert start <= end
