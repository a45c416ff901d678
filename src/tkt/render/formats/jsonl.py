"""JSON lines: one object a line, written the way :mod:`tkt.render.formats.json` writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.render.formats.json import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.table import Card, Table
    from tkt.render.formats import Look


def table(table: Table, look: Look) -> Iterator[str]:
    """One row a line; nothing for no rows."""
    for row in table.rows:
        yield to_json(row) + "\n"


def card(card: Card, look: Look) -> Iterator[str]:
    """The whole card in one line."""
    yield to_json(card.document) + "\n"
