"""Two versions of a customer, or of a day's orders, become one; no side decides by being "ours".

Lists keep what either side added and lose what either took out. Where both have set one thing to
different values, the one that sorts last holds, so that every clone comes to the same file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain.customers.customer import in_order
from tkt.domain.fields import alike

if TYPE_CHECKING:
    from collections.abc import Mapping

_GONE = object()


def merged_customer(
    base: Mapping[str, Any] | None, ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> dict[str, Any]:
    """The customer that two versions make."""
    return in_order(_mapping(base or {}, ours, theirs))


def merged_rows(
    base: Mapping[str, Mapping[str, str]],
    ours: Mapping[str, Mapping[str, str]],
    theirs: Mapping[str, Mapping[str, str]],
) -> dict[str, dict[str, str]]:
    """A day's orders, number to row, that two versions make."""
    return {number: dict(row) for number, row in sorted(_mapping(base, ours, theirs).items())}


def _mapping(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    added = {*ours, *theirs} - {*base}
    for key in (*base, *sorted(added)):
        sides = (base.get(key, _GONE), ours.get(key, _GONE), theirs.get(key, _GONE))
        value = _value(*sides)
        if value is not _GONE:
            found[key] = value
    return found


def _value(base: Any, ours: Any, theirs: Any) -> Any:
    if _same(ours, theirs) or _same(theirs, base):
        return ours
    if _same(ours, base):
        return theirs
    if _GONE in (ours, theirs):
        return theirs if ours is _GONE else ours  # changed on one side: that is worth more
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return _mapping(base if isinstance(base, dict) else {}, ours, theirs)
    if isinstance(ours, list) and isinstance(theirs, list):
        return _list(base if isinstance(base, list) else [], ours, theirs)
    return max(ours, theirs, key=_sorted_as)


def _list(base: list[Any], ours: list[Any], theirs: list[Any]) -> list[Any]:
    """What both still have of the old in its order, then what either added, alike on every side."""
    kept = [item for item in base if item in ours and item in theirs]
    added = [item for side in (ours, theirs) for item in side if item not in base]
    distinct = [item for at, item in enumerate(added) if item not in added[:at]]
    return kept + sorted(distinct, key=_sorted_as)


def _sorted_as(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _same(one: Any, other: Any) -> bool:
    return one is other or (one is not _GONE and other is not _GONE and alike(one, other))
