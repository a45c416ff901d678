"""Customers' files and days of orders that Git cannot merge by itself, merged by what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.customers.identity import id_in_path
from tkt.domain.customers.merging import merged_customer, merged_rows
from tkt.domain.customers.orders import is_day_path
from tkt.errors import BadData
from tkt.named import NamedTuple
from tkt.storage import customers
from tkt.storage.git import exists
from tkt.storage.orders import Day
from tkt.storage.reading import LIMIT, REGULAR
from tkt.storage.records import FOLDERS, is_record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tkt.storage.git import Git

Change = tuple[str, str, str, str, str]
"""path from the repository's top, blob before and after, mode before and after"""

_PLAIN = (*REGULAR, "000000")

Raws = tuple[bytes | None, bytes | None, bytes | None]
"""The bytes of a file in the ancestor and on both sides; None where there is none."""


class Records(NamedTuple):
    """What merging gave: files (relative to the desk) to write, and changes to take as they are."""

    files: dict[str, bytes]
    taken: list[Change]


def is_kept_here(git: Git, path: str) -> bool:
    """Whether a path, from the repository's top, lies among customers or orders."""
    return path.startswith(tuple(f"{git.prefix}{folder}/" for folder in FOLDERS))


def merge(git: Git, here: Iterable[Change], there: Iterable[Change]) -> Records | None:
    """Customers and orders as both sides, with these changes to the common ancestor, left them.

    All blobs are read by one process, however many files both have changed. None if one of these
    is no record of ours, or cannot be read on one side: then it is Git's to merge.
    """
    ours = {change[0]: change for change in here}
    theirs = {change[0]: change for change in there}
    taken = [change for path, change in theirs.items() if path not in ours]
    both = [path for path in theirs if path in ours and ours[path][2] != theirs[path][2]]
    inside = {path: path.removeprefix(git.prefix) for path in both}
    plain = (ours[path][4] in _PLAIN and theirs[path][4] in _PLAIN for path in both)
    if not all(map(is_record, inside.values())) or not all(plain):
        return None
    blobs = [(ours[path][1], ours[path][2], theirs[path][2]) for path in both]
    contents = git.blobs([blob for three in blobs for blob in three if exists(blob)], LIMIT)
    files: dict[str, bytes] = {}
    for path, three in zip(both, blobs, strict=True):
        base, mine, other = (next(contents) if exists(blob) else None for blob in three)
        text = merged(inside[path], (base, mine, other))
        if text is None:
            return None
        files[inside[path]] = text
    return Records(files, taken)


def merged(path: str, raws: Raws) -> bytes | None:
    """The file that two versions make; None if one of them cannot be read."""
    _, ours, theirs = raws
    if ours is None or theirs is None:
        return ours if theirs is None else theirs
    try:
        return _customer(path, raws) if id_in_path(path) else _day(path, raws)
    except BadData:
        return None


def _customer(path: str, raws: Raws) -> bytes:
    base, ours, theirs = (customers.read(raw, path=path) if raw else None for raw in raws)
    assert ours is not None
    assert theirs is not None
    doc = merged_customer(base, ours, theirs)
    laid_out = max(
        (raw for raw, said in ((raws[1], ours), (raws[2], theirs))
         if raw is not None and raw != customers.text_of(said).encode()),
        default=None,
    )  # fmt: skip
    return customers.rewritten(laid_out, doc, path=path)


def _day(path: str, raws: Raws) -> bytes | None:
    days = [Day.read(raw, path=path) for raw in raws]
    if not is_day_path(path) or any(day.faults for day in days):
        return None
    base, ours, theirs = ({n: day.get(n) or {} for n in day.numbers()} for day in days)
    made = Day(path)
    for day in days[1:]:
        made.columns += [name for name in day.columns if name not in made.columns]
    for row in merged_rows(base, ours, theirs).values():
        made.put(row)
    return made.text()
