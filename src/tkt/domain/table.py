"""Table and Card: the only two shapes in which a result is shown.

A view builds one of them from domain values, a format turns it into text. Values keep their
types (``datetime``, ``timedelta``, ``bool``, lists): JSON can be exact and a person's table short.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind = Literal[
    "text", "id", "name", "number", "time", "due", "since", "duration", "list", "bool", "path"
]
"""What a column holds. Of a time, ``due`` says that something is to happen by then, ``since`` that
something has gone on from then."""


class RawJson(str):
    """A string that already is one JSON value: JSON formats put it in as it stands.

    Whoever makes one answers for its being valid JSON. The other formats show it as text.
    """

    __slots__ = ()


class Part(NamedTuple):
    """A piece of a :class:`Phrase`: what it means, and the file of the desk that it leads to."""

    text: str
    meaning: str | None = None
    link: str | None = None


class Phrase(str):
    """A text for people whose parts know what they mean, so that a terminal can show it.

    To every other format it is the text that its parts make.
    """

    __slots__ = ("parts",)
    parts: tuple[Part, ...]

    def __new__(cls, *parts: Part | str) -> Phrase:
        """The text of ``parts``, one behind the other; a mere string has no meaning of its own."""
        known = tuple(Part(part) if isinstance(part, str) else part for part in parts)
        phrase = super().__new__(cls, "".join([part.text for part in known]))
        phrase.parts = known
        return phrase


class Column(NamedTuple):
    """A column to show: ``key`` finds the value in a row and the heading in the catalogue.

    A person's table always has the columns of ``rank`` 0. It has those of rank 1, 2, 3… as far as
    there is room beside them, and only where a row has something to show there.
    """

    key: str
    kind: Kind = "text"
    rank: int = 0


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


Tone = Literal["plain", "day", "theirs", "ours", "auto", "aside", "gone", "quiet"]


class Piece(NamedTuple):
    """A part of a :class:`Strip`: how much of it, what it is called, and what it means."""

    amount: int
    label: str
    meaning: str | None = None


class Strip(NamedTuple):
    """A whole laid out in pieces, one behind the other, as a bar shows them."""

    pieces: tuple[Piece, ...]

    def cells(self, room: int) -> list[int]:
        """How many of so many cells each piece takes, none of them less than one."""
        whole, room = sum(piece.amount for piece in self.pieces), max(room, len(self.pieces))
        if not whole:
            return [0] * len(self.pieces)
        taken = [max(1, room * piece.amount // whole) for piece in self.pieces]
        while sum(taken) != room:  # rounding goes to the largest, and is paid by the largest
            largest = taken.index(max(taken))
            taken[largest] += 1 if sum(taken) < room else -1
        return taken


class Section(NamedTuple):
    """A part of a card below its fields: a heading and a text of any length, a table, or a strip.

    ``tone`` says what it is in a conversation: the day on which it goes on, what the other side
    said, what we answered or what they were told by itself, what was said aside among ourselves,
    what no longer counts, or something to pass over quietly.
    """

    heading: str
    content: str | Table | Strip
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
