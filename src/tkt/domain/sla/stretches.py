"""What part of a ticket's time counts: the states it was in, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.calendar.working import Calendar

Mode = Literal["counts", "pauses", "over"]
"""Of time in a state: it counts, does not count for a pausable clock, counts for none."""


class Stretches:
    """The stretches of a ticket's life, each with what time in it is to a clock."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.modes: list[Mode] = []

    def enter(self, at: int, mode: Mode) -> None:
        """From ``at`` on time is of this mode."""
        if not self.modes or self.modes[-1] != mode:
            self.starts.append(at)
            self.modes.append(mode)

    @property
    def mode(self) -> Mode:
        """What time is now."""
        return self.modes[-1] if self.modes else "over"

    def counts(self, *, pausable: bool) -> bool:
        """Whether time counts now, for a clock that can be paused or not."""
        return self.mode == "counts" or (self.mode == "pauses" and not pausable)

    def counted(
        self, start: int, end: int | None, *, pausable: bool
    ) -> Iterator[tuple[int, int | None]]:
        """The pieces of ``[start, end)`` that count; None is no end, also of the last piece."""
        last = len(self.starts) - 1
        for i, begins in enumerate(self.starts):
            if end is not None and begins >= end and i:
                return
            mode = self.modes[i]
            if mode == "over" or (mode == "pauses" and pausable):
                continue
            ends = self.starts[i + 1] if i < last else None
            if end is not None and (ends is None or ends > end):
                ends = end
            piece = max(begins, start)
            if ends is None or ends > piece:
                yield piece, ends

    def elapsed(self, calendar: Calendar, start: int, end: int, *, pausable: bool) -> int:
        """Working seconds of ``[start, end)`` that count."""
        between = calendar.between
        pieces = self.counted(start, end, pausable=pausable)
        return sum([between(begins, end if ends is None else ends) for begins, ends in pieces])

    def reach(
        self, calendar: Calendar, start: int, seconds: int, until: int | None, *, pausable: bool
    ) -> int | None:
        """The earliest instant at which so many working seconds since ``start`` have counted.

        From ``until`` on (None: from the last change of state on) things are taken to stay as they
        were: None if time stood still then and they were not reached before.
        """
        left = seconds
        for begins, ends in self.counted(start, until, pausable=pausable):
            if ends is not None and ends != until:
                counted = calendar.between(begins, ends)
                if counted < left:
                    left -= counted
                    continue
            return calendar.add(begins, left)
        if until is None or start < until:
            return None
        return calendar.add(start, seconds)  # it began and ended at one instant
