"""Dates, spans of time and durations as people say them, in English and in Chinese.

``now`` and ``tz`` (the desk's time zone) always come from the caller. Every function raises
:class:`ValueError` on what it does not understand, and nothing else.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

_UNITS: dict[str, int] = {}
for _seconds, _names in (
    (1, "s sec secs second seconds 秒 秒钟"),
    (60, "m min mins minute minutes 分 分钟"),
    (3600, "h hr hrs hour hours 时 小时 个小时 钟头 个钟头"),
    (86400, "d day days 天 日"),
    (604800, "w week weeks 周 个周 星期 个星期 礼拜 个礼拜"),
):
    _UNITS.update(dict.fromkeys(_names.split(), _seconds))

_NUMERALS = {"半": 0.5, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_NUMERALS.update({"六": 6, "七": 7, "八": 8, "九": 9, "十": 10})

_unit = "|".join(sorted(_UNITS, key=len, reverse=True))
# Patterns stay text until they are used: compiling them all would cost every start of the program.
_PIECE = rf"\s*(\d{{1,9}}(?:\.\d{{1,9}})?|[{''.join(_NUMERALS)}])\s*({_unit})\s*"

_TIMESTAMP = (
    r"(\d{4})-(\d\d)-(\d\d)[Tt ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?"
    r"\s*([Zz]|[+-]\d\d(?::?\d\d)?)?"
)
_CLOCK = r"(?:(.*?)\s+)?(\d{1,2}):(\d\d)(?::(\d\d))?"
_NUMERIC_DATE = r"(?:(\d{4})[-/])?(\d{1,2})[-/](\d{1,2})"
_CHINESE_DATE = r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]"
_YEAR = r"(\d{4})年?"
_MONTH = r"(\d{4})(?:[-/](\d{1,2})|年(\d{1,2})月)|(\d{1,2})月"

_DAYS = {"today": 0, "今天": 0, "今日": 0, "yesterday": -1, "昨天": -1, "昨日": -1, "前天": -2}
_DAYS.update({"tomorrow": 1, "明天": 1, "明日": 1, "后天": 2})
_WEEKS = {"this-week": 0, "本周": 0, "这周": 0, "last-week": -1, "上周": -1}
_WEEKS.update({"next-week": 1, "下周": 1})
_MONTHS = {"this-month": 0, "本月": 0, "这个月": 0, "last-month": -1, "上月": -1, "上个月": -1}
_MONTHS.update({"next-month": 1, "下月": 1, "下个月": 1})
_YEARS = {"this-year": 0, "今年": 0, "last-year": -1, "去年": -1, "next-year": 1, "明年": 1}

_RECENTLY = ("last ", "最近", "过去", "近")
_IN_DAYS = r"\s*[\d一二两三四五六七八九十]+\s*(?:d|days?|w|weeks?|天|日|个?周|个?星期|个?礼拜)\s*"
_DAY = timedelta(days=1)

_FIRST_YEAR, _LAST_YEAR = 1900, 9000
_LONGEST = timedelta(days=36525)
Span = tuple[datetime, datetime]


def parse_duration(text: str) -> timedelta:
    """A length of time: ``30s``, ``15m``, ``1h30m``, ``2 days``, ``1w``, ``3天``, ``半小时``.

    Never negative; a number without a unit is refused, and so is more than a hundred years.
    """
    if not text.strip():
        raise ValueError("no duration")
    at, seconds, lowered, pieces = 0, 0.0, text.lower(), re.compile(_PIECE)
    while at < len(lowered):
        piece = pieces.match(lowered, at)
        if piece is None:
            raise ValueError(f"not a duration: {text!r}")
        number = _NUMERALS.get(piece[1])
        seconds += (float(piece[1]) if number is None else number) * _UNITS[piece[2]]
        at = piece.end()
    if seconds > _LONGEST.total_seconds():
        raise ValueError(f"too long a duration: {text!r}")
    return timedelta(seconds=seconds)


def parse_relative(text: str, *, now: datetime, tz: tzinfo) -> datetime | None:
    """The moment that ``text`` names by its distance from now, or None when it is no such text.

    ``now``, ``现在``, ``-7d``, ``+2h``, ``7d ago``, ``in 2h``, ``3天前``, ``2小时后``. A distance
    counts elapsed time: ``-1d`` is 24 hours ago, also on the day the clocks change.
    """
    said = text.strip().lower()
    if said in ("now", "现在"):
        return now.astimezone(tz)
    sign, length = _distance(said)
    if sign == 0:
        return None
    step = parse_duration(length) * sign
    try:
        return _in_range((now.astimezone(UTC) + step).astimezone(tz))
    except OverflowError as error:
        raise ValueError(f"too far away: {text!r}") from error


def parse_moment(text: str, *, now: datetime, tz: tzinfo) -> datetime:
    """One instant, aware and in ``tz``: a timestamp, ``-7d``, ``昨天 14:30``, ``9:00``, ``now``.

    A span (a day, a week, a month) stands for its first instant.
    """
    moment = parse_relative(text, now=now, tz=tz)
    return parse_span(text, now=now, tz=tz)[0] if moment is None else moment


def parse_span(text: str, *, now: datetime, tz: tzinfo) -> Span:
    """The half-open range ``[start, end)`` that a date, a word or a timestamp covers, in ``tz``.

    Days begin at the first instant the local date holds, however the clocks change that night;
    weeks begin on Monday. A date without a year is of this year. A timestamp covers its second
    (its minute when it names no second), a relative moment one second.
    """
    said = text.strip()
    moment = parse_relative(said, now=now, tz=tz)
    if moment is not None:
        return moment, _later(moment, 1)
    stamp = re.fullmatch(_TIMESTAMP, said)
    if stamp:
        return _timestamp_span(stamp, tz)
    today = now.astimezone(tz).date()
    days = _dates(said.lower(), today)
    if days is not None:
        return _midnight(days[0], tz), _midnight(days[1], tz)
    clock = re.fullmatch(_CLOCK, said)
    if clock:
        return _clock_span(clock, today, tz)
    raise ValueError(f"not a date: {text!r}")


def parse_day(text: str, *, now: datetime, tz: tzinfo) -> date:
    """One day, in ``tz``: a date, a word for one, or the day of a moment; a longer span is none."""
    said = text.strip()
    days = _dates(said.lower(), now.astimezone(tz).date())
    if days is None:
        return parse_span(said, now=now, tz=tz)[0].date()
    day, after = days
    if after - day != timedelta(days=1) or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"not a day: {text!r}")
    return day


def _distance(said: str) -> tuple[int, str]:
    """(+1 or -1, the duration's text), or (0, "") when ``said`` is not relative."""
    if said[:1] in ("-", "+"):
        return (-1 if said[0] == "-" else 1), said[1:]
    for ending, sign in (("ago", -1), ("以前", -1), ("之前", -1), ("前", -1), ("以后", 1)):
        if said.endswith(ending):
            return sign, said.removesuffix(ending)
    for ending in ("之后", "后"):
        if said.endswith(ending):
            return 1, said.removesuffix(ending)
    return (1, said[3:]) if said.startswith("in ") else (0, "")


def _dates(said: str, today: date) -> tuple[date, date] | None:
    """The first day of what ``said`` names and the first day after it; None when no date."""
    try:
        return _named_dates(said, today) or _written_dates(said, today)
    except OverflowError as error:
        raise ValueError(f"no such date: {said!r}") from error


def _named_dates(said: str, today: date) -> tuple[date, date] | None:
    said = said.replace(" ", "-").replace("_", "-")
    if said in _DAYS:
        day = today + timedelta(days=_DAYS[said])
        return day, day + timedelta(days=1)
    if said in _WEEKS:
        monday = today + timedelta(days=7 * _WEEKS[said] - today.weekday())
        return monday, monday + timedelta(days=7)
    if said in _MONTHS:
        return _month(today.year * 12 + today.month - 1 + _MONTHS[said])
    if said in _YEARS:
        return _year(today.year + _YEARS[said])
    return None


def _written_dates(said: str, today: date) -> tuple[date, date] | None:
    year = re.fullmatch(_YEAR, said)
    if year:
        return _year(int(year[1]))
    month = re.fullmatch(_MONTH, said)
    if month:
        number = int(month[2] or month[3] or month[4])
        if not 1 <= number <= 12:
            raise ValueError(f"no such month: {said!r}")
        return _month((int(month[1]) if month[1] else today.year) * 12 + number - 1)
    written = re.fullmatch(_NUMERIC_DATE, said) or re.fullmatch(_CHINESE_DATE, said)
    if written:
        day = date(int(written[1] or today.year), int(written[2]), int(written[3]))
        return day, day + timedelta(days=1)
    return None


def _month(index: int) -> tuple[date, date]:
    """A month counted from year 0."""
    after = index + 1
    return date(index // 12, index % 12 + 1, 1), date(after // 12, after % 12 + 1, 1)


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year + 1, 1, 1)


def _midnight(day: date, tz: tzinfo) -> datetime:
    """The first instant of a local day: where clocks skip midnight, the instant they do."""
    start = datetime(day.year, day.month, day.day, tzinfo=tz)
    return _in_range(_through_utc(start, tz))


def _timestamp_span(stamp: re.Match[str], tz: tzinfo) -> Span:
    year, month, day, hour, minute = (int(part) for part in stamp.groups()[:5])
    zone = _zone(stamp[7]) if stamp[7] else tz
    start = _in_range(datetime(year, month, day, hour, minute, int(stamp[6] or 0), tzinfo=zone))
    start = _through_utc(start, tz)
    return start, _later(start, 1 if stamp[6] else 60)


def _zone(offset: str) -> tzinfo:
    if offset in "Zz":
        return UTC
    # fromisoformat knows every spelling of an offset and refuses those of a day and more.
    zone = datetime.fromisoformat(f"2000-01-01T00:00{offset}").tzinfo
    assert zone is not None
    return zone


def _clock_span(clock: re.Match[str], today: date, tz: tzinfo) -> Span:
    days = _dates((clock[1] or "today").lower(), today)
    if days is None or days[1] - days[0] != timedelta(days=1):
        raise ValueError(f"not a day: {clock[1]!r}")
    hour, minute, second = int(clock[2]), int(clock[3]), int(clock[4] or 0)
    day = days[0]
    start = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=tz)
    start = _through_utc(_in_range(start), tz)
    return start, _later(start, 1 if clock[4] else 60)


def _later(moment: datetime, seconds: int) -> datetime:
    """Elapsed seconds later; adding in UTC, since local clocks may jump."""
    return (moment.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(moment.tzinfo)


def _through_utc(moment: datetime, tz: tzinfo) -> datetime:
    """The same instant in ``tz``; a local time that the clocks skip becomes a real one."""
    return _in_range(moment).astimezone(UTC).astimezone(tz)


def _in_range(moment: datetime) -> datetime:
    """``moment``, when its year leaves room for arithmetic on either side."""
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError(f"year out of range: {moment.year}")
    return moment


def parse_period(text: str, *, now: datetime, tz: tzinfo) -> Span:
    """The half-open range that a person names to hear what came of it: ``昨天``, ``本周``, ``7d``.

    So many days or weeks are whole days, today the last of them; hours, or ``-2d``, are counted
    back from now.
    """
    said = text.strip()
    moment = parse_relative(said, now=now, tz=tz)
    if moment is not None:
        here = now.astimezone(tz)
        return min(moment, here), max(moment, here)
    length = said.lower()
    for word in _RECENTLY:
        length = length.removeprefix(word)
    try:
        back = parse_duration(length)
    except ValueError:
        return parse_span(said, now=now, tz=tz)
    if re.fullmatch(_IN_DAYS, length) is None:
        return (now - back).astimezone(tz), now.astimezone(tz)
    today = now.astimezone(tz).date()
    try:
        return _midnight(today - back + timedelta(days=1), tz), _midnight(today + _DAY, tz)
    except OverflowError as error:
        raise ValueError(f"too long ago: {text!r}") from error
