"""Clocks and promises as tables and cards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tkt import texts
from tkt.domain.fields import parse_time
from tkt.domain.sla.policy import ANY_PRIORITY, CLOCKS, LABELS
from tkt.domain.table import Card, Column, Part, Phrase, Section, Table
from tkt.render.views.tickets import priority_label, worded_changes
from tkt.render.wording import clock_text, exact_text, span_text
from tkt.texts import has, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

    from tkt.domain.settings import Settings

Row = dict[str, Any]

_COLUMNS = (
    Column("clock", "name"),
    Column("state", "name"),
    Column("due_at", "due"),
    Column("remaining_s", "duration"),
    Column("elapsed_s", "duration"),
    Column("target_s", "duration"),
    Column("used_pct", "number", 1),
    Column("breached_by_s", "duration", 1),
    Column("started_at", "time", 2),
)
_IN_FULL = (*_COLUMNS, Column("excused", "bool"))
_LENGTHS = ("remaining_s", "elapsed_s", "target_s", "breached_by_s")
_TIMES = ("due_at", "started_at", "ended_at")
_POLICIES = (
    Column("workflow", "name"),
    Column("policy", "name"),
    Column("when"),
    Column("priority", "name"),
    *(Column(clock, "name") for clock in CLOCKS),
    Column("calendar", "name"),
    Column("problem"),
)
_MOVED = (
    Column("id", "id"), Column("due_before", "due"), Column("due_after", "due"), Column("title")
)  # fmt: skip
_MEANINGS = {"breached": "late", "paused": "quiet", "met": "working"}


def clock_label(name: str) -> str:
    """What people call a clock."""
    labels = LABELS.get(name)
    return labels[texts.LANGUAGES.index(texts.current())] if labels else name


def reason(data: Mapping[str, Any]) -> str:
    """Why an event came by itself: the clock and the rung, or what has gone on for how long."""
    rung, rule = str(data.get("rung", "")), str(data.get("rule", "")).partition("#")[2]
    if clock := data.get("clock"):
        return f"{clock_label(clock)} {rung}"
    for key in (f"sweep.rung.{rung.partition(' ')[0]}", f"sweep.rule.{rule.rpartition('.')[2]}"):
        if has(key):
            return say(key, n=rung.partition(" ")[2])
    return rung or rule


def occasion(about: Mapping[str, Any], *, now: datetime) -> Iterator[str]:
    """What something that came by itself is about, and how late that is or how much is left."""
    if not about.get("rule"):
        return
    yield reason(about)
    if due := parse_time(about.get("clock_due") or ""):
        key = "sla.late" if due < now else "sla.left"
        yield say(key, span=span_text(now - due))


def particulars(about: Mapping[str, Any], settings: Settings, *, now: datetime) -> Iterator[str]:
    """Since when that counts, and what it changed."""
    if not about.get("rule"):
        return
    if since := parse_time(about.get("since") or ""):
        yield say("sla.since", at=clock_text(since, now=now, tz=settings.zone))
    yield from worded_changes(about, dict(about), settings)


def card(row: Row, settings: Settings, *, now: datetime, for_people: bool) -> Card:
    """The clocks of one ticket."""
    sla = row["sla"]
    rows = [clock for clock in sla["clocks"] if clock["state"] != "off"]
    told_rows = [_ended(_clock(clock), now=now, tz=settings.zone) for clock in rows]
    table = Table(_COLUMNS, told_rows) if for_people else Table(_IN_FULL, rows)
    fields: Row = {"policy": sla["policy"]}
    if "problem" in sla:
        fields["problem"] = sla["problem"]
    if "unpublished" in sla:
        years = ", ".join(map(str, sla["unpublished"]))
        fields["unpublished"] = Phrase(Part(years, "mark"))
    if due := parse_time(sla["escalation_at"] or ""):
        told = exact_text(due, now=now, tz=settings.zone, due=True)
        fields["next_due_at"] = told if for_people else sla["escalation_at"]
    if not rows:
        fields["clocks"] = say("sla.none")
    data = {"id": row["id"], "title": row["title"], **sla}
    body = (Section("", table),) if rows else ()
    return Card(f"{row['id']}  {row['title']}", fields, body, data)


def _clock(clock: Mapping[str, Any]) -> Row:
    """A clock for people."""
    told: Row = dict(clock)
    told["clock"] = clock_label(clock["clock"])
    state = Part(say(f"sla.state.{clock['state']}"), _MEANINGS.get(clock["state"]))
    excused = Part(say("sla.excused")) if clock["excused"] else ""
    told["state"] = Phrase(state, excused)
    for name in _LENGTHS:
        told[name] = None if not clock[name] else timedelta(seconds=clock[name])
    for name in _TIMES:
        told[name] = parse_time(clock[name] or "")
    return told


def _ended(told: Row, *, now: datetime, tz: tzinfo) -> Row:
    """A clock that has ended was due at a time, and is so no more."""
    if told["ended_at"] and told["due_at"]:
        told["due_at"] = clock_text(told["due_at"], now=now, tz=tz)
    return told


def line(sla: Mapping[str, Any], *, now: datetime, tz: tzinfo) -> Phrase | None:
    """The clocks that run or are late, in a line of a ticket's card."""
    told: list[Part | str] = []
    for clock in sla["clocks"]:
        state, due = clock["state"], parse_time(clock["due_at"] or "")
        if state == "met" or state == "off" or (state == "breached" and clock["ended_at"]):
            continue
        if told:
            told.append(" · ")
        name = clock_label(clock["clock"])
        if state == "paused":
            left = span_text(timedelta(seconds=clock["remaining_s"]))
            told.append(Part(say("sla.paused", clock=name, left=left), "quiet"))
        elif due is not None:
            late = clock["breached_by_s"] > 0 and due < now
            when = exact_text(due, now=now, tz=tz, due=True)
            mark = say("sla.excused") if clock["excused"] else ""
            told.append(Part(f"{name} {when}{mark}", "late" if late and not mark else None))
    if told and "unpublished" in sla:
        years = ", ".join(map(str, sla["unpublished"]))
        told.append(Part(say("sla.unpublished", years=years), "mark"))
    return Phrase(*told) if told else None


def policies(rows: Sequence[Row], *, for_people: bool) -> Table:
    """Every promise of the desk, a line for each priority."""
    if not for_people:
        return Table(_POLICIES, rows)
    told = [
        {
            **row,
            "priority": say("sla.any_priority")
            if row["priority"] == ANY_PRIORITY
            else priority_label(row["priority"]),
            "when": "; ".join(f"{k}: {', '.join(v)}" for k, v in row["when"].items()) or None,
        }
        for row in rows
    ]
    return Table(_POLICIES, told)


def simulated(rows: Iterable[Row], *, for_people: bool) -> Table:
    """The clocks at each time; for people a line for each clock."""
    rows = list(rows)
    if not for_people:
        return Table(
            (Column("at", "time"), Column("escalation_at", "time"), Column("clocks")), rows
        )
    told = [
        {"at": _exact(row["at"]), **_clock(clock), **{name: _exact(clock[name]) for name in _TIMES}}
        for row in rows
        for clock in row["clocks"]
        if clock["state"] != "off"
    ]
    return Table((Column("at"), *_COLUMNS), told)


def _exact(at: str | None) -> str | None:
    """A time of a simulation, whose now is none of ours: as it is, without its zone."""
    return at and at[:19].replace("T", " ")


def moved(found: Sequence[Any], zone: tzinfo) -> Table:
    """The tickets that would be due at another time."""
    return Table(
        _MOVED, [one.row(zone) for one in found], notes=(say("sla.would_move", count=len(found)),)
    )
