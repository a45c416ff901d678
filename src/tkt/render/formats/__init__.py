"""One module a format; each turns a Table and a Card into text.

To add one: a file here with the two functions of :class:`Format`, and its name in :data:`FORMATS`.
Both yield chunks of text whose last line ends with a newline, reading the rows as they go where
the format allows it. A format never looks at the clock, the environment or a stream: what it needs
to know stands in the :class:`Look`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from tkt.errors import UsageProblem
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime, timedelta, tzinfo

    from tkt.domain.table import Card, Table

FORMATS = ("human", "plain", "json", "jsonl", "csv", "markdown", "html")


class Look(NamedTuple):
    """How things are to look, settled once per command; every field has a neutral default.

    ``width`` is the terminal's, in cells. ``now`` and ``tz`` are what people's times are told
    from: without ``now`` a time is told in full, without ``tz`` in its own zone. ``label(key)``
    gives the heading of a column or field. ``moment(at)``, ``due(at)`` and ``span(duration)`` word
    an instant, one by which something is to happen, and a duration for people. ``style(meaning)``
    gives the parameters of the SGR code (``"1;31"``) for what a text means, or None; it is asked
    only with ``colour``. ``link(path)`` gives the address of a file of the desk; without it nothing
    leads anywhere.
    """

    width: int = 80
    now: datetime | None = None
    tz: tzinfo | None = None
    colour: bool = False
    label: Callable[[str], str] = str
    moment: Callable[[datetime], str] | None = None
    due: Callable[[datetime], str] | None = None
    span: Callable[[timedelta], str] | None = None
    style: Callable[[str], str | None] | None = None
    link: Callable[[str], str | None] | None = None
    language: str = ""


class Format(Protocol):
    """What a module in this folder provides."""

    def table(self, table: Table, look: Look) -> Iterator[str]:
        """The table as text, in chunks."""

    def card(self, card: Card, look: Look) -> Iterator[str]:
        """The card as text, in chunks."""


def get(name: str) -> Format:
    """The format called ``name``, imported on first use; UsageProblem when there is none."""
    if name not in FORMATS:
        raise UsageProblem("table.no_such_format", name=name, known=", ".join(FORMATS))
    return cast("Format", import_module(f"{__name__}.{name}"))
