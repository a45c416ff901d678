"""What kind of day a date is for a calendar, and when it is open.

What a file says of one date goes before what it says of many: an extra working day before a
holiday of the calendar's own, that before what the State Council has decreed, and that before the
weekday. A make-up day, and an extra working day that names no hours, stands in for a working day:
on Saturday and Sunday it has the hours of the first day from Monday to Friday that has any.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from tkt.domain.calendar.hours import Span, read_span, week_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.domain.calendar.notices import Notice

Kind = Literal["work", "rest", "holiday", "makeup", "extra"]
_SATURDAY = 5


class Day(NamedTuple):
    """One date: what it is, what the day is called if it has a name, and its spans in order."""

    kind: Kind
    spans: tuple[Span, ...] = ()
    name: str = ""


class Days:
    """The days of a calendar; ``data`` is what its file says, and ``notices`` are China's."""

    def __init__(self, data: Mapping[str, Any], notices: Mapping[int, Notice]) -> None:
        self.data = data
        self.notices = notices if data.get("workdays") == "china" else {}

    @cached_property
    def week(self) -> tuple[Day, ...]:
        """Monday to Sunday as they are without anything special."""
        return tuple(
            Day("work" if spans else "rest", spans) for spans in week_of(self.data["hours"])
        )

    @cached_property
    def _usual(self) -> tuple[Span, ...]:
        return next((day.spans for day in self.week[:_SATURDAY] if day.spans), ())

    def day(self, day: date) -> Day:
        """One date."""
        return self.special(day.year).get(day) or self.week[day.weekday()]

    def special(self, year: int) -> dict[date, Day]:
        """The dates of a year that are not what their weekday is, in order."""
        found: dict[date, Day] = {}
        self._decreed(year, found)
        own = [date.fromisoformat(text) for text in self.data.get("holidays", ())]
        for text in self.data.get("yearly_holidays", ()):
            if text != "02-29" or _is_leap(year):
                own.append(date.fromisoformat(f"{year:04}-{text}"))
        found.update((day, Day("holiday")) for day in own if day.year == year)
        for day, spans in self._extra().items():
            if day.year == year:
                found[day] = Day("extra", tuple(sorted(spans)) or self._hours_of_work(day))
        return dict(sorted(found.items()))

    def _decreed(self, year: int, found: dict[date, Day]) -> None:
        """What the notices say; the one of next year may change the last days of this one."""
        for notice in (self.notices.get(near) for near in (year - 1, year, year + 1)):
            if notice is None:
                continue
            for day, name in notice.off.items():
                if day.year == year:
                    found[day] = Day("holiday", (), name)
            for day, name in notice.work.items():
                if day.year == year:
                    found.pop(day, None)
                    # That a weekday is to be worked as ever makes up for nothing.
                    if day.weekday() >= _SATURDAY:
                        found[day] = Day("makeup", self._hours_of_work(day), name)

    def _hours_of_work(self, day: date) -> tuple[Span, ...]:
        own = self.week[day.weekday()].spans
        return own if own and day.weekday() < _SATURDAY else self._usual or own

    def _extra(self) -> dict[date, list[Span]]:
        said = self.data.get("extra_workdays", {})
        spans = said if isinstance(said, dict) else dict.fromkeys(said, ())
        return {date.fromisoformat(day): list(map(read_span, of)) for day, of in spans.items()}


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
