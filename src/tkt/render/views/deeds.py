"""What was done, as a table: when, who, which action, on what, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt import texts
from tkt.domain.table import Column, Table
from tkt.render.views.tickets import agent_label
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


def table(deeds: Iterable[Deed], settings: Settings, *, for_people: bool) -> Table:
    """A table of deeds; for people with names and actions in their language."""
    if for_people:
        return Table(COLUMNS, [_worded(row, settings) for row in _rows(deeds)])
    return Table(_IN_FULL, list(_rows(deeds)))


def _rows(deeds: Iterable[Deed]) -> Iterator[dict[str, Any]]:
    for deed in deeds:
        row = deed._asdict()
        tickets = list(row.pop("tickets"))
        row["ticket"] = tickets[0] if len(tickets) == 1 else None
        yield {**row, "tickets": tickets}


def _worded(row: dict[str, Any], settings: Settings) -> dict[str, Any]:
    action, tickets = row["action"], row["tickets"]
    label = f"do.{action}" if action else "do.git"
    return {
        **row,
        # An audit asks for the hour, not for how long ago it was.
        "at": f"{row['at']:%Y-%m-%d %H:%M}",
        "by": agent_label(settings, row["by"]),
        "action": say(label) if texts.has(label) else action,
        "ticket": row["ticket"] or (say("log.tickets", count=len(tickets)) if tickets else None),
    }
