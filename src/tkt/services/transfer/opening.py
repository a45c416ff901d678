"""Opening a file of records in the format that it is in."""

from __future__ import annotations

from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from tkt.storage import tables
from tkt.storage.delimited import Delimited
from tkt.storage.jsonlines import JsonLines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.services.transfer.importing import Records

_BY_NAME = {"csv": "csv", "tsv": "csv", "jsonl": "jsonl", "ndjson": "jsonl", "json": "jsonl"}


@contextmanager
def opened(
    path: str | None, stdin: IO[bytes] | None, *, name: str, kind: str | None
) -> Iterator[Records]:
    """The records of a file, or of ``stdin``; without ``kind`` its name or its start tells it."""
    with tables.opened(path, stdin, name=name) as source:
        kind = kind or _BY_NAME.get(name.rpartition(".")[2].lower())
        if kind is None:
            kind = "jsonl" if source.first_line().lstrip()[:1] in (b"{", b"[", b"") else "csv"
        yield JsonLines(source) if kind == "jsonl" else Delimited(source)
