"""What people type for people, days and hours, in any order: ``lin mon-fri 09:00-18:00``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tkt.domain.calendar.hours import WEEKDAYS, read_span, read_weekdays
from tkt.domain.when import parse_day, parse_span
from tkt.errors import UsageProblem
from tkt.named import NamedTuple
from tkt.services import naming

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from tkt.domain.settings import Settings

_HOURS = r"\d{1,2}:\d\d\s*[-–~]\s*\d{1,2}:\d\d"
_CHINESE = dict(zip("一二三四五六日天", (*WEEKDAYS, "sun"), strict=True))
_NAMED = {"每天": "mon-sun", "工作日": "mon-fri", "周末": "sat-sun", "daily": "mon-sun",
          "weekdays": "mon-fri", "weekend": "sat-sun"}  # fmt: skip
_WEEK, _DAY_OF_IT = "(?:周|星期|礼拜)", "([一二三四五六日天])"
_CHINESE_DAYS = rf"{_WEEK}{_DAY_OF_IT}(?:[-–~至到]{_WEEK}?{_DAY_OF_IT})?"


class Words(NamedTuple):
    """What was typed: people, days of the week, single days, a range of days, hours."""

    agents: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    since: date | None = None
    until: date | None = None
    hours: tuple[str, ...] = ()


def read(words: Sequence[str], settings: Settings, *, me: str, now: datetime) -> Words:
    """Each word for what it looks like; one that looks like nothing else is somebody's name.

    An agent whose id is also a day's name is meant by it: the day can be said otherwise.
    """
    found = Words()
    ids = {agent.id.casefold(): agent.id for agent in settings.agents}
    for text in words:
        word = text.strip()
        if word.casefold() in ids:
            found = found._replace(agents=(*found.agents, ids[word.casefold()]))
        elif re.fullmatch(_HOURS, word):
            found = found._replace(hours=(*found.hours, _hours(word)))
        elif days := _weekdays(word):
            found = found._replace(days=(*found.days, days))
        elif ".." in word:
            first, _, last = word.partition("..")
            since, until = (day(each, settings, now=now) for each in (first, last))
            if until < since:
                raise UsageProblem("roster.reversed", value=word)
            found = found._replace(since=since, until=until)
        elif (single := _day(word, settings, now)) is not None:
            found = found._replace(dates=(*found.dates, single))
        elif _weekdays(re.split("[,，、]", word)[0]):
            raise UsageProblem("roster.blanks", value=word)
        else:
            who = me if word in naming.ME_WORDS else word
            found = found._replace(agents=(*found.agents, naming.agent_named(settings, who)))
    return found


def day(text: str, settings: Settings, *, now: datetime) -> date:
    """One day; UsageProblem if it is none."""
    found = _day(text, settings, now)
    if found is None:
        raise UsageProblem("roster.no_day", value=text)
    return found


def first_day(text: str | None, settings: Settings, *, now: datetime) -> date:
    """A day, or the first one of what ``text`` names (``下周``, ``2026-11``); today for None."""
    if text is None:
        return now.astimezone(settings.zone).date()
    try:
        return parse_span(text, now=now, tz=settings.zone)[0].astimezone(settings.zone).date()
    except ValueError as error:
        raise UsageProblem("roster.no_day", value=text) from error


def _day(text: str, settings: Settings, now: datetime) -> date | None:
    try:
        return parse_day(text, now=now, tz=settings.zone)
    except ValueError:
        return None


def _hours(text: str) -> str:
    """``9:00-18:00`` as files have it."""
    try:
        start, end = read_span(text)
    except ValueError as error:
        raise UsageProblem("roster.no_hours", value=text) from error
    if start == end:
        raise UsageProblem("roster.no_hours", value=text)
    return "-".join(part.strip().zfill(5) for part in re.split("[-–~]", text))


def _weekdays(word: str) -> str | None:
    """``mon-fri`` for it and for ``周一至周五``; None if it is no such word."""
    said = _NAMED.get(word.lower(), word.lower())
    if match := re.fullmatch(_CHINESE_DAYS, said):
        said = "-".join(_CHINESE[char] for char in match.groups() if char)
    try:
        read_weekdays(said)
    except ValueError:
        return None
    return said
