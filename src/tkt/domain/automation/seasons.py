"""Times of the day and times of the year at which a rule applies.

A time of day is ``22:00-08:00``: it may reach past midnight. A time of the year is ``11-01..11-12``
each year, ``2027-02-01..2027-02-12`` in one, a single day of either, or a public holiday of China
by its name, on the days off that the notice of its year gives it: ``春节``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from tkt.domain.calendar.hours import DAY, read_span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from tkt.domain.calendar.notices import Notice

    Notices = Callable[[], Mapping[int, Notice]]

HOLIDAYS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
"""Holidays that have a notice every year."""
_DAY = r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})"
_RANGE = rf"{_DAY}(?:\s*(?:\.\.|~|至|到)\s*{_DAY})?"
_LEAP = 2024
"""A year with all days, for those that name none."""


def read_times(texts: Iterable[str]) -> None:
    """ValueError at the first that is no time of day."""
    for text in texts:
        read_span(text)


def read_dates(texts: Iterable[str]) -> None:
    """ValueError at the first that is no time of the year."""
    for text in texts:
        if text not in HOLIDAYS:
            _range(text)


def is_time(texts: Iterable[str], at: datetime) -> bool:
    """Whether a local time is within one of these times of day."""
    second = at.hour * 3600 + at.minute * 60 + at.second
    for start, end in map(read_span, texts):
        if start <= second < end if start < end else (second >= start or second < end % DAY):
            return True
    return False


def is_date(texts: Iterable[str], at: datetime, notices: Notices) -> bool:
    """Whether a local time is on a day of one of these times of the year."""
    day = at.date()
    for text in texts:
        if text in HOLIDAYS:
            # The first days of a holiday may stand in the notice of the year before or behind.
            near = (notices().get(year) for year in (day.year - 1, day.year, day.year + 1))
            if any(notice and text in notice.off.get(day, "").split("、") for notice in near):
                return True
            continue
        first, last, yearly = _range(text)
        here = day.replace(year=_LEAP) if yearly else day
        if first <= here <= last if first <= last else (here >= first or here <= last):
            return True
    return False


def _range(text: str) -> tuple[date, date, bool]:
    """(first day, last day, whether each year); ValueError for what is none."""
    match = re.fullmatch(_RANGE, text.strip())
    if match is None:
        raise ValueError(text)
    year, month, day, last_year, last_month, last_day = match.groups()
    if last_month is None:
        last_year, last_month, last_day = year, month, day
    if (year is None) != (last_year is None):
        raise ValueError(text)
    first = date(int(year or _LEAP), int(month), int(day))
    last = date(int(last_year or _LEAP), int(last_month), int(last_day))
    if year is not None and first > last:
        raise ValueError(text)
    return first, last, year is None
