"""When something is delivered: after quiet hours, gathered in a digest, tried again after failing.

``now`` is always aware; hours of the clock are those of the zone ``tz``.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, tzinfo

from tkt.domain.when import parse_duration
from tkt.named import NamedTuple

BACK_OFF = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440))
"""How long to wait after the first failure, the second, and so on; after the last none is tried."""

_CLOCK = r"([01]?\d|2[0-3]):([0-5]\d)"
_MIDNIGHT = time.min


class Quiet(NamedTuple):
    """Hours of the day in which nobody is disturbed; they may go over midnight."""

    start: time
    end: time


class Digest(NamedTuple):
    """When gathered notices go out: ``every`` so often from midnight on, or once a day ``at``."""

    every: timedelta | None
    at: time | None


def parse_quiet(text: str) -> Quiet:
    """``22:00-08:00``; ValueError if it is none."""
    found = re.fullmatch(rf"\s*{_CLOCK}\s*-\s*{_CLOCK}\s*", text)
    if not found:
        raise ValueError(text)
    quiet = Quiet(_clock(found[1], found[2]), _clock(found[3], found[4]))
    if quiet.start == quiet.end:
        raise ValueError(text)
    return quiet


def parse_digest(text: str) -> Digest:
    """``30m``, ``daily 09:00``, ``每天 09:00``; ValueError if it is none."""
    daily = re.fullmatch(rf"\s*(?:daily|每天)\s*{_CLOCK}\s*", text)
    if daily:
        return Digest(None, _clock(daily[1], daily[2]))
    every = parse_duration(text)
    if not timedelta(minutes=1) <= every <= timedelta(days=1):
        raise ValueError(text)
    return Digest(every, None)


def quiet_until(quiet: Quiet, now: datetime, tz: tzinfo) -> datetime | None:
    """When the quiet that there is now ends; None if there is none."""
    local = now.astimezone(tz)
    start, end = quiet
    clock = local.timetz().replace(tzinfo=None)
    inside = start <= clock < end if start < end else clock >= start or clock < end
    return _next(end, local, tz) if inside else None


def digest_at(digest: Digest, now: datetime, tz: tzinfo) -> datetime:
    """When what happens now goes out."""
    local = now.astimezone(tz)
    if digest.at is not None:
        return _next(digest.at, local, tz)
    assert digest.every is not None
    midnight = _at(local, _MIDNIGHT, tz)
    passed = (now - midnight) // digest.every + 1
    return min(midnight + passed * digest.every, _next(_MIDNIGHT, local, tz))


def _clock(hour: str, minute: str) -> time:
    return _MIDNIGHT.replace(hour=int(hour), minute=int(minute))


def _next(clock: time, local: datetime, tz: tzinfo) -> datetime:
    """The next instant at which the clock shows this, later than ``local``."""
    found = _at(local, clock, tz)
    return found if found > local.astimezone(UTC) else _at(local + timedelta(days=1), clock, tz)


def _at(day: datetime, clock: time, tz: tzinfo) -> datetime:
    return datetime.combine(day.date(), clock, tzinfo=tz).astimezone(UTC)
