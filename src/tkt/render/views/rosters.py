"""Rosters as tables: a week with its hours, and who is on just now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tkt.domain.table import Column, Part, Phrase, Table
from tkt.render.wording import clock_text
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, tzinfo

    Row = Mapping[str, Any]

_NOW = (Column("agent", "name"), Column("on", "bool"), Column("why", "name"),
        Column("reason"), Column("until", "name"), Column("teams", "list"))  # fmt: skip
_EVENTS = (Column("kind", "name"), Column("agent", "name"), Column("start", "time"),
           Column("end", "time"), Column("name", "name"))  # fmt: skip
_NOW_FOR_PEOPLE = (Column("name", "name"), Column("on_duty", "name"), Column("on_until", "name"),
                   Column("teams", "list"))  # fmt: skip


def now(rows: Sequence[Row], *, at: datetime, zone: tzinfo, for_people: bool) -> Table:
    """Who takes work, until when; who does not, why, and from when on."""
    if not for_people:
        return Table(_NOW, rows)
    shown = [
        {**row, "on_duty": duty_text(row), "on_until": until_text(row, now=at, zone=zone)}
        for row in rows
    ]
    on = sum(row["on"] for row in rows)
    title = say("roster.now_title", at=f"{at:%Y-%m-%d %H:%M}", on=on, off=len(rows) - on)
    return Table(_NOW_FOR_PEOPLE, shown, title)


def duty_text(row: Row) -> Phrase:
    """``在岗``, ``下班``, ``暂离（吃饭）``."""
    if row["on"]:
        return Phrase(Part(say("roster.on"), "working"))
    told = say(f"roster.off.{row['why']}")
    if row.get("reason"):
        told = say("roster.off_because", why=told, reason=row["reason"])
    return Phrase(Part(told, "quiet" if row["why"] == "off-shift" else "mark"))


def until_text(row: Row, *, now: datetime, zone: tzinfo) -> str:
    """When that changes."""
    if row["until"] is None:
        return ""
    return clock_text(datetime.fromisoformat(row["until"]), now=now, tz=zone)


def week(rows: Sequence[Row], days: Sequence[date], *, for_people: bool, as_data: bool) -> Table:
    """People down, days across."""
    names = say("day.weekdays").split()
    heads = [f"{names[day.weekday()]} {day:%m-%d}" if for_people else day.isoformat()
             for day in days]  # fmt: skip
    columns = (Column("name" if for_people else "agent", "name"),
               *(Column(head, "name") for head in heads), Column("hours", "number"))  # fmt: skip
    if as_data:
        return Table(columns, rows)
    shown = [
        {
            "agent": row["agent"],
            "name": row["name"],
            **{head: _cell(cell) for head, cell in zip(heads, row["days"], strict=True)},
            "hours": f"{row['hours']:g}",
        }
        for row in rows
    ]
    title = say("roster.week_title", first=days[0].isoformat(), last=days[-1].isoformat())
    return Table(columns, shown, title, () if shown else (say("roster.empty"),))


def _cell(cell: Row) -> str:
    if cell["leave"]:
        told = say("roster.leave") if cell["leave"] is True else cell["leave"]
        return Phrase(Part(told, "mark"))
    hours = " ".join(cell["hours"])
    if cell["instead_of"]:
        return say("roster.instead", hours=hours, other=", ".join(cell["instead_of"]))
    return hours


def events(found: Iterable[Row], zone: tzinfo) -> Table:
    """Shifts and leave as data."""
    return Table(_EVENTS, [_event(row, zone) for row in found])


def _event(row: Row, zone: tzinfo) -> dict[str, Any]:
    if row["kind"] == "leave":
        leave = row["leave"]
        return {"kind": "leave", "agent": leave.agent, "start": leave.since.isoformat(),
                "end": leave.until.isoformat(), "name": None, "reason": leave.reason}  # fmt: skip
    stint = row["stint"]
    start, end = (datetime.fromtimestamp(row[at], zone).isoformat() for at in ("start", "end"))
    return {"kind": "shift", "agent": stint.agent, "start": start, "end": end,
            "name": stint.name, "instead_of": stint.instead_of}  # fmt: skip
