"""Customers' files and days of orders that Git cannot merge by itself, merged by what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.customers.identity import id_in_path
from tkt.domain.customers.merging import merged_customer, merged_rows
from tkt.domain.customers.orders import is_day_path
from tkt.errors import BadData
from tkt.storage import customers
from tkt.storage.orders import Day
from tkt.storage.reading import LIMIT
from tkt.storage.records import is_record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tkt.storage.git import Git

Raws = tuple[bytes | None, bytes | None, bytes | None]
"""The bytes of a file in the ancestor and on both sides; None where there is none."""


def merged_in(
    git: Git, commits: tuple[str, str, str], paths: Iterable[str]
) -> dict[str, str] | None:
    """Path from the repository's top to the blob of the merged file, for each of ``paths``.

    None if one of them is no record of ours, or cannot be read on one side.
    """
    found: dict[str, str] = {}
    for path in paths:
        inside = path.removeprefix(git.prefix)
        if not path.startswith(git.prefix) or not is_record(inside):
            return None
        base, ours, theirs = (_raw(git, commit, inside) for commit in commits)
        text = merged(inside, (base, ours, theirs))
        if text is None:
            return None
        found[path] = git.run("hash-object", "-w", "--stdin", stdin=text).decode().strip()
    return found


def _raw(git: Git, commit: str, path: str) -> bytes | None:
    for _, blob, _ in git.files_in(commit, path):
        return next(git.blobs([blob], LIMIT))
    return None


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
