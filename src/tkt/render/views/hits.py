"""Articles that were found, as a table; it waits for nothing but what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.table import Column, Part, Phrase, Table
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tkt.domain.kb.excerpts import Excerpt

    Row = Mapping[str, Any]

_HITS = (
    Column("slug", "id"),
    Column("title"),
    Column("status", "name", 2),
    Column("score", "number", 1),
    Column("excerpt"),
)


def worded(kind: str, value: str) -> str:
    """What people call a status, an audience, and so on."""
    return say(f"kb.{kind}.{value}")


def status_of(status: str) -> Phrase:
    """The status of an article in people's words."""
    meaning = {"draft": "state:new", "archived": "state:closed"}.get(status)
    return Phrase(Part(worded("status", status), meaning))


def table(found: Iterable[tuple[Row, float, Excerpt]], *, for_people: bool) -> Table:
    """Articles that were found, with the place that was; programs get where the marks are."""
    rows, statuses = [], set()
    for article, score, excerpt in found:
        statuses.add(article["status"])
        row = {**article, "score": round(score, 3)}
        if for_people:
            row["status"] = status_of(article["status"])
            row["excerpt"] = _marked(excerpt)
        else:
            row["excerpt"] = excerpt.text
            row["found_in"] = excerpt.field
            row["marks"] = [list(mark) for mark in excerpt.marks]
        rows.append(row)
    # Of published ones alone nobody needs to be told that they are.
    columns: tuple[Column, ...] = _HITS
    if for_people and statuses <= {"published"}:
        columns = tuple(column for column in _HITS if column.key != "status")
    return Table(columns, rows)


def _marked(excerpt: Excerpt) -> Phrase:
    parts, at = [], 0
    for start, end in excerpt.marks:
        parts += [Part(excerpt.text[at:start]), Part(excerpt.text[start:end], "found")]
        at = end
    return Phrase(*parts, Part(excerpt.text[at:]))
