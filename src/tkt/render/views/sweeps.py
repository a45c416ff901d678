"""What a sweep did, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.fields import parse_time
from tkt.domain.table import Card, Column, Section, Table
from tkt.render.views.clocks import clock_label
from tkt.render.views.tickets import action_label, agent_label, changes, field_label, worded
from tkt.render.wording import clock_text
from tkt.texts import has, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from tkt.domain.settings import Settings

Row = dict[str, Any]
_COLUMNS = (
    Column("id", "id"),
    Column("at", "time"),
    Column("action", "name"),
    Column("why"),
    Column("what"),
    Column("told", "list"),
    Column("title", "text", 1),
)


def row(deed: Any) -> Row:
    """One thing that a sweep did, as plain data."""
    change = deed.change
    data = change.events[0].data
    return {
        "id": change.ticket_id,
        "title": change.after.title,
        "action": data["do"],
        "at": data["at"],
        "noticed_at": data["noticed_at"],
        "clock": data.get("clock"),
        "rung": data.get("rung"),
        "set": data.get("set", {}),
        "add": data.get("add", {}),
        "tell": data.get("tell", []),
        "rule": data["rule"],
        "why": change.reason,
        "event": data["id"],
        "commit": deed.saved.commit if deed.saved else None,
    }


def card(
    swept: Any, document: Mapping[str, Any], settings: Settings, *, now: datetime, dry_run: bool
) -> Card:
    """All that a sweep did, in its order."""
    rows = [_worded(deed.change, settings, now) for deed in swept.deeds]
    key = "sweep.would" if dry_run else "sweep.done"
    title = say(key, count=len(rows), tickets=len({each["id"] for each in rows}))
    body = (Section("", Table(_COLUMNS, rows)),) if rows else ()
    return Card(title, {}, body, document)


def _worded(change: Any, settings: Settings, now: datetime) -> Row:
    data, fields = change.events[0].data, change.after.fields
    at = parse_time(data["at"])
    assert at
    told = [say("sweep.team", team=_team(settings, who)) if who.startswith("team:")
            else agent_label(settings, who) for who in data.get("tell", ())]  # fmt: skip
    return {
        "id": change.ticket_id,
        "at": clock_text(at, now=now, tz=settings.zone),
        "action": action_label(data["do"]),
        "why": reason(data),
        "what": " · ".join(_changes(data, fields, settings)) or None,
        "told": told,
        "title": change.after.title,
    }


def reason(data: Mapping[str, Any]) -> str:
    """Why an event came by itself: the clock and the rung, or what has gone on for how long."""
    rung, rule = str(data.get("rung", "")), str(data.get("rule", "")).partition("#")[2]
    if clock := data.get("clock"):
        return f"{clock_label(clock)} {rung}"
    for key in (f"sweep.rung.{rung.partition(' ')[0]}", f"sweep.rule.{rule.rpartition('.')[2]}"):
        if has(key):
            return say(key, n=rung.partition(" ")[2])
    return rung or rule


def _team(settings: Settings, who: str) -> str:
    team = settings.team(who.removeprefix("team:"))
    return team.name if team else who


def _changes(
    data: Mapping[str, Any], fields: Mapping[str, Any], settings: Settings
) -> Iterator[str]:
    for name, sign, value in changes(data):
        told = "–" if value is None else worded(name, value, dict(fields), settings)
        shown = ", ".join(map(str, told)) if sign else told
        yield f"{field_label(name, settings)} {sign}{shown}"
