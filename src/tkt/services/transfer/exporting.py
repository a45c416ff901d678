"""Giving tickets out: whole documents, one at a time, that an import takes back without loss."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from tkt.domain.custom.renaming import has_older_names, renamed
from tkt.domain.fields import FIELDS, TIMELINE
from tkt.services import querying
from tkt.services.transfer.cells import cell
from tkt.storage.tables import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from tkt.storage.desk import Desk

_CHUNK = 1 << 16
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def documents(desk: Desk, text: str, *, now: datetime, me: str | None) -> Iterator[str]:
    """The tickets that a query finds, all if it is empty, each as the text of its JSON document.

    Declared fields stand under the names that they have now, in the timeline as well.
    """
    declared = desk.settings.fields
    for document in _found(desk, text, now, me):
        if has_older_names(declared, document):
            yield _JSON.encode(renamed(declared, json.loads(document)))
        else:
            yield document


def _found(desk: Desk, text: str, now: datetime, me: str | None) -> Iterator[str]:
    index = desk.index
    if not text.strip():
        yield from (doc for (doc,) in index.select("SELECT doc FROM docs ORDER BY num"))
        return
    for num in querying.matching_numbers(desk, text, now=now, me=me):
        yield from (d for (d,) in index.select("SELECT doc FROM docs WHERE num = ?", (num,)))


def as_csv(desk: Desk, found: Iterable[str]) -> Iterator[str]:
    """Documents as a table: a column for every field of the desk's tickets, and the timeline."""
    names = _columns(desk)
    text = io.StringIO()
    write = csv.writer(text).writerow
    write(names)
    for document in found:
        doc = json.loads(document)
        write([cell(doc.get(name)) for name in names])
        if text.tell() > _CHUNK:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def _columns(desk: Desk) -> list[str]:
    found = desk.index.select("SELECT DISTINCT each.key FROM docs, json_each(docs.doc) AS each")
    declared = desk.settings.fields.by_name
    names = {declared[n].name if n in declared else n for (n,) in found} - {TIMELINE}
    known = [name for name in FIELDS if name in names]
    return [*known, *sorted(names - FIELDS.keys()), TIMELINE]


def save(path: str, chunks: Iterable[str], *, encoding: str) -> None:
    """Write an export into a file, which is there whole or not at all."""
    write_whole(path, chunks, encoding=encoding)
