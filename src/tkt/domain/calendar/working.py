"""A business calendar as everybody else uses it: instants in, instants and seconds out.

All instants are whole seconds of UTC since 1970. What the calendar's file says is kept as plain
data; nothing is computed before somebody reckons with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tkt.domain.calendar.line import Line
    from tkt.domain.calendar.notices import Notice

DEFAULT_ZONE = "Asia/Shanghai"
MAIN = "main"
"""What a desk's calendar is called where nobody says which."""
_ALWAYS: Mapping[str, Any] = {"hours": {"mon-sun": ["00:00-24:00"]}}


class Calendar:
    """A calendar by what its file says, which is sound.

    ``published`` are the notices of China's public holidays that the desk has on its own, as their
    files say them: each goes before the shipped one of its year.
    """

    __slots__ = ("_line", "data", "name", "published")

    def __init__(
        self, name: str, data: Mapping[str, Any], published: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        self.name = name
        self.data = data
        self.published = published
        self._line: Line | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Calendar):
            return NotImplemented
        mine = (self.name, self.data, list(self.published))
        return mine == (other.name, other.data, list(other.published))

    def __hash__(self) -> int:
        return hash((self.name, self.timezone))

    def __repr__(self) -> str:
        return f"Calendar({self.name!r}, {self.data!r})"

    # -- what it says -------------------------------------------------------------------------

    @property
    def timezone(self) -> str:
        """The name of its time zone."""
        return str(self.data.get("timezone", DEFAULT_ZONE))

    @property
    def label(self) -> tuple[str, str]:
        """What people call it, in Chinese and English."""
        from tkt.domain.spec.nested import labels

        return labels(self.data.get("label"), self.name)

    @property
    def is_chinese(self) -> bool:
        """Whether it follows China's public holidays and make-up days."""
        return self.data.get("workdays") == "china"

    @property
    def notices(self) -> Mapping[int, Notice]:
        """China's holidays by year, as published until now, for what the desk knows."""
        from tkt.domain.calendar.notices import all_notices

        return all_notices(self.published)

    # -- reckoning ----------------------------------------------------------------------------

    def between(self, start: int, end: int) -> int:
        """Working seconds in ``[start, end)``; 0 if it ends before it starts."""
        return (self._line or self.line).between(start, end) if end > start else 0

    def add(self, start: int, seconds: int) -> int:
        """The earliest instant at which working time since ``start`` reaches ``seconds``.

        That is ``start`` itself for no time or less, and a closing time rather than the opening
        after it. Refused where it would take decades.
        """
        return (self._line or self.line).add(start, seconds) if seconds > 0 else start

    def add_days(self, start: int, days: int, *, end_of_day: bool = False) -> int:
        """So many working days later at the same time of day; ``start`` itself for none.

        A start outside hours counts from the next opening, and a result outside hours waits for
        the next opening of its day, or is its last closing where there is none. With
        ``end_of_day`` it is the last closing, of the first day where there are no ``days``.
        """
        if days <= 0 and not end_of_day:
            return start
        return self.line.after_days(start, max(days, 0), end_of_day=end_of_day)

    def next_opening(self, at: int) -> int:
        """``at`` itself if that is working time, else when it next begins."""
        return self.line.opening(at)

    def is_open(self, at: int) -> bool:
        """Whether ``at`` is working time."""
        return self.line.is_open(at)

    def unpublished(self, start: int, end: int) -> tuple[int, ...]:
        """The years of ``[start, end)`` whose holidays matter and are not published yet.

        They are reckoned by plain weekdays, which whoever uses the result has to be told.
        """
        if not self.is_chinese:
            return ()
        years = range(self.line.year_of(start), self.line.year_of(max(start, end - 1)) + 1)
        known = self.notices
        return tuple(year for year in years if year not in known)

    @property
    def line(self) -> Line:
        """Its compiled years."""
        if self._line is None:
            from tkt.domain.calendar.days import Days
            from tkt.domain.calendar.line import Line
            from tkt.domain.settings import Zone

            days = Days(self.data, self.notices if self.is_chinese else {})
            self._line = Line(self.name, days, Zone(self.timezone))
        return self._line


class _Always(Calendar):
    """Time by the clock on the wall."""

    __slots__ = ()

    def between(self, start: int, end: int) -> int:
        """All the seconds."""
        return max(end - start, 0)

    def add(self, start: int, seconds: int) -> int:
        """So many seconds later."""
        return start + max(seconds, 0)

    def add_days(self, start: int, days: int, *, end_of_day: bool = False) -> int:
        """So many times 24 hours later; a day ends at midnight UTC."""
        found = start + max(days, 0) * 86400
        return found - found % 86400 + 86400 if end_of_day else found

    def next_opening(self, at: int) -> int:
        """Now."""
        return at

    def is_open(self, at: int) -> bool:
        """Always."""
        return True

    def unpublished(self, start: int, end: int) -> tuple[int, ...]:
        """None: it knows no holidays."""
        return ()


ALWAYS: Calendar = _Always("always", {"timezone": "UTC", **_ALWAYS})
"""The calendar that is always open."""


def open_always(timezone: str = DEFAULT_ZONE) -> Calendar:
    """The calendar of a desk that has none: open day and night, by the desk's own clock."""
    return Calendar(MAIN, {"timezone": timezone, **_ALWAYS})
