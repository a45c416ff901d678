"""Weekdays and spans of a day, as a calendar's file says them: ``mon-fri: [09:00-12:00]``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 86400
_SPAN = r"(\d{1,2}):(\d\d)\s*[-–~]\s*(\d{1,2}):(\d\d)"

Span = tuple[int, int]
"""From and to, in seconds since midnight by the local clock."""


def read_span(text: str) -> Span:
    """``09:00-18:00``; ValueError if it is none. It may well end before it begins.

    ``24:00`` is the end of the day, and so is an end at ``23:59``, which is what people write
    where a program knows no 24:00: the minute that is missing would never be meant.
    """
    match = re.fullmatch(_SPAN, text.strip())
    if match is None:
        raise ValueError(f"not a span: {text!r}")
    start, end = (_clock(match[n], match[n + 1]) for n in (1, 3))
    return start, DAY if is_short(text) else end


def _clock(hours: str, minutes: str) -> int:
    seconds = int(hours) * 3600 + int(minutes) * 60
    if int(minutes) > 59 or seconds > DAY:
        raise ValueError(f"not a time of day: {hours}:{minutes}")
    return seconds


def is_short(text: str) -> bool:
    """Whether a span ends at 23:59."""
    return text.rstrip().endswith("23:59")


def read_weekdays(text: object) -> tuple[int, ...]:
    """Monday is 0: ``mon``, ``mon-fri``, ``sat-mon``; ValueError for anything else."""
    first, dash, last = str(text).strip().lower().partition("-")
    try:
        start = WEEKDAYS.index(first.strip())
        end = WEEKDAYS.index(last.strip()) if dash else start
    except ValueError as error:
        raise ValueError(f"not weekdays: {text!r}") from error
    return tuple((start + step) % 7 for step in range((end - start) % 7 + 1))


def week_of(hours: Mapping[str, Iterable[str]]) -> tuple[tuple[Span, ...], ...]:
    """The spans of Monday to Sunday; several keys that name a day add up."""
    week: list[list[Span]] = [[] for _ in WEEKDAYS]
    for key, spans in hours.items():
        for weekday in read_weekdays(key):
            week[weekday] += map(read_span, spans)
    return tuple(tuple(sorted(spans)) for spans in week)


def span_text(span: Span) -> str:
    """``09:00-18:00``."""
    return "-".join(f"{at // 3600:02}:{at % 3600 // 60:02}" for at in span)
