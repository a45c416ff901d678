"""Calendars as tables and cards: hours, holidays, a month as a grid, what was reckoned."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tkt import texts
from tkt.domain.calendar.china import english
from tkt.domain.calendar.hours import WEEKDAYS
from tkt.domain.table import Card, Column, Part, Phrase, Section, Table
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    Row = Mapping[str, Any]

_OVERVIEW = (
    Column("name", "name"),
    Column("label", "name"),
    Column("open_now", "bool"),
    Column("hours"),
    Column("workdays", "name"),
    Column("timezone", "name"),
)
_DAYS = (Column("date", "name"), Column("weekday", "name"), Column("kind", "name"),
         Column("name", "name"), Column("hours", "name"))  # fmt: skip
_GRID = tuple(Column(f"weekday_{name}", "name") for name in WEEKDAYS)
_MARKED = {"holiday": "mark", "makeup": "working", "extra": "working", "rest": "quiet"}
"""What kinds of day look like in a month."""


def table(rows: Iterable[Row], *, for_people: bool, as_data: bool) -> Table:
    """Every calendar with its hours, and whether it is open now."""
    if as_data:
        return Table(_OVERVIEW, rows)
    shown = [
        {
            **row,
            "label": row["label"][texts.current()]
            if for_people
            else " / ".join(row["label"].values()),
            "hours": hours_text(row["hours"], for_people=for_people),
            "workdays": _workdays(row, for_people=for_people),
        }
        for row in rows
    ]
    return Table(_OVERVIEW, shown)


def _workdays(row: Row, *, for_people: bool) -> str:
    return say(f"calendar.workdays.{row['workdays']}") if for_people else str(row["workdays"])


def hours_text(hours: Mapping[str, Sequence[str]], *, for_people: bool) -> str:
    """``周一至周五 09:00-18:00；周六 10:00-16:00``: days with the same hours together."""
    names = say("day.weekdays").split() if for_people else WEEKDAYS
    parts = []
    for spans, group in groupby(range(7), key=lambda n: tuple(hours[WEEKDAYS[n]])):
        days = list(group)
        first, last = names[days[0]], names[days[-1]]
        if len(days) == 7 and for_people:
            first = last = say("calendar.every_day")
        told = _to(first, last, "calendar.weekdays") if for_people else _joined(first, last)
        if spans:
            parts.append(f"{told} {', '.join(spans)}")
    return "; ".join(parts)


# -- one calendar -----------------------------------------------------------------------------


def card(found: Row, *, for_people: bool) -> Card:
    """What it says of a year or a month."""
    title = found["name"]
    label = found["label"][texts.current()]
    if for_people and label != title:
        title = f"{label} ({title})"
    fields = {
        "hours": hours_text(found["hours"], for_people=for_people),
        "workdays": _workdays(found, for_people=for_people),
        "timezone": found["timezone"],
        "period": found["period"],
        "open_days": found["open_days"],
        "working_time": _length(found["seconds"], for_people=for_people),
    }
    if found["source"]:
        fields["source"] = list(found["source"])
    sections = []
    if for_people and "-" in found["period"]:
        sections.append(Section("", _grid(found["days"])))
    special = [day for day in found["days"] if day["kind"] not in ("work", "rest")]
    listed = special if for_people else found["days"]
    if listed:
        rows = _ranges(listed) if for_people else [_row(day) for day in listed]
        sections.append(Section("", Table(_DAYS, rows)))
    return Card(title, fields, tuple(sections), found)


def _length(seconds: int, *, for_people: bool) -> str | int:
    if not for_people:
        return seconds
    hours, rest = divmod(seconds, 3600)
    if not rest:
        return say("span.hours", n=hours)
    minutes, rest = divmod(rest, 60)
    if rest:
        return f"{hours}:{minutes:02}:{rest:02}"
    return say("span.hours_minutes", h=hours, m=minutes)


def _row(day: Row) -> dict[str, Any]:
    return {**day, "hours": ", ".join(day["hours"])}


def _ranges(days: Sequence[Row]) -> list[dict[str, Any]]:
    """Days of the same kind and name that follow each other, in one line."""
    rows: list[dict[str, Any]] = []
    runs: list[list[Row]] = []
    for day in days:
        last = runs[-1][-1] if runs else None
        same = last is not None and all(day[k] == last[k] for k in ("kind", "name", "hours"))
        if last is not None and same and day["date"] - last["date"] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    for run in runs:
        first, last = run[0], run[-1]
        rows.append({
            "date": _to(*(f"{day['date']:%m-%d}" for day in (first, last))),
            "weekday": _to(_weekday(first), _weekday(last), "calendar.weekdays"),
            "kind": Phrase(Part(say(f"calendar.kind.{first['kind']}"), _MARKED[first["kind"]])),
            "name": _name(first["name"]),
            "hours": ", ".join(first["hours"]),
        })  # fmt: skip
    return rows


def _to(first: str, last: str, key: str = "calendar.from_to") -> str:
    return first if first == last else say(key, first=first, last=last)


def _joined(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"


def _weekday(day: Row) -> str:
    return _weekday_of(day["date"])


def _weekday_of(day: date) -> str:
    return say("day.weekdays").split()[day.weekday()]


def _name(name: str | None) -> str | None:
    return english(name) if name and texts.current() == "en" else name


def _grid(days: Sequence[Row]) -> Table:
    """A month, a week a line, as it hangs on the wall: what is not as usual has a mark."""
    weeks: list[dict[str, Any]] = [{}]
    for day in days:
        weekday = day["date"].weekday()
        if weekday == 0 and weeks[-1]:
            weeks.append({})
        weeks[-1][f"weekday_{WEEKDAYS[weekday]}"] = _cell(day)
    return Table(_GRID, weeks)


def _cell(day: Row) -> Phrase:
    kind = day["kind"]
    number = f"{day['date'].day:2}"
    if kind in ("work", "rest"):
        return Phrase(Part(number, _MARKED.get(kind)))
    mark = say("calendar.mark.off" if kind == "holiday" else "calendar.mark.work")
    return Phrase(Part(f"{number} {mark}", _MARKED[kind]))


# -- what was reckoned ------------------------------------------------------------------------


def added(found: Row, *, for_people: bool) -> Card:
    """When something is over."""
    fields = {key: found[key] for key in ("at", "calendar", "start", "duration")}
    return _reckoned(found, fields, for_people=for_people)


def between(found: Row, *, for_people: bool) -> Card:
    """How much working time there is."""
    fields = {
        "working_time": _length(found["seconds"], for_people=for_people),
        **{key: found[key] for key in ("calendar", "start", "end")},
    }
    return _reckoned(found, fields, for_people=for_people)


def _reckoned(found: Row, fields: dict[str, Any], *, for_people: bool) -> Card:
    """Exact times, which for people need their weekday more than how long ago they are."""
    if for_people:
        for key in ("at", "start", "end"):
            if key in fields:
                at = fields[key]
                fields[key] = f"{at:%Y-%m-%d} {_weekday_of(at)} {at:%H:%M:%S%z}"
    return Card("", fields, (), found)


def imported(found: Row, commit: str | None) -> Card:
    """What was taken in."""
    told = say("calendar.imported" if commit else "calendar.known_already", **found)
    return Card(told, {}, (), {**found, "commit": commit})
