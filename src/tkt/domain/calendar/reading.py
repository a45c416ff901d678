"""A file of calendars/ as a Calendar, with every mistake in it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from tkt.domain.calendar.dates import DATE, is_date
from tkt.domain.calendar.hours import (
    WEEKDAYS,
    Span,
    is_short,
    read_span,
    read_weekdays,
    span_text,
)
from tkt.domain.calendar.working import Calendar
from tkt.domain.declaring import ZONE
from tkt.domain.fields import is_name
from tkt.domain.shape import CAUTIONS, Fault
from tkt.domain.spec.kind import Kind, bad, last, short
from tkt.domain.spec.nested import LABEL, Either, Keyed, ListOf, Record, taken
from tkt.domain.spec.simple import Choice, Parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tkt.domain.spec.kind import Doc, Faults, Where


class _Hours(Kind):
    """A span of a day: ``09:00-18:00``."""

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """As it stands."""
        try:
            start, end = read_span(value if isinstance(value, str) else "")
        except ValueError:
            return bad(faults, where, "calendar.not_span", value=short(value))
        if start >= end:
            return bad(faults, where, "calendar.reversed", value=value)
        if is_short(value):
            faults.append(Fault(where, "calendar.minute_short", {"value": value}))
        return value

    def fits(self, value: Any) -> bool:
        """A text."""
        return isinstance(value, str)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """A string that looks like one."""
        clock = r"([01]?\d|2[0-4]):[0-5]\d"
        return {"type": "string", "pattern": f"^{clock}-{clock}$", "examples": ["09:00-18:00"]}


def _read_yearly(text: str) -> None:
    if not re.fullmatch(r"\d\d-\d\d", text):
        raise ValueError(f"not a day of the year: {text!r}")
    date.fromisoformat(f"2000-{text}")


def _are_weekdays(key: object) -> bool:
    try:
        return bool(read_weekdays(key))
    except ValueError:
        return False


_EVERY_DAY = 366
_SPANS = ListOf(_Hours(), lone=True)
CALENDAR = Record("calendar", {
    "label": LABEL,
    "timezone": ZONE,
    "workdays": Choice("china", "none"),
    "hours": Keyed(_SPANS, check=_are_weekdays, fault="calendar.no_weekday"),
    "holidays": ListOf(DATE),
    "yearly_holidays": ListOf(Parsed(_read_yearly, "calendar.not_yearly", examples=("01-01",))),
    "extra_workdays": Either(
        ListOf(DATE), Keyed(_SPANS, check=is_date, fault="calendar.not_date_key")
    ),
})  # fmt: skip
"""What a file of calendars/ may say."""


def parse(
    data: Any, *, name: str, published: Sequence[Mapping[str, Any]] = ()
) -> tuple[Calendar | None, list[Fault]]:
    """A calendar from its YAML; None with the faults if anything is wrong but a mere caution."""
    if not is_name(name):
        return None, [Fault((), "field.not_name", {"field": "calendar", "value": name})]
    found, faults = taken(CALENDAR, data)
    if isinstance(data, dict):
        faults += _overlaps(data)
    if not any(fault.where[:1] == ("hours",) for fault in faults if fault.key not in CAUTIONS):
        faults += _without_hours(found)
    if any(fault.key not in CAUTIONS for fault in faults):
        return None, faults
    return Calendar(name, _canonical(found), published), faults


def _without_hours(found: Mapping[str, Any]) -> list[Fault]:
    if not any(found.get("hours", {}).values()):
        return [Fault(("hours",) if "hours" in found else (), "calendar.no_hours")]
    # The dates it is open on all the same are written in the file.
    if len(set(found.get("yearly_holidays", ()))) == _EVERY_DAY and not found.get("extra_workdays"):
        return [Fault(("yearly_holidays",), "calendar.all_holidays")]
    return []


def _canonical(found: Mapping[str, Any]) -> dict[str, Any]:
    """The same with a list of spans wherever one stood by itself."""
    said = dict(found)
    for key in ("hours", "extra_workdays"):
        if isinstance(said.get(key), dict):
            said[key] = {str(day): list(spans) for day, spans in said[key].items()}
    return said


def _overlaps(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Spans of one day that share time, wherever each of them stands in the file."""
    week: dict[int, list[Span]] = {}
    hours = data.get("hours")
    for key, said in hours.items() if isinstance(hours, dict) else ():
        for place, span in _spans(said):
            for weekday in read_weekdays(key) if _are_weekdays(key) else ():
                before = week.setdefault(weekday, [])
                if clash := _clash(before, span):
                    said_ = {"one": span_text(clash), "other": span_text(span)}
                    day = WEEKDAYS[weekday]
                    yield Fault(("hours", key, *place), "calendar.overlap", {"day": day, **said_})
                    break
                before.append(span)
    extra = data.get("extra_workdays")
    for key, said in extra.items() if isinstance(extra, dict) else ():
        before = []
        for place, span in _spans(said):
            if clash := _clash(before, span):
                said_ = {"one": span_text(clash), "other": span_text(span)}
                where = ("extra_workdays", key, *place)
                yield Fault(where, "calendar.overlap", {"day": last((str(key),)), **said_})
            before.append(span)


def _spans(said: Any) -> Iterator[tuple[tuple[int, ...], Span]]:
    """Spans with their place in a list, passing over what is none."""
    alone = not isinstance(said, list)
    for place, text in enumerate([said] if alone else said):
        if isinstance(text, str):
            try:
                span = read_span(text)
            except ValueError:
                continue
            if span[0] < span[1]:
                yield (() if alone else (place,)), span


def _clash(before: list[Span], span: Span) -> Span | None:
    return next((one for one in before if one[0] < span[1] and span[0] < one[1]), None)
