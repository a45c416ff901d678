"""Times of the day and of the year at which rules apply."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.automation.seasons import is_date, is_time, read_dates, read_times
from tkt.domain.calendar.notices import all_notices


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def on(text: str, day: str) -> bool:
    return is_date([text], at(f"{day} 12:00"), lambda: all_notices(()))


@pytest.mark.parametrize(
    ("span", "clock", "holds"),
    [
        ("08:00-22:00", "08:00", True),
        ("08:00-22:00", "22:00", False),
        ("22:00-08:00", "23:30", True),
        ("22:00-08:00", "07:59", True),
        ("22:00-08:00", "09:00", False),
        ("22:00-24:00", "23:59", True),
        ("22:00-24:00", "00:00", False),
    ],
)
def test_a_time_of_day_may_reach_past_midnight(span: str, clock: str, holds: bool) -> None:
    assert is_time([span], at(f"2026-11-21 {clock}")) is holds
    assert is_time(["03:00-03:01", span], at(f"2026-11-21 {clock}")) is holds


@pytest.mark.parametrize(
    ("season", "day", "holds"),
    [
        ("10-31..11-12", "2026-11-11", True),
        ("10-31..11-12", "2031-11-11", True),
        ("10-31..11-12", "2026-11-13", False),
        ("12-25..01-03", "2027-01-01", True),
        ("12-25..01-03", "2026-12-24", False),
        ("11-11", "2026-11-11", True),
        ("02-29", "2028-02-29", True),
        ("2027-02-01..2027-02-12", "2027-02-12", True),
        ("2027-02-01..2027-02-12", "2028-02-05", False),
        ("春节", "2026-02-17", True),
        ("春节", "2026-02-14", False),  # worked for it
        ("国庆节", "2025-10-06", True),  # of a holiday with another name as well
        ("中秋节", "2025-10-06", True),
        ("元旦", "2007-12-31", True),  # it stands in the notice of the next year
    ],
)
def test_a_time_of_the_year(season: str, day: str, holds: bool) -> None:
    assert on(season, day) is holds


@pytest.mark.parametrize("text", ["25:00-26:00", "night", "8-22", ""])
def test_what_is_no_time_of_day_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_times([text])


@pytest.mark.parametrize(
    "text", ["13-01", "02-30", "11-01..2026-11-12", "2027-02-12..2027-02-01", "双十一", "11"]
)
def test_what_is_no_time_of_the_year_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_dates([text])


@given(st.datetimes(min_value=datetime(2004, 1, 1), max_value=datetime(2040, 1, 1)))
def test_a_span_and_what_is_left_of_the_day_make_the_day(moment: datetime) -> None:
    assert is_time(["22:00-08:00"], moment) is not is_time(["08:00-22:00"], moment)
    inside, outside = "03-01..10-31", "11-01..02-29"
    assert is_date([inside], moment, dict) is not is_date([outside], moment, dict)
