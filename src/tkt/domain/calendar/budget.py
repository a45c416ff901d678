"""How much time a promise gives: ``30s``, ``1h30m``, ``2d``, ``24h!``, ``2d!``, ``2d end_of_day``.

A length in hours, minutes and seconds is working time. Days are working days that keep the time of
day, or with ``end_of_day`` end when the last of them closes. A ``!`` makes it time by the clock on
the wall. Days and hours do not mix, and there are no weeks: nobody could say how much working time
they are; by the clock on the wall both are plain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from tkt.domain.calendar.working import Calendar

_DAY = 86400
_MOST_DAYS = 36525
_DAYS = r"(\d{1,5})\s*(?:d|days?|天|日|个工作日|工作日)"
_END = r"\s+end[_ ]of[_ ]day"
_MIXED = r"(?<![a-z])(?:d|days?|w|weeks?)(?![a-z])|[天日周拜]|星期"


class Budget(NamedTuple):
    """``seconds`` of time or whole ``days``; on the ``wall`` or of working time."""

    seconds: int = 0
    days: int = 0
    wall: bool = False
    end_of_day: bool = False

    @property
    def is_days(self) -> bool:
        """Whether it is told in days."""
        return self.days > 0 or self.end_of_day

    def due(self, calendar: Calendar, start: int) -> int:
        """When it is used up, for what begins at ``start``."""
        if self.wall:
            return start + self.seconds + self.days * _DAY
        if self.is_days:
            return calendar.add_days(start, self.days, end_of_day=self.end_of_day)
        return calendar.add(start, self.seconds)


def parse_budget(text: str) -> Budget:
    """A budget as a person writes it; ValueError for what is none.

    ``0d end_of_day`` is the close of the very day.
    """
    said = text.strip().lower()
    if ending := re.search(_END + "$", said):
        days = re.fullmatch(_DAYS, said[: ending.start()])
        if days is None:
            raise ValueError(f"only days have an end: {text!r}")
        return Budget(days=_few(days[1]), end_of_day=True)
    wall = said.endswith(("!", "！"))
    said = said.rstrip("!！").strip() if wall else said
    if (days := re.fullmatch(_DAYS, said)) and int(days[1]):
        return Budget(days=_few(days[1]), wall=wall)
    if not wall and re.search(_MIXED, said):
        raise ValueError(f"days and weeks of what? {text!r}")
    return Budget(_seconds(said), wall=wall)


def _few(days: str) -> int:
    if int(days) > _MOST_DAYS:
        raise ValueError(f"too many days: {days!r}")
    return int(days)


def _seconds(text: str) -> int:
    from tkt.domain.when import parse_duration

    length = parse_duration(text)
    if length.microseconds:
        raise ValueError(f"not whole seconds: {text!r}")
    return length.days * _DAY + length.seconds
