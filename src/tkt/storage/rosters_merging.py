"""Rosters that two people wrote on at once: what one has put in goes behind what the other has.

Commands only ever put items at the ends of a roster's lists, so lines of two clones lie side by
side and Git takes them for a conflict. Anything else that was done to a roster is Git's to merge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.errors import BadData
from tkt.storage import yaml
from tkt.storage.appending import appended
from tkt.storage.layout import ROSTERS
from tkt.storage.reading import LIMIT, REGULAR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tkt.storage.git import Git
    from tkt.storage.records_merging import Change

    Items = dict[str, list[Any]]


def merge(
    git: Git, names: Sequence[str], changes: tuple[list[Change], list[Change]]
) -> dict[str, bytes] | None:
    """Path in the desk to the file that both sides make; None if one of ``names`` is Git's.

    ``names`` are from the repository's top, ``changes`` what each side did to the ancestor.
    """
    here, there = ({change[0]: change for change in side} for side in changes)
    made: dict[str, bytes] = {}
    for name in names:
        path = name.removeprefix(git.prefix)
        sides = (here.get(name), there.get(name))
        if name != git.prefix + path or not _is_roster(path) or None in sides:
            return None
        (_, base, ours, _, mode), (_, _, theirs, _, other_mode) = sides  # type: ignore[misc]
        if mode not in REGULAR or other_mode not in REGULAR:
            return None
        known = [base] if base.strip("0") else []
        *before, mine, other = git.blobs([*known, ours, theirs], LIMIT)
        text = united(path, (before[0] if before else b"", mine, other))
        if text is None:
            return None
        made[path] = text
    return made


def united(path: str, raws: tuple[bytes | None, bytes | None, bytes | None]) -> bytes | None:
    """The roster with what both sides put in, alike on every clone; None if it is not that easy."""
    base, ours, theirs = raws
    if base is None or ours is None or theirs is None:
        return None
    found = []
    for one, other in ((ours, theirs), (theirs, ours)):
        try:
            found += [_put_in(other, added, path) for added in _added(base, one, path)]
        except BadData:
            return None
    return min(found, default=None)


def _is_roster(path: str) -> bool:
    return path.startswith(f"{ROSTERS}/") and path.endswith(".yaml")


def _added(base: bytes, raw: bytes, path: str) -> list[Items]:
    """What was put at the ends of lists, if nothing else was done; else nothing."""
    before, after = (yaml.load(text, path=path) or {} for text in (base, raw))
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return []
    added = {
        key: items[len(before.get(key) or ()) :]
        for key, items in after.items()
        if isinstance(items, list) and len(items) > len(before.get(key) or ())
    }
    made = base
    for key, items in added.items():
        made = appended(made, key, items, path=path)
    return [added] if made == raw else []


def _put_in(raw: bytes, added: Mapping[str, list[Any]], path: str) -> bytes:
    for key, items in added.items():
        known = (yaml.load(raw, path=path) or {}).get(key) or ()
        new = [item for item in items if item not in known]
        raw = appended(raw, key, new, path=path) if new else raw
    return raw
