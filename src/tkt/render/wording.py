"""Times and lengths of time as people say them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tkt.texts import say

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_MONTH = 30
"""Days after which nobody counts them: a date says more."""


def span_text(length: timedelta) -> str:
    """``3 分钟``, ``2 小时 5 分``, ``4 天``: two units at the most."""
    seconds = abs(int(length.total_seconds()))
    if _HOUR <= seconds < 10 * _HOUR and seconds % _HOUR >= _MINUTE:
        return say("span.hours_minutes", h=seconds // _HOUR, m=seconds % _HOUR // _MINUTE)
    return rough_text(length)


def length_text(seconds: int) -> str:
    """``3 天 4 小时``, ``2 小时 5 分钟``, ``40 秒``: the two largest units, for reports."""
    units = (("days", _DAY), ("hours", _HOUR), ("minutes", _MINUTE), ("seconds", 1))
    left = abs(seconds)
    told: list[str] = []
    for name, size in units:
        count, left = divmod(left, size)
        if count or told:
            told.append(say(f"span.{name}", n=count) if count else "")
    shown = " ".join(part for part in told[:2] if part)
    return ("-" if seconds < 0 else "") + (shown or say("span.seconds", n=0))


def rough_text(length: timedelta) -> str:
    """``3 分钟``, ``2 小时``, ``4 天``: enough where many stand below each other."""
    seconds = abs(int(length.total_seconds()))
    if seconds < _MINUTE:
        return say("span.seconds", n=seconds)
    if seconds < _HOUR:
        return say("span.minutes", n=seconds // _MINUTE)
    if seconds < 2 * _DAY:
        return say("span.hours", n=seconds // _HOUR)
    return say("span.days", n=seconds // _DAY)


def moment_text(at: datetime, *, now: datetime, tz: tzinfo | None) -> str:
    """How long ago, or in how long, roughly; beyond a month the date in the zone ``tz``."""
    difference = now - at
    if abs(difference.total_seconds()) < _MINUTE:
        return say("moment.now")
    if abs(difference.days) > _MONTH:
        return f"{at.astimezone(tz):%Y-%m-%d}"
    return say("moment.ago" if at < now else "moment.ahead", span=rough_text(difference))


def due_text(at: datetime, *, now: datetime, tz: tzinfo | None) -> str:
    """In how long something is to happen, or for how long it should have happened."""
    late = now - at
    if late.total_seconds() < _MINUTE:
        return moment_text(at, now=now, tz=tz)
    return say("moment.late", span=rough_text(late))


def clock_text(at: datetime, *, now: datetime, tz: tzinfo | None) -> str:
    """The day as people call it, and the hour: ``今天 14:05``, ``11-20 14:05``."""
    local, here = at.astimezone(tz), now.astimezone(tz)
    if local.year != here.year:
        return f"{local:%Y-%m-%d %H:%M}"
    named = {-1: "day.yesterday", 0: "day.today", 1: "day.tomorrow"}
    days = (local.date() - here.date()).days
    day = say(named[days]) if days in named else f"{local:%m-%d}"
    return f"{day} {local:%H:%M}"


def exact_text(at: datetime, *, now: datetime, tz: tzinfo | None, due: bool = False) -> str:
    """Day and hour, and how long ago that is or, if it is ``due``, how late."""
    clock = clock_text(at, now=now, tz=tz)
    if abs((now - at).days) > _MONTH:
        return clock
    ago = due_text(at, now=now, tz=tz) if due else moment_text(at, now=now, tz=tz)
    return say("moment.exact", clock=clock, ago=ago)


def day_text(day: date, *, today: date) -> str:
    """The heading of a day: ``今天 11月21日 周六``; the year where it is another."""
    text = say(
        "day.date",
        weekday=say("day.weekdays").split()[day.weekday()],
        month=say("day.months").split()[day.month - 1],
        day=day.day,
    )
    if day.year != today.year:
        return say("day.of_year", date=text, year=day.year)
    named = {-1: "day.yesterday", 0: "day.today"}
    days = (day - today).days
    return f"{say(named[days])} {text}" if days in named else text


def period_text(since: datetime, until: datetime, *, now: datetime, tz: tzinfo) -> str:
    """A stretch of time, ``until`` not in it: a day, two days, or to the minute."""
    first, last = since.astimezone(tz), (until - timedelta(seconds=1)).astimezone(tz)
    are_days = not any((first.time().hour, first.minute, first.second, last.second != 59))
    ends_at_midnight = until.astimezone(tz).hour == 0
    if first.date() == last.date() and ends_at_midnight and are_days:
        return day_text(first.date(), today=now.astimezone(tz).date())
    if are_days and ends_at_midnight:
        return f"{first:%Y-%m-%d} – {last:%Y-%m-%d}"
    return f"{first:%Y-%m-%d %H:%M} – {until.astimezone(tz):%Y-%m-%d %H:%M}"
