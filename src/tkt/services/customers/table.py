"""Opening a platform's export: CSV in whatever encodings, and what its columns mean."""

from __future__ import annotations

from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from tkt.services.customers.columns import Columns
from tkt.storage import tables
from tkt.storage.delimited import Delimited

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@contextmanager
def opened(
    path: str | None, stdin: IO[bytes] | None, *, name: str, said: Sequence[str]
) -> Iterator[tuple[Delimited, Columns]]:
    """The rows of a file, or of ``stdin``, and its columns; ``said`` is what people typed."""
    with tables.opened(path, stdin, name=name, mixed=True) as source:
        table = Delimited(source)
        yield table, Columns(table.columns, said)
