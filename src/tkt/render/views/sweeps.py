"""What a sweep did, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.fields import parse_time
from tkt.domain.routing.because import Because
from tkt.domain.table import Card, Column, Section, Table
from tkt.render.views.clocks import reason
from tkt.render.views.reasons import because_text
from tkt.render.views.tickets import action_label, agent_label, worded_changes
from tkt.render.wording import clock_text
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping
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
_PLAIN = (
    Column("id", "id"), Column("at", "time"), Column("action"), Column("clock"), Column("rung"),
    Column("tell", "list"), Column("rule"), Column("title"),
)  # fmt: skip


def row(deed: Any) -> Row:
    """One thing that a sweep did, as plain data."""
    change = deed.change
    data = change.events[0].data
    return {
        "id": change.ticket_id,
        "title": change.after.title,
        "action": data["do"],
        "at": data["at"],
        "noticed_at": data.get("noticed_at", data["at"]),
        "clock": data.get("clock"),
        "rung": data.get("rung"),
        "workflow": change.after.fields.get("workflow"),
        "set": data.get("set", {}),
        "add": data.get("add", {}),
        "tell": data.get("tell", []),
        "rule": data["rule"],
        "why": change.reason,
        "because": data.get("routed"),
        "event": data["id"],
        "commit": deed.saved.commit if deed.saved else None,
    }


def card(document: Mapping[str, Any], settings: Settings, *, now: datetime | None) -> Card:
    """All that a sweep did, in its order; for people, who read it ``now``, in their language."""
    rows = document["actions"]
    key = "sweep.would" if document["dry_run"] else "sweep.done"
    title = say(key, count=len(rows), tickets=len({each["id"] for each in rows}))
    told = rows if now is None else [_worded(each, settings, now) for each in rows]
    shown = _PLAIN if now is None else _COLUMNS
    return Card(title, {}, (Section("", Table(shown, told)),) if rows else (), document)


def _worded(data: Row, settings: Settings, now: datetime) -> Row:
    at = parse_time(data["at"])
    assert at
    told = [say("sweep.team", team=_team(settings, who)) if who.startswith("team:")
            else agent_label(settings, who) for who in data["tell"]]  # fmt: skip
    return {
        "id": data["id"],
        "at": clock_text(at, now=now, tz=settings.zone),
        "action": action_label(data["action"]),
        "why": " · ".join(filter(None, (reason(data), _because(data, settings)))),
        "what": " · ".join(worded_changes(data, data, settings)) or None,
        "told": told,
        "title": data["title"],
    }


def _because(data: Row, settings: Settings) -> str:
    """Why somebody was given a ticket that waited."""
    if not data["because"]:
        return ""
    return because_text(Because.of(data["because"]).named_by(settings))


def _team(settings: Settings, who: str) -> str:
    team = settings.team(who.removeprefix("team:"))
    return team.name if team else who
