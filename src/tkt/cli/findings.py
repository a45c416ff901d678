"""Findings of a check: ``file:line:column: message`` for people and editors, objects in JSON."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from tkt.cli.out import hint, sentence
from tkt.domain.ids import id_in_path
from tkt.domain.shape import CAUTIONS
from tkt.domain.table import Column, Table
from tkt.errors import BadData
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.cli.env import Env
    from tkt.errors import TktError

COLUMNS = tuple(map(Column, ("path", "line", "column", "error", "message", "hint", "id")))


def show_findings(env: Env, faults: Sequence[BadData]) -> None:
    """Print findings; each hint follows, on stderr, the first run of faults that it is for."""
    if env.collected is not None or env.format not in (None, "human"):
        env.show(Table(COLUMNS, [finding(fault) for fault in faults]))
        return
    said: set[str] = set()
    for text, group in groupby(faults, key=hint):
        env.out.data(f"{_line(fault)}\n" for fault in group)
        if text and text not in said:
            said.add(text)
            env.out.flush()
            env.out.say("check.hint", hint=text)


def _line(fault: BadData) -> str:
    """``file:line:column: message``, with a word for what is only worth knowing."""
    if fault.key not in CAUTIONS:
        return sentence(fault)
    place, message = _parted(fault)
    return f"{place}{say('check.caution', text=message)}"


def _parted(fault: BadData) -> tuple[str, str]:
    place = f"{fault.path}:{fault.line}:{fault.column}: "
    return place, sentence(fault).removeprefix(place)


def finding(error: TktError) -> dict[str, Any]:
    """One finding as data; ``message`` is without the place."""
    place: dict[str, Any] = {"path": error.params.get("path"), "line": None, "column": None}
    message = sentence(error)
    if isinstance(error, BadData):
        place.update(line=error.line, column=error.column)
        message = _parted(error)[1]
    ticket_id = id_in_path(str(place["path"] or ""))
    return {
        **place,
        "error": error.key,
        "message": message,
        "hint": hint(error),
        "id": ticket_id,
        "severity": "warning" if error.key in CAUTIONS else "error",
    }
