"""Tickets that one may repeat as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt import texts
from tkt.domain.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.services.similar import Similar

COLUMNS = (Column("id", "id"), Column("score", "number"), Column("why"), Column("title"))


def table(found: Sequence[Similar], *, worded: bool) -> Table:
    """Each with how alike it is and why; programs get the reason's name."""
    rows = [each.data() for each in found]
    if worded:
        rows = [
            {**row, "why": getattr(each.reason, texts.current())}
            for row, each in zip(rows, found, strict=True)
        ]
    return Table(COLUMNS, rows)
