"""Calendars of a desk, or of a file: looking at them, reckoning with them, taking in holidays."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from tkt.domain.calendar import notice_files, parse_budget
from tkt.domain.calendar.days import Days
from tkt.domain.calendar.hours import WEEKDAYS, span_text
from tkt.domain.calendar.reading import parse
from tkt.domain.calendar.working import MAIN
from tkt.domain.change import worded
from tkt.domain.settings import Zone
from tkt.domain.shape import CAUTIONS
from tkt.domain.when import parse_moment, parse_span
from tkt.errors import NotFound, Refused, Remark, UsageProblem
from tkt.named import NamedTuple
from tkt.storage import yaml
from tkt.storage.dump import dump
from tkt.storage.layout import CALENDARS, CHINA
from tkt.storage.reading import from_outside, placed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tkt.domain.calendar import Calendar
    from tkt.domain.calendar.days import Day
    from tkt.errors import TktError
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved, Transaction

Row = dict[str, Any]
_ENDINGS = (".yaml", ".yml", ".json")


class Chosen(NamedTuple):
    """A calendar, and what its file has that is worth knowing."""

    calendar: Calendar
    cautions: Sequence[TktError] = ()


# -- finding ----------------------------------------------------------------------------------


def chosen(word: str | None, *, folder: str, desk: Desk | None) -> Chosen:
    """The desk's calendar called ``word``, or that of a file; for None ``main``, or else the first.

    A file needs no ``desk``; in one, it knows the holidays that the desk knows.
    """
    if word is not None and _is_path(word, folder, desk):
        return _of_file(os.path.join(folder, word), word, desk)
    if desk is None:
        raise NotFound("calendar.no_desk", name=word or MAIN)
    return Chosen(named(desk, word))


def _is_path(word: str, folder: str, desk: Desk | None) -> bool:
    if "/" in word or word.endswith(_ENDINGS):
        return True
    there = os.path.isfile(os.path.join(folder, word))
    return there and (desk is None or desk.settings.calendar(word) is None)


def _of_file(path: str, shown: str, desk: Desk | None) -> Chosen:
    raw = from_outside(path, shown=shown)
    name = os.path.splitext(os.path.basename(path))[0]
    published = desk.settings.published if desk is not None else ()
    calendar, found = parse(yaml.load(raw, path=shown), name=name, published=published)
    faults = placed(found, raw, shown)
    if calendar is None:
        raise next(fault for fault in faults if fault.key not in CAUTIONS)
    return Chosen(calendar, faults)


def named(desk: Desk, word: str | None) -> Calendar:
    """A calendar of the desk by its name or label; BadData if its file is what is wrong."""
    known = desk.settings.calendars
    wanted = (word or MAIN).casefold()
    for calendar in known:
        if wanted in {text.casefold() for text in (calendar.name, *calendar.label)}:
            return calendar
    for fault in desk.known_setting_faults:
        if fault.path == f"{CALENDARS}/{word or MAIN}.yaml" and fault.key not in CAUTIONS:
            raise fault
    if word is None and known:
        return known[0]
    word = word or MAIN
    words = [text for calendar in known for text in {calendar.name, *calendar.label}]
    close = get_close_matches(word, words, 1, 0.5)
    key = "calendar.none_like" if close else "calendar.none"
    names = ", ".join(calendar.name for calendar in known)
    raise NotFound(key, name=word, close=close[0] if close else "", known=names)


# -- looking ----------------------------------------------------------------------------------


def overview(desk: Desk, *, now: datetime) -> list[Row]:
    """Every calendar of the desk, and whether it is open."""
    at = int(now.timestamp())
    rows = []
    for calendar in desk.settings.calendars:
        is_open = calendar.is_open(at)
        opening = None if is_open else _local(calendar, calendar.next_opening(at))
        rows.append({**_said(calendar), "open_now": is_open, "next_opening": opening})
    return rows


def _said(calendar: Calendar) -> Row:
    zh, en = calendar.label
    return {
        "name": calendar.name,
        "label": {"zh": zh, "en": en},
        "timezone": calendar.timezone,
        "workdays": calendar.data.get("workdays", "none"),
        "hours": _hours(calendar),
    }


def _hours(calendar: Calendar) -> dict[str, list[str]]:
    week = Days(calendar.data, {}).week
    return {
        name: [span_text(span) for span in day.spans]
        for name, day in zip(WEEKDAYS, week, strict=True)
    }


def look(calendar: Calendar, *, year: str | None, month: str | None, now: datetime) -> Row:
    """What a calendar says of a year (this one unless another is named) or of a month.

    ``days`` are all days of a month, and those of a year that are not as their weekday.
    """
    if year is not None and month is not None:
        raise UsageProblem("calendar.year_or_month")
    zone = Zone(calendar.timezone)
    text = month or year or str(now.astimezone(zone).year)
    first, after = _period(text, of_month=month is not None, now=now, zone=zone)
    days = Days(calendar.data, calendar.notices)
    special = days.special(first.year)
    start, end = (
        int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())
        for day in (first, after)
    )
    dates = [first + timedelta(days=n) for n in range((after - first).days)]
    of_day = {day: special.get(day) or days.week[day.weekday()] for day in dates}
    told = dates if month is not None else [day for day in dates if day in special]
    notice = calendar.notices.get(first.year) if calendar.is_chinese else None
    return {
        **_said(calendar),
        "period": f"{first:%Y-%m}" if month is not None else f"{first:%Y}",
        "open_days": sum(bool(day.spans) for day in of_day.values()),
        "seconds": calendar.between(start, end),
        "unpublished": list(calendar.unpublished(start, end)),
        "source": list(notice.source) if notice else [],
        "days": [_day_row(day, of_day[day]) for day in told],
    }


def _day_row(day: date, of_day: Day) -> Row:
    return {
        "date": day,
        "weekday": WEEKDAYS[day.weekday()],
        "kind": of_day.kind,
        "name": of_day.name or None,
        "hours": [span_text(span) for span in of_day.spans],
    }


def _period(text: str, *, of_month: bool, now: datetime, zone: Zone) -> tuple[date, date]:
    """The first day of a year or month, and the first day after it."""
    try:
        start, end = (at.astimezone(zone).date() for at in parse_span(text, now=now, tz=zone))
    except ValueError:
        start = end = date.min
    months = (end.year - start.year) * 12 + end.month - start.month
    whole = start.day == end.day == 1
    if not whole or months != (1 if of_month else 12) or (not of_month and start.month != 1):
        key = "calendar.not_month" if of_month else "calendar.not_year"
        raise UsageProblem(key, value=text)
    return start, end


# -- reckoning --------------------------------------------------------------------------------


def add(calendar: Calendar, start: str, duration: str, *, end_of_day: bool, now: datetime) -> Row:
    """When a length of working time (or with ``!`` of any time) from ``start`` is over."""
    at = _moment(calendar, start, now)
    try:
        budget = parse_budget(f"{duration} end_of_day" if end_of_day else duration)
    except ValueError as error:
        key = "calendar.not_days" if end_of_day else "calendar.not_budget"
        raise UsageProblem(key, value=duration) from error
    due = budget.due(calendar, at)
    return {
        "at": _local(calendar, due),
        "calendar": calendar.name,
        "start": _local(calendar, at),
        "duration": duration,
        "seconds": calendar.between(at, due),
        "unpublished": [] if budget.wall else list(calendar.unpublished(at, due)),
    }


def between(calendar: Calendar, start: str, end: str, *, now: datetime) -> Row:
    """How much working time lies between two moments; none if the second is the earlier."""
    first, last = (_moment(calendar, text, now) for text in (start, end))
    return {
        "seconds": calendar.between(first, last),
        "calendar": calendar.name,
        "start": _local(calendar, first),
        "end": _local(calendar, last),
        "unpublished": list(calendar.unpublished(first, last)),
    }


def _moment(calendar: Calendar, text: str, now: datetime) -> int:
    try:
        return int(parse_moment(text, now=now, tz=Zone(calendar.timezone)).timestamp())
    except ValueError as error:
        raise UsageProblem("env.bad_time", value=text) from error


def _local(calendar: Calendar, at: int) -> datetime:
    return datetime.fromtimestamp(at, Zone(calendar.timezone))


def remarks_on(row: Mapping[str, Any]) -> Iterator[Remark]:
    """What whoever gets such a row has to be told."""
    for year in row["unpublished"]:
        yield Remark("calendar.unpublished_year", year=year)


# -- holidays ---------------------------------------------------------------------------------


def read(path: str, *, shown: str) -> bytes:
    """A file to import, as it stands."""
    return from_outside(path, shown=shown)


def import_notice(
    desk: Desk, raw: bytes, *, shown: str, acting: Acting
) -> tuple[Row, Saved | None]:
    """Take a year's holidays out of a JSON file of holiday-cn; no commit if they are known."""
    found, fault = notice_files.from_holiday_cn(yaml.load(raw, path=shown))
    if fault is not None and fault.key == "calendar.no_days":
        raise Refused("calendar.no_days", **fault.params)
    if found is None:
        assert fault
        raise placed([fault], raw, shown)[0]
    target = f"{CHINA}/{found['year']}.yaml"
    content = dump(found).encode()

    def decide(run: Transaction) -> Saved | None:
        if any(edited == target for edited, _ in desk.tree.edited_files(CALENDARS)):
            raise Refused("calendar.edited", path=target)
        if desk.tree.read(target) == content:
            return None
        subject = f"import China's holidays of {found['year']}"
        trailers = (("Action", "import-holidays"), ("Actor", acting.by))
        message = worded(subject, trailers, reason=" ".join(found.get("source", ())) or None)
        return run.save_files({target: content}, message, person=acting.person, now=acting.now)

    saved = desk.write(decide, acting.grouping("calendar"))
    row = {
        "year": found["year"], "path": target,
        "off": len(found["off"]), "work": len(found.get("work", ())),
    }  # fmt: skip
    return row, saved
