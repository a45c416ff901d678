"""Local times as UTC, however the clocks change: all as whole seconds.

A local time is counted in seconds since 1970-01-01 00:00 *on the local clock*. It stands for the
first instant at which the clock shows it or more: a time that comes twice is the first of the two,
a time that the clocks skip is the instant at which they skip it. So later times are never earlier
instants, and spans that follow each other leave no gap and do not overlap.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - what a local clock shows has no zone
_SECOND = timedelta(seconds=1)


def offset(local: int, zone: tzinfo, fold: int = 0) -> int:
    """How far the local clock is ahead of UTC at a local time; of one that comes twice, by fold."""
    shown = (_EPOCH + timedelta(seconds=local)).replace(fold=fold)
    found = zone.utcoffset(shown)
    assert found is not None
    return found // _SECOND


def steady(year: int, zone: tzinfo) -> int | None:
    """The offset all through a year, where the zone knows that no clock changes in it."""
    known = getattr(zone, "steady", None)
    found: timedelta | None = known(year) if known else None
    return None if found is None else found // _SECOND


def instant(local: int, zone: tzinfo) -> int:
    """The first instant at which the clock shows ``local`` or more."""
    before, after = offset(local, zone), offset(local, zone, 1)
    if before >= after:
        return local - before
    # In a gap: the change lies between where the clock before and the one after would put it.
    low, high = local - after, local - before
    while high - low > 1:
        middle = (low + high) // 2
        if local_of(middle, zone) - middle == after:
            high = middle
        else:
            low = middle
    return high


def local_of(at: int, zone: tzinfo) -> int:
    """What the local clock shows at an instant; ValueError or OverflowError beyond its years."""
    shown = datetime.fromtimestamp(at, zone)
    return (shown.replace(tzinfo=None) - _EPOCH) // _SECOND
