"""What there is to say of how a text speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt import texts
from tkt.domain.plaintext import one_line
from tkt.domain.table import Card, Column, Section, Table
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.custom.field import Label
    from tkt.domain.tone.told import Said, Told

_FOUND = (
    Column("level", "name"), Column("words", "list"), Column("why"), Column("suggestion"),
)  # fmt: skip
_CELLS = 60
"""So much of a text stands above what there is to say of it."""


def card(told: Told, for_people: bool) -> Card:
    """Every finding with its words, why, and what to say instead; texts with none are counted."""
    count = sum(len(each.findings) for each in told.said)
    key = "tone.blocks" if told.blocks else "tone.warns" if count else "tone.fine"
    sections = [
        Section(_heading(each), Table(_FOUND, list(_rows(each, for_people))))
        for each in told.said
        if each.findings
    ]
    data = {
        "ok": not told.blocks,
        "ticket": told.ticket,
        "findings": [row for each in told.said for row in _data(each)],
    }
    return Card(say(key, count=count), {}, tuple(sections), data)


def _heading(each: Said) -> str:
    said = one_line(each.text, _CELLS)
    if each.event is None:
        return said
    return f"{each.event.instant:%m-%d %H:%M} {each.event.by}: {said}"


def _rows(each: Said, for_people: bool) -> Iterator[dict[str, Any]]:
    for one in each.findings:
        level = say(f"tone.level.{one.level}") if for_people else one.level
        yield {"level": level, "words": list(one.words), "why": _worded(one.label),
               "suggestion": _worded(one.suggest)}  # fmt: skip


def _data(each: Said) -> Iterator[dict[str, Any]]:
    """The same for programs, with the rule and the event."""
    for one in each.findings:
        yield {
            "rule": one.rule, "kind": one.kind, "level": one.level, "words": list(one.words),
            "why": _worded(one.label), "suggestion": _worded(one.suggest),
            "event": each.event.id if each.event else None, "text": each.text,
        }  # fmt: skip


def _worded(label: Label) -> str:
    return str(getattr(label, texts.current()))
