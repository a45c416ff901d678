"""What a query is made of: the tree of conditions, and what stands beside it.

The same classes serve before and after binding. As parsed, a :class:`Compare` carries the operator
that was typed (``:``, ``=``, ``!=``, ``>``, ``>=``, ``<``, ``<=``) and :class:`Value` or
:class:`Range` values. Once bound it carries one of :data:`BOUND_OPS` and plain values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

BOUND_OPS = ("in", "contains", "glob", "<", "<=", ">", ">=", "null")
"""What a bound Compare may say of a field, whose value may be one thing or several:

* ``in``        it is one of ``values`` (texts or numbers), exactly
* ``contains``  one of ``values`` stands somewhere in it; ASCII letters in either case
* ``glob``      one of the patterns ``values`` fits it whole; ``*`` is any text, also none
* ``<`` …       it compares so with the only value, a number or an aware datetime
* ``null``      it has no value; ``values`` is empty
"""


@dataclass(frozen=True, slots=True)
class Value:
    """A value; ``quoted`` means literally so: no wildcard, no ``me``, no ``none``.

    ``typed`` still has the full-width punctuation that ``text`` has in ASCII, outside quotes.
    """

    text: str
    column: int
    quoted: bool = False
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """``low..high`` as typed, both ends included; at most one end is missing."""

    low: Value | None
    high: Value | None
    column: int


@dataclass(frozen=True, slots=True)
class Everything:
    """True of every ticket."""


@dataclass(frozen=True, slots=True)
class And:
    """All of ``parts``."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of ``parts``."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of ``part``: also true where a field has no value."""

    part: Node


@dataclass(frozen=True, slots=True)
class Compare:
    """A statement about one field."""

    field: str
    op: str
    values: tuple[Any, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Words:
    """Words to be found in the ticket's text; as a phrase, one right after the other."""

    text: str
    phrase: bool
    column: int


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a ticket is or is not: overdue, edited, archived …"""

    name: str
    column: int


Node = And | Or | Not | Compare | Words | Flag | Everything


@dataclass(frozen=True, slots=True)
class Sort:
    """One key of the order."""

    field: str
    descending: bool
    column: int


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query; ``limit`` and ``page`` (from 1) are None and ``sort`` empty if not said.

    ``text`` is what was typed, for messages that point into it.
    """

    tree: Node
    sort: tuple[Sort, ...] = ()
    limit: int | None = None
    page: int | None = None
    text: str = ""
