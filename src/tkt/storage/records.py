"""Files beside the tickets that the index knows: customers, orders by the day, and articles.

What is asked of them is read in the same way as tickets are: only files that differ from those of
the commit that the index describes, on all cores where there are many.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain.customers.identity import id_in_path
from tkt.domain.customers.orders import is_day_path
from tkt.domain.kb.article import FOLDER as KB
from tkt.domain.kb.article import place_of
from tkt.named import NamedTuple
from tkt.storage import articles, customers, orders
from tkt.storage.files import blob_name
from tkt.storage.git import exists, shown
from tkt.storage.layout import CUSTOMERS, ORDERS
from tkt.storage.reading import LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tkt.storage.articles import ArticleRows
    from tkt.storage.customers import CustomerRows
    from tkt.storage.git import Git
    from tkt.storage.index import Index
    from tkt.storage.orders import DayRows

    RecordRows = CustomerRows | DayRows | ArticleRows

FOLDERS = (CUSTOMERS, ORDERS)
"""Of records: files that tkt itself writes, and merges by what they say."""

INDEXES = (
    "CREATE INDEX contacts_by_id ON contacts (id)",
    "CREATE INDEX customer_tags_by_id ON customer_tags (id)",
    "CREATE INDEX customers_by_name ON customers (name, id)",
    "CREATE INDEX customers_merged ON customers (merged_into) WHERE merged_into IS NOT NULL",
    "CREATE INDEX orders_by_customer ON orders (customer, ordered)",
    "CREATE INDEX orders_by_path ON orders (path)",
    *articles.INDEXES,
)
"""What makes a card cost the same however many customers and orders there are."""

File = tuple[str, str, str]
"""path, blob, mode"""


class Filed(NamedTuple):
    """A file of a record as it is to be, with the rows that the index will have of it.

    ``new`` tells that nothing stood there before.
    """

    path: str
    text: bytes
    rows: RecordRows
    new: bool = False


def customer_file(
    doc: Mapping[str, Any], *, path: str, old: bytes | None, like: str, new: bool = False
) -> Filed:
    """The file of a customer; ``like`` is any name of an object, for its kind."""
    text = customers.rewritten(old, doc, path=path)
    blob = blob_name(text, like=like)
    if text == customers.text_of(doc).encode():
        return Filed(path, text, customers.rows_of(doc, path=path, blob=blob), new)
    rows = customers.rows_from(text, path=path, blob=blob, mode="100644")
    assert rows
    return Filed(path, text, rows, new)


def is_laid_out(filed: Filed) -> bool:
    """Whether a person has laid the file of a customer out in their own way."""
    if not isinstance(filed.rows, customers.CustomerRows):
        return False
    doc = json.loads(filed.rows.customer[5] or "{}")
    return filed.text != customers.text_of(doc).encode()


def laid_out(git: Git, doc: Mapping[str, Any], blob: str, known: bytes | None) -> bytes | None:
    """The file of a customer as a person laid it out; None where it is as we do.

    ``known`` is its text where Git does not have it yet.
    """
    if blob_name(customers.text_of(doc).encode(), like=blob) == blob:
        return None
    return known or next(git.blobs([blob], LIMIT))


def day_file(day: orders.Day) -> Filed:
    """The file of a day's orders."""
    return Filed(day.path, day.text(), orders.rows_of(day))


def is_indexed(path: str) -> bool:
    """Whether the index has rows of the file at ``path``."""
    return is_record(path) or (path.startswith(f"{KB}/") and place_of(path) is not None)


def is_record(path: str) -> bool:
    """Whether a customer or a day of orders is at ``path``."""
    return path.startswith((f"{CUSTOMERS}/", f"{ORDERS}/")) and (
        id_in_path(path) is not None or is_day_path(path)
    )


def put(index: Index, rows: RecordRows, *, new: bool = False) -> None:
    """Write the rows of one file, replacing what stood there."""
    if isinstance(rows, customers.CustomerRows):
        customers.put(index, rows, new=new)
    elif isinstance(rows, articles.ArticleRows):
        articles.put(index, rows)
    else:
        orders.put(index, rows)


def drop(index: Index, path: str) -> None:
    """Forget the file at ``path``."""
    if customer_id := id_in_path(path):
        customers.drop(index, customer_id)
    elif path.startswith(f"{KB}/"):
        articles.drop(index, path)
    else:
        orders.drop(index, path)


def take(index: Index, files: Mapping[str, bytes | None], *, like: str) -> None:
    """Bring the index after files that somebody has edited by hand."""
    for path, raw in files.items():
        if is_indexed(path):
            drop(index, path)
            if raw is not None:
                blob = blob_name(raw, like=like)
                put(index, _rows(raw, (path, blob, "100644")), new=True)


def files_of(git: Git, commit: str) -> list[File]:
    """Every such file of a commit."""
    there = git.files_in(commit, *FOLDERS, KB)
    found = ((shown(path), blob, mode) for path, blob, mode in there)
    return [file for file in found if is_indexed(file[0])]


def update(
    git: Git,
    index: Index,
    changes: Iterable[File],
    spread: Callable[[Callable[[list[File]], Any], list[File]], Iterable[RecordRows]],
    *,
    new: bool = False,
) -> None:
    """Bring the index after changed files; a ``new`` index has none of them."""
    there: list[File] = []
    for file in changes:
        if not new:
            drop(index, file[0])
        if exists(file[1]):
            there.append(file)
    for rows in spread(_Reading(git), there):
        put(index, rows, new=True)


class _Reading:
    """Reads files into rows; a class, so that it goes between processes."""

    def __init__(self, git: Git) -> None:
        self.git = git

    def __call__(self, files: list[File]) -> list[RecordRows]:
        contents = self.git.blobs([blob for _, blob, _ in files], LIMIT)
        return [_rows(raw, file) for file, raw in zip(files, contents, strict=True)]


def _rows(raw: bytes | None, file: File) -> RecordRows:
    path, blob, mode = file
    if id_in_path(path):
        rows = customers.rows_from(raw, path=path, blob=blob, mode=mode)
    elif path.startswith(f"{KB}/"):
        return articles.rows_from(raw, path=path, blob=blob, mode=mode)
    else:
        return orders.rows_of(orders.Day.read(raw, path=path))
    assert rows
    return rows
