"""Plain text for pipes and logs: tab-separated, never cut, never coloured, the same everywhere.

A table is a line of column keys and a line for every row. A card is a line ``key<TAB>value`` for
every field, then each section under its heading. Nothing depends on the terminal, the language or
the time: instants are ISO 8601, durations seconds, truth ``true`` and ``false``. Tabs and line ends
inside a value show as ``␉`` and ``␊``, other controls as their pictures or ``�``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from tkt.domain.plaintext import safe
from tkt.domain.table import Strip
from tkt.render.formats.json import seconds, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.table import Card, Table
    from tkt.render.formats import Look


def table(table: Table, look: Look) -> Iterator[str]:
    """The column keys, then one row a line."""
    yield from _lines(table)


def _lines(table: Table) -> Iterator[str]:
    keys = [column.key for column in table.columns]
    yield "\t".join(map(cell, keys)) + "\n"
    for row in table.rows:
        yield "\t".join([cell(row.get(key)) for key in keys]) + "\n"


def card(card: Card, look: Look) -> Iterator[str]:
    """The fields, then the sections."""
    if card.title:
        yield cell(card.title) + "\n"
    for key, value in card.fields.items():
        yield f"{cell(key)}\t{cell(value)}\n"
    for section in card.body:
        yield f"\n{cell(section.heading)}\n"
        if isinstance(section.content, str):
            yield safe(section.content, newlines=True).rstrip("\n") + "\n"
        elif isinstance(section.content, Strip):
            yield from (f"{cell(p.label)}\t{p.amount}\n" for p in section.content.pieces)
        else:
            yield from _lines(section.content)


def cell(value: Any) -> str:
    """``value`` as safe text on one line without tabs."""
    text = value if type(value) is str else plain_text(value)
    return text if text.isprintable() else safe(text.replace("\t", "␉"))


def plain_text(value: Any) -> str:
    """``value`` as text that is the same everywhere, characters as they are; empty for None."""
    if value is None:
        return ""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(seconds(value))
    if isinstance(value, Mapping):
        return to_json(value)
    if isinstance(value, list | tuple):
        return ", ".join(map(plain_text, value))
    if isinstance(value, set | frozenset):
        return ", ".join(sorted(map(plain_text, value)))
    return str(value)
