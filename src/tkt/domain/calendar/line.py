"""The working time of whole years as sorted spans of UTC: reckoning is a bisection.

Years are those of the local clock. They are compiled when they are first touched and kept; their
spans stand in one run without gaps, each with the working seconds up to its end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from typing import TYPE_CHECKING

from tkt.domain.calendar.hours import DAY
from tkt.domain.calendar.zones import instant, local_of, offset, steady
from tkt.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from tkt.domain.calendar.days import Day, Days
    from tkt.domain.calendar.hours import Span

MOST_YEARS = 50
"""So far ahead is reckoned; what takes longer is a mistake."""
_MOST = MOST_YEARS * 366 * DAY
_RUN = 250
"""So many years are kept in one run."""
_FIRST, _LAST = 1000, 9000
_EPOCH = date(1970, 1, 1).toordinal()


class Line:
    """The compiled years of a calendar called ``name``."""

    def __init__(self, name: str, days: Days, zone: tzinfo) -> None:
        self.name = name
        self.days = days
        self.zone = zone
        self._first = self._last = 0
        self._begin = self._end = 0
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._done: list[int] = []
        self._specials: dict[int, dict[date, Day]] = {}
        self._days: dict[int, tuple[Span, ...]] = {}

    # -- reckoning ----------------------------------------------------------------------------

    def between(self, start: int, end: int) -> int:
        """Working seconds in ``[start, end)``; ``end`` is not before ``start``."""
        if start < self._begin or end > self._end:
            self._cover(start, end)
        return self._worked(end) - self._worked(start)

    def add(self, start: int, seconds: int) -> int:
        """The first instant at which ``seconds`` (more than none) have been worked."""
        if start < self._begin or start >= self._end:
            self._cover(start, start)
        goal = self._worked(start) + seconds
        while (index := bisect_left(self._done, goal)) == len(self._done):
            self._reach_on(start)
            goal = self._worked(start) + seconds
        found = self._ends[index] - (self._done[index] - goal)
        if found - start > _MOST:
            raise self.too_far()
        return found

    def opening(self, at: int) -> int:
        """``at`` if that is working time, else when the next span starts."""
        return max(at, self._span(at)[0])

    def is_open(self, at: int) -> bool:
        """Whether ``at`` is working time."""
        if at < self._begin or at >= self._end:
            self._cover(at, at)
        index = bisect_right(self._starts, at) - 1
        return index >= 0 and at < self._ends[index]

    def after_days(self, start: int, days: int, *, end_of_day: bool) -> int:
        """So many working days after ``start``, or after the next opening, at the time of day.

        A time at which that day is not open waits for its next opening, as a start does; behind
        the last closing it is that closing.
        """
        opening = self.opening(start)
        ordinal, clock = divmod(local_of(opening, self.zone), DAY)
        if opening >= instant((ordinal + 1) * DAY, self.zone):
            # The clocks have gone back over midnight: this counts as the beginning of the new day.
            ordinal, clock = ordinal + 1, 0
        left, ahead = days, MOST_YEARS * 366
        while left:
            ordinal += 1
            ahead -= 1
            if not ahead:
                raise self.too_far()
            left -= bool(self._utc(ordinal))
        closing = self._utc(ordinal)[-1][1]
        if end_of_day:
            return closing
        at = instant(ordinal * DAY + clock, self.zone)
        return min(self.opening(at), closing)

    def year_of(self, at: int) -> int:
        """The local year of an instant; Refused where there are no such years."""
        try:
            year = date.fromordinal(local_of(at, self.zone) // DAY + _EPOCH).year
        except (ValueError, OverflowError, OSError):
            raise self.too_far() from None
        if not _FIRST <= year <= _LAST:
            raise self.too_far()
        return year

    def too_far(self) -> Refused:
        """That the calendar does not reach so far."""
        return Refused("calendar.too_far", name=self.name, years=MOST_YEARS)

    def _worked(self, at: int) -> int:
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return 0
        left = self._ends[index] - at
        return self._done[index] - left if left > 0 else self._done[index]

    def _span(self, at: int) -> Span:
        """The first span that ends after ``at``."""
        if at < self._begin or at >= self._end:
            self._cover(at, at)
        while (index := bisect_right(self._ends, at)) == len(self._ends):
            self._reach_on(at)
        return self._starts[index], self._ends[index]

    def _reach_on(self, start: int) -> None:
        """One more year for what began at ``start``; Refused if that takes too many."""
        if self._end - start > _MOST:
            raise self.too_far()
        self._cover(start, self._end)

    # -- compiling ----------------------------------------------------------------------------

    def _cover(self, start: int, end: int) -> None:
        """Compile the years from that of ``start`` to that of ``end``, and those in between."""
        first, last = self.year_of(start), self.year_of(end)
        if last - first > _RUN:
            raise self.too_far()
        if not self._starts or max(last, self._last) - min(first, self._first) > _RUN:
            self._first, self._last = first, first - 1
            self._begin = self._end = self._new_year(first)
            self._starts, self._ends, self._done = [], [], []
        before = [span for year in range(first, self._first) for span in self._year(year)]
        after = [span for year in range(self._last + 1, last + 1) for span in self._year(year)]
        self._starts[:0] = [span[0] for span in before]
        self._ends[:0] = [span[1] for span in before]
        self._starts += [span[0] for span in after]
        self._ends += [span[1] for span in after]
        if before:
            self._done = []
        known = len(self._done)
        worked = self._done[-1] if known else 0
        for begin, close in zip(self._starts[known:], self._ends[known:], strict=True):
            worked += close - begin
            self._done.append(worked)
        self._first, self._last = min(first, self._first), max(last, self._last)
        self._begin, self._end = self._new_year(self._first), self._new_year(self._last + 1)

    def _new_year(self, year: int) -> int:
        return instant((date(year, 1, 1).toordinal() - _EPOCH) * DAY, self.zone)

    def _year(self, year: int) -> Iterator[Span]:
        """The spans of a year in UTC."""
        special = {day.toordinal() - _EPOCH: day_ for day, day_ in self._special(year).items()}
        week = self.days.week
        first = date(year, 1, 1).toordinal() - _EPOCH
        end = date(year + 1, 1, 1).toordinal() - _EPOCH
        same = steady(year, self.zone)
        ahead, looked_at = 0, first - 1
        for ordinal in range(first, end):
            # 1970-01-01 was a Thursday.
            day = special.get(ordinal) or week[(ordinal + 3) % 7]
            midnight = ordinal * DAY
            if same is not None:
                for start, end_ in day.spans:
                    yield midnight + start - same, midnight + end_ - same
                continue
            if not day.spans:
                continue
            today = ahead if looked_at == ordinal else offset(midnight, self.zone)
            ahead, looked_at = offset(midnight + DAY, self.zone), ordinal + 1
            if today == ahead:
                for start, end_ in day.spans:
                    yield midnight + start - today, midnight + end_ - today
            else:
                yield from self._utc(ordinal)

    def _utc(self, ordinal: int) -> tuple[Span, ...]:
        """The spans of a day in UTC, which may be one on which the clocks change; kept."""
        found = self._days.get(ordinal)
        if found is None:
            midnight, zone = ordinal * DAY, self.zone
            spans = (
                (instant(midnight + start, zone), instant(midnight + end, zone))
                for start, end in self._spans_on(ordinal)
            )
            found = self._days[ordinal] = tuple(span for span in spans if span[0] < span[1])
        return found

    def _spans_on(self, ordinal: int) -> tuple[Span, ...]:
        day = date.fromordinal(ordinal + _EPOCH)
        found = self._special(day.year).get(day) or self.days.week[day.weekday()]
        return found.spans

    def _special(self, year: int) -> dict[date, Day]:
        if year not in self._specials:
            self._specials[year] = self.days.special(year)
        return self._specials[year]
