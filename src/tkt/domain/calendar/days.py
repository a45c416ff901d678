"""What kind of day a date is for a calendar, and when it is open.

What a file says of one date goes before what it says of many: an extra working day before a
holiday of the calendar's own, that before what the State Council has decreed, and that before the
weekday. A make-up day, and an extra working day that names no hours, stands in for a working day:
on Saturday and Sunday it has the hours of the first day from Monday to Friday that has any.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from tkt.domain.calendar.hours import Span, read_span, week_of
from tkt.named import NamedTuple

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
        found.update((day, Day("holiday")) for day in self._holidays.get(year, ()))
        for text in self._yearly:
            if text != "02-29" or _is_leap(year):
                found[date.fromisoformat(f"{year:04}-{text}")] = Day("holiday")
        for day, spans in self._extra.get(year, {}).items():
            found[day] = Day("extra", tuple(sorted(spans)) or self._hours_of_work(day))
        return dict(sorted(found.items()))

    @cached_property
    def _holidays(self) -> dict[int, list[date]]:
        """The dated holidays of its own by year: every year is asked for, the file read once."""
        found: dict[int, list[date]] = {}
        for text in dict.fromkeys(self.data.get("holidays", ())):
            day = date.fromisoformat(text)
            found.setdefault(day.year, []).append(day)
        return found

    @cached_property
    def _yearly(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.data.get("yearly_holidays", ())))

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

    @cached_property
    def _extra(self) -> dict[int, dict[date, list[Span]]]:
        """The extra working days by year, each with the spans that it names."""
        said = self.data.get("extra_workdays", {})
        spans = said if isinstance(said, dict) else dict.fromkeys(said, ())
        found: dict[int, dict[date, list[Span]]] = {}
        for text, of in spans.items():
            day = date.fromisoformat(text)
            found.setdefault(day.year, {})[day] = list(map(read_span, of))
        return found


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
