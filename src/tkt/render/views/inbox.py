"""An inbox as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.plaintext import one_line
from tkt.domain.table import Column, Table
from tkt.render.views import clocks
from tkt.render.views.tickets import action_label, who_label
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
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
    Column("by", "name"), Column("action", "name"), Column("why", "name"), Column("clock", "name"),
    Column("rung"), Column("text"),
    Column("seen", "bool"),
)  # fmt: skip

_OF_CLOCK = ("clock", "rung")


def table(entries: Iterable[Entry], settings: Settings, *, now: datetime | None) -> Table:
    """What there is to know of; for people, who read it ``now``, in their words."""
    rows = (entry._asdict() for entry in entries)
    if now is not None:
        return Table(COLUMNS, [_worded(row, settings, now) for row in rows])
    return Table(_IN_FULL, [{**row, **{n: row["about"].get(n) for n in _OF_CLOCK}} for row in rows])


def _worded(row: Mapping[str, Any], settings: Settings, now: datetime) -> dict[str, Any]:
    by = who_label(settings, row["by"])
    said = one_line(row["text"] or "", 200)
    what = f"{action_label(row['action'])}: {said}" if said else action_label(row["action"])
    what = " · ".join((what, *clocks.occasion(row["about"], now=now)))
    more = clocks.particulars(row["about"], settings, now=now)
    return {
        **row,
        "by": by,
        "why": say(f"why.{row['why']}"),
        "what": " · ".join((f"{what}  «{row['title']}»", *more)),
    }
