"""An inbox as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.facts import CUSTOMER
from tkt.domain.plaintext import one_line
from tkt.domain.table import Column, Table
from tkt.render.views.tickets import action_label, agent_label
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Protocol

    from tkt.domain.settings import Settings

    class Entry(Protocol):
        """One thing to know of."""

        def _asdict(self) -> dict[str, Any]: ...


COLUMNS = (
    Column("at", "time"),
    Column("ticket", "id"),
    Column("why", "name"),
    Column("by", "name"),
    Column("what"),
)
_IN_FULL = (
    Column("at", "time"), Column("ticket", "id"), Column("title"), Column("event", "id"),
    Column("by", "name"), Column("action", "name"), Column("why", "name"), Column("text"),
    Column("seen", "bool"),
)  # fmt: skip


def table(entries: Iterable[Entry], settings: Settings, *, for_people: bool) -> Table:
    """What there is to know of; for people in their words."""
    rows = (entry._asdict() for entry in entries)
    if for_people:
        return Table(COLUMNS, [_worded(row, settings) for row in rows])
    return Table(_IN_FULL, rows)


def _worded(row: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    by = say("who.customer") if row["by"] == CUSTOMER else agent_label(settings, row["by"])
    said = one_line(row["text"] or "", 200)
    what = f"{action_label(row['action'])}: {said}" if said else action_label(row["action"])
    return {
        **row,
        "by": by,
        "why": say(f"why.{row['why']}"),
        "what": f"{what}  «{row['title']}»",
    }
