"""The moments that other systems write down, in the spellings of databases and spreadsheets."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from unicodedata import normalize

from tkt.domain.when import parse_moment

if TYPE_CHECKING:
    from datetime import tzinfo

_YEARS = range(1971, 9999)
_DAY = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?"
_HALF = r"上午|下午|凌晨|早上|中午|晚上|[AaPp]\.?[Mm]\.?"
_CLOCK = (
    rf"(?:[\sTt,]*(?:星期.|周.|\([^)]*\))?\s*({_HALF})?\s*(\d{{1,2}})\s*[:时点]\s*(\d{{1,2}})\s*分?"
    rf"(?:\s*:?\s*(\d{{1,2}})\s*秒?(?:[.,]\d{{1,9}})?)?\s*({_HALF})?)?"
)
_OFFSET = r"\s*([Zz]|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?"
_WRITTEN = re.compile(_DAY + _CLOCK + _OFFSET).fullmatch
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?").fullmatch
_LATE = ("下", "晚", "p")


def read_moment(text: str, *, now: datetime, tz: tzinfo) -> datetime:
    """The instant, aware, to the second and in ``tz``; without an offset it is one of ``tz``.

    ValueError for what is no time, also for a day that may be meant in two ways (``11/12/2026``).
    """
    said = text.strip()
    try:
        moment = datetime.fromisoformat(said) if said[4:5] == "-" else _written(said, tz)
    except ValueError:
        moment = _written(said, tz)
    if moment is None:
        moment = parse_moment(said, now=now, tz=tz)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=tz)
    if moment.year not in _YEARS:
        raise ValueError(f"year out of range: {moment.year}")
    # By way of UTC: an hour that the clocks skip becomes one that there was.
    return moment.replace(microsecond=0).astimezone(UTC).astimezone(tz)


def _written(said: str, tz: tzinfo) -> datetime | None:
    """A date written out, the year first, with or without a clock; None if it is no such text."""
    said = normalize("NFKC", said)
    compact = _COMPACT(said)
    if compact:
        return datetime(*(int(part or 0) for part in compact.groups()), tzinfo=tz)  # type: ignore[misc, arg-type]
    found = _WRITTEN(said)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups()[:3])
    hour, minute, second = int(found[5] or 0), int(found[6] or 0), int(found[7] or 0)
    half = (found[4] or found[8] or "").lower()
    if half.startswith(_LATE) or (half == "中午" and hour < 11):
        hour = hour + 12 if hour < 12 else hour
    elif half and half != "中午" and hour == 12:
        hour = 0
    zone = tz
    if offset := found[9]:
        zone = UTC if offset.isalpha() else datetime.strptime(offset, "%z").tzinfo or tz
    return datetime(year, month, day, hour, minute, second, tzinfo=zone)
