"""Tickets that one may repeat as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt import texts
from tkt.domain.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tkt.domain.custom.field import Label

COLUMNS = (Column("id", "id"), Column("score", "number"), Column("why"), Column("title"))


def table(found: Iterable[tuple[Mapping[str, Any], Label]], *, worded: bool) -> Table:
    """Each with how alike it is and why; programs get the reason's name."""
    rows = [
        {**row, "why": getattr(reason, texts.current()) if worded else row["why"]}
        for row, reason in found
    ]
    return Table(COLUMNS, rows)
