"""A slow calendar of its own making: it steps through the minutes and looks at a local clock.

Nothing here is shared with what it is held against. A minute is open if the latest time that the
local clock has shown so far lies in a span of that day: so an hour that comes twice goes on as it
was left, and what the clock skips is never open.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable

Spans = list[tuple[str, str]]


class SlowCalendar:
    """The minutes from ``first`` on for some days; ``spans_of`` says when a day is open."""

    def __init__(self, zone: str, first: str, days: int, spans_of: Callable[[date], Spans]) -> None:
        tz = ZoneInfo(zone)
        self.start = int(datetime.fromisoformat(f"{first}T00:00:00+00:00").timestamp())
        self.end = self.start + days * 86400
        latest = ""
        self.zone = tz
        self.open = bytearray()
        self.latest: list[str] = []
        known: dict[str, Spans] = {}
        # Two days of a run-up, so that the clock has shown what it shows.
        for at in range(self.start - 2 * 86400, self.end, 60):
            shown = datetime.fromtimestamp(at, tz).strftime("%Y-%m-%dT%H:%M")
            latest = max(latest, shown)
            if at >= self.start:
                day, _, clock = latest.partition("T")
                if day not in known:
                    known[day] = spans_of(date.fromisoformat(day))
                self.latest.append(latest)
                self.open.append(any(opens <= clock < closes for opens, closes in known[day]))

    def is_open(self, at: int) -> bool:
        """Whether a second is working time."""
        return bool(self.open[(at - self.start) // 60])

    def between(self, start: int, end: int) -> int:
        """Working seconds, counted."""
        first, last = -(-start // 60), end // 60
        if first > last:
            return (end - start) * self.is_open(start)
        whole = sum(self.open[first - self.start // 60 : last - self.start // 60]) * 60
        head = (first * 60 - start) * self.is_open(start) if first * 60 > start else 0
        tail = (end - last * 60) * self.is_open(end - 1) if end > last * 60 else 0
        return whole + head + tail

    def add(self, start: int, seconds: int) -> int | None:
        """When so many seconds have been worked; None beyond the end."""
        at = start
        while seconds > 0:
            if at >= self.end:
                return None
            step = 60 - at % 60
            if self.is_open(at):
                if seconds <= step:
                    return at + seconds
                seconds -= step
            at += step
        return at

    def next_opening(self, at: int) -> int | None:
        """When it is open again, or now; None beyond the end."""
        while at < self.end and not self.is_open(at):
            at += 60 - at % 60
        return at if at < self.end else None

    def add_days(self, start: int, days: int, *, end_of_day: bool) -> int | None:
        """So many days with an open minute on, for a whole minute; None beyond the end."""
        begins = self.next_opening(start)
        if begins is None:
            return None
        today = self.latest[(begins - self.start) // 60][:10]
        shown = datetime.fromtimestamp(begins, self.zone).strftime("%Y-%m-%dT%H:%M")
        clock = shown[11:] if shown[:10] == today else "00:00"
        minutes = range(self.start, self.end, 60)
        pairs = list(zip(minutes, self.latest, self.open, strict=True))
        dates = sorted({latest[:10] for _, latest, is_open in pairs if is_open})
        left = [day for day in dates if day >= today]
        if len(left) < days + 2:  # the last one may not have been seen whole
            return None
        day = left[days]
        opens = [at for at, latest, is_open in pairs if is_open and latest[:10] == day]
        if end_of_day:
            return opens[-1] + 60
        at = next(at for at, latest, _ in pairs if latest >= f"{day}T{clock}")
        later = [minute for minute in opens if minute >= at]
        return later[0] if later else opens[-1] + 60


def days_from(first: str, count: int) -> list[date]:
    """So many dates."""
    start = date.fromisoformat(first)
    return [start + timedelta(days=n) for n in range(count)]
