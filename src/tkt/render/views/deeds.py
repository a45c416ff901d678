"""What was done, as a table: when, who, which action, on what, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.fields import parse_time
from tkt.domain.table import Column, Table
from tkt.render.views.tickets import action_label, who_label, worded, worded_changes
from tkt.render.wording import clock_text
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from tkt.domain.change import Change
    from tkt.domain.deeds import Deed
    from tkt.domain.settings import Settings

COLUMNS = (
    Column("at", "time"),
    Column("by", "name"),
    Column("action", "name"),
    Column("ticket", "id"),
    Column("what"),
    Column("why"),
)
_IN_FULL = (*COLUMNS, Column("commit", "id"), Column("rule"), Column("author"), Column("email"))


def table(deeds: Iterable[Deed], settings: Settings, *, now: datetime | None) -> Table:
    """A table of deeds; for people, who read it ``now``, in their language."""
    if now is not None:
        return Table(COLUMNS, [_worded(row, settings, now) for row in _rows(deeds)])
    return Table(_IN_FULL, list(_rows(deeds)))


def _rows(deeds: Iterable[Deed]) -> Iterator[dict[str, Any]]:
    for deed in deeds:
        row = deed._asdict()
        tickets = list(row.pop("tickets"))
        row["ticket"] = tickets[0] if len(tickets) == 1 else None
        yield {**row, "tickets": tickets}


def _worded(row: dict[str, Any], settings: Settings, now: datetime) -> dict[str, Any]:
    action, tickets = row["action"], row["tickets"]
    return {
        **row,
        # An audit asks for the hour, not for how long ago it was.
        "at": clock_text(row["at"], now=now, tz=settings.zone),
        "by": who_label(settings, row["by"]),
        "action": action_label(action or "git"),
        "ticket": row["ticket"] or (say("log.tickets", count=len(tickets)) if tickets else None),
    }


def said_of(change: Change, settings: Settings | None) -> dict[str, Any]:
    """What there is to say of an action just done; with ``settings`` in people's words."""
    fields = dict(change.after.fields)
    told: dict[str, Any] = {
        name: worded(name, fields[name], fields, settings) if settings else fields[name]
        for name in ("status", "assignee", "team", "level", "priority", "until", "merged_into")
        if fields.get(name) is not None
    }
    until = parse_time(fields["until"]) if "until" in fields else None
    promised = parse_time(fields["promised"]) if "promised" in fields else None
    event = change.events[0].data if change.events else {}
    return {
        "id": change.ticket_id,
        "title": change.after.title,
        "tail": (settings and " · ".join(worded_changes(event, fields, settings))) or change.tail,
        "status": told.get("status", ""),
        "who": told.get("assignee") or told.get("team") or "–",
        "level": told.get("level", 1),
        "until": f"  → {until:%Y-%m-%d %H:%M}" if until else "",
        "promised": f"{promised:%Y-%m-%d %H:%M}" if promised else "–",
        "name": change.name,
        "other": event.get("source") or event.get("into") or fields.get("split_from", ""),
        "among": event.get("among", 0),
        "action": action_label(change.tail.partition(" ")[0]) if settings else change.tail,
    }
