"""Times and lengths of time as people say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.texts import say

if TYPE_CHECKING:
    from datetime import datetime, timedelta, tzinfo

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def span_text(length: timedelta) -> str:
    """``3 分钟``, ``2 小时 5 分``, ``4 天``: two units at the most."""
    seconds = abs(int(length.total_seconds()))
    if seconds < _MINUTE:
        return say("span.seconds", n=seconds)
    if seconds < _HOUR:
        return say("span.minutes", n=seconds // _MINUTE)
    if seconds < 10 * _HOUR and seconds % _HOUR >= _MINUTE:
        return say("span.hours_minutes", h=seconds // _HOUR, m=seconds % _HOUR // _MINUTE)
    if seconds < 2 * _DAY:
        return say("span.hours", n=seconds // _HOUR)
    return say("span.days", n=seconds // _DAY)


def moment_text(at: datetime, *, now: datetime, tz: tzinfo | None) -> str:
    """How long ago, or in how long; beyond a month the date in the zone ``tz``."""
    difference = now - at
    if abs(difference.total_seconds()) < _MINUTE:
        return say("moment.now")
    if abs(difference.days) > 30:
        return f"{at.astimezone(tz):%Y-%m-%d}"
    return say("moment.ago" if at < now else "moment.ahead", span=span_text(difference))
