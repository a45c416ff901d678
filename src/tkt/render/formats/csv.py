"""CSV as RFC 4180 has it: a header of column keys, lines ended by CR LF, nothing lost.

Text stands as it is (a spreadsheet or an import gets exactly what was said, control characters
included); only lone surrogates, which no encoding can write, become ``�``. A list or a mapping is
JSON in its cell. An absent value is an empty cell, an empty text ``""``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tkt.domain.table import RawJson
from tkt.render.formats.json import to_json
from tkt.render.formats.plain import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.table import Card, Table
    from tkt.render.formats import Look

_QUOTED = re.compile(r'[",\r\n]')
_SURROGATE = re.compile("[\ud800-\udfff]")


def table(table: Table, look: Look) -> Iterator[str]:
    """The column keys, then one record a row."""
    keys = [column.key for column in table.columns]
    yield _record(keys)
    for row in table.rows:
        yield _record([row.get(key) for key in keys])


def card(card: Card, look: Look) -> Iterator[str]:
    """A header and one record: what JSON would print, key by key."""
    document = card.document
    fields = card.fields if isinstance(document, RawJson) else document
    yield _record(list(fields))
    yield _record(list(fields.values()))


def _record(values: list[Any]) -> str:
    # A single empty cell would be an empty line, which readers skip.
    line = ",".join(map(_cell, values)) or '""'
    return line + "\r\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if type(value) is str:
        text = value
    elif isinstance(value, Mapping | list | tuple | set | frozenset):
        text = to_json(value)
    else:
        text = plain_text(value)
    if not text.isprintable():
        text = _SURROGATE.sub("\ufffd", text)
    if text and not _QUOTED.search(text) and text.strip() == text:
        return text
    return '"' + text.replace('"', '""') + '"'
