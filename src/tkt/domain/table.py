"""Table and Card: the only two shapes in which a result is shown.

A view builds one of them from domain values, a format turns it into text. Values keep their
types (``datetime``, ``timedelta``, ``bool``, lists): JSON can be exact and a person's table short.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind = Literal["text", "id", "name", "number", "time", "duration", "list", "bool", "path"]


class RawJson(str):
    """A string that already is one JSON value: JSON formats put it in as it stands.

    Whoever makes one answers for its being valid JSON. The other formats show it as text.
    """

    __slots__ = ()


class Column(NamedTuple):
    """A column to show: ``key`` finds the value in a row and the heading in the catalogue."""

    key: str
    kind: Kind = "text"


class Table(NamedTuple):
    """Many things of one sort.

    ``rows`` are mappings that may hold more than the columns: JSON prints the whole mapping, the
    formats for people and CSV print the columns; a missing key is an empty cell. ``rows`` may be an
    iterator: it is then read once, and JSON, JSON lines, CSV and plain text hold one row at a time.
    ``title`` and ``notes`` (below the table) are for people only.
    """

    columns: tuple[Column, ...]
    rows: Iterable[Mapping[str, Any]]
    title: str | None = None
    notes: tuple[str, ...] = ()


Tone = Literal["plain", "theirs", "ours", "aside", "quiet"]


class Section(NamedTuple):
    """A part of a card below its fields: a heading and a text of any length, or a table.

    ``tone`` says what it is in a conversation: what the other side said, what we answered, what was
    said aside among ourselves, or something to pass over quietly.
    """

    heading: str
    content: str | Table
    tone: Tone = "plain"


class Card(NamedTuple):
    """One thing.

    ``fields`` (key to value, in order) and ``body`` are what a person sees; ``data`` is exactly
    what JSON prints, the fields when it is not given.
    """

    title: str
    fields: Mapping[str, Any]
    body: tuple[Section, ...] = ()
    data: Mapping[str, Any] | RawJson | None = None

    @property
    def document(self) -> Mapping[str, Any] | RawJson:
        """What JSON and CSV print."""
        return self.fields if self.data is None else self.data
