"""Views as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt import texts
from tkt.domain.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COLUMNS = (
    Column("name", "name"),
    Column("label", "name"),
    Column("count", "number"),
    Column("where", "name"),
    Column("query"),
)


def table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Every view, what it is called, and how many tickets it finds."""
    return Table(COLUMNS, [{**row, "label": row[texts.current()]} for row in rows])
