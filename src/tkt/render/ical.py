"""Shifts and leave as iCalendar (RFC 5545), as phones subscribe to it.

Times are in UTC, so that no phone has to know the desk's time zone; leave is whole days. An event
is the same one whenever it is given out: its UID is made of what it is.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tkt.domain.settings import Settings

_OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def document(
    found: Iterable[Mapping[str, Any]], settings: Settings, *, agent: str | None, now: datetime
) -> Iterator[str]:
    """The lines of a file of shifts and leave (of one agent or all), each with its end."""
    for line in _lines(found, settings, agent, now):
        yield from _folded(line)


def _lines(
    rows: Iterable[Mapping[str, Any]], settings: Settings, agent: str | None, now: datetime
) -> Iterator[str]:
    names = {one.id: one.name for one in settings.agents}
    title = say("roster.ical_title", desk=settings.name)
    if agent is not None:
        title = f"{names.get(agent, agent)} {title}"
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//tkt//roster//EN"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{_escaped(title)}"
    yield f"X-WR-TIMEZONE:{_escaped(settings.timezone)}"
    for found in rows:
        yield "BEGIN:VEVENT"
        yield f"DTSTAMP:{_utc(int(now.timestamp()))}"
        yield from _shift(found, names) if found["kind"] == "shift" else _leave(found, names)
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _shift(found: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    stint = found["stint"]
    clock = f"{stint.start // 3600:02}{stint.start % 3600 // 60:02}"
    yield f"UID:{_uid('shift', stint.agent, stint.day.isoformat(), clock)}"
    yield f"DTSTART:{_utc(found['start'])}"
    yield f"DTEND:{_utc(found['end'])}"
    who = names.get(stint.agent, stint.agent)
    what = stint.name or say("roster.ical_shift")
    yield f"SUMMARY:{_escaped(f'{who} {what}')}"
    if stint.instead_of:
        other = names.get(stint.instead_of, stint.instead_of)
        yield f"DESCRIPTION:{_escaped(say('roster.ical_instead', other=other))}"


def _leave(found: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    leave = found["leave"]
    yield f"UID:{_uid('leave', leave.agent, leave.since.isoformat(), leave.until.isoformat())}"
    yield f"DTSTART;VALUE=DATE:{leave.since:%Y%m%d}"
    # The end of whole days is the first day that is none.
    yield f"DTEND;VALUE=DATE:{leave.until + timedelta(days=1):%Y%m%d}"
    who = names.get(leave.agent, leave.agent)
    yield f"SUMMARY:{_escaped(f'{who} ' + (leave.reason or say('roster.leave')))}"
    yield "TRANSP:TRANSPARENT"


def _uid(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32] + "@tkt.roster"


def _utc(second: int) -> str:
    return f"{datetime.fromtimestamp(second, UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    kept = "".join(char for char in text if char >= " " or char == "\n")
    return kept.translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """A line of at most 75 octets, and its rest on lines that begin with a blank."""
    room, part = _OCTETS, ""
    for char in line:
        size = len(char.encode())
        if size > room:
            yield f"{part}\r\n"
            part, room = " ", _OCTETS - 1
        part += char
        room -= size
    yield f"{part}\r\n"
