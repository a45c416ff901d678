"""What somebody's history of training comes to: last results, assignments, ticks."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TAKE, ASSIGN, TICK, UNTICK = "take", "assign", "tick", "untick"
DEEDS = (TAKE, ASSIGN, TICK, UNTICK)
"""What is recorded of somebody: a course taken, assigned, an item of the checklist done or not."""

Record = dict[str, Any]
"""``last`` and ``passed`` (course to the last result, and the last that was enough, with the
versions of what was read), ``assigned``
(course to the last assignment) and ``ticked`` (item to when and by whom); plain data."""


def fold(history: Iterable[Mapping[str, Any]]) -> Record:
    """What a history comes to, in whatever order its entries stand.

    Two clones that were merged may have them in any order; what was done last counts.
    """
    made: Record = {"last": {}, "passed": {}, "assigned": {}, "ticked": {}}
    for entry in sorted(history, key=_order):
        match entry["do"]:
            case "take":
                told = {key: entry[key] for key in ("at", "score", "passed") if key in entry}
                made["last"][entry["course"]] = told
                if entry["passed"]:
                    read = {"version": entry["version"]} if entry.get("version") else {}
                    made["passed"][entry["course"]] = {**told, **read}
            case "assign":
                made["assigned"][entry["course"]] = {key: entry[key] for key in ("at", "due")}
            case "tick":
                made["ticked"][entry["item"]] = {key: entry[key] for key in ("at", "by")}
            case _:
                made["ticked"].pop(entry["item"], None)
    return made


def _order(entry: Mapping[str, Any]) -> tuple[float, str]:
    at = datetime.fromisoformat(entry["at"]).timestamp()
    return at, json.dumps(entry, sort_keys=True, ensure_ascii=False)
