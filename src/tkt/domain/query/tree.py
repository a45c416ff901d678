"""What a query is made of: the tree of conditions, and what stands beside it.

The same classes serve before and after binding. As parsed, a :class:`Compare` carries the operator
that was typed (``:``, ``=``, ``!=``, ``>``, ``>=``, ``<``, ``<=``) and :class:`Value` or
:class:`Range` values. Once bound it carries one of :data:`BOUND_OPS` and plain values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

BOUND_OPS = ("in", "contains", "glob", "<", "<=", ">", ">=", "null")
"""What a bound Compare may say of a field, whose value may be one thing or several:

* ``in``        it is one of ``values`` (texts or numbers), exactly
* ``contains``  one of ``values`` stands somewhere in it; ASCII letters in either case
* ``glob``      one of the patterns ``values`` fits it whole; ``*`` is any text, also none
* ``<`` …       it compares so with the only value, a number or an aware datetime
* ``null``      it has no value; ``values`` is empty
"""


class Value(NamedTuple):
    """A value; ``quoted`` means literally so: no wildcard, no ``me``, no ``none``.

    ``typed`` still has the full-width punctuation that ``text`` has in ASCII, outside quotes.
    """

    text: str
    column: int
    quoted: bool = False
    typed: str = ""


class Range(NamedTuple):
    """``low..high`` as typed, both ends included; at most one end is missing."""

    low: Value | None
    high: Value | None
    column: int


class Everything(NamedTuple):
    """True of every ticket."""


class And(NamedTuple):
    """All of ``parts``."""

    parts: tuple[Node, ...]


class Or(NamedTuple):
    """At least one of ``parts``."""

    parts: tuple[Node, ...]


class Not(NamedTuple):
    """The opposite of ``part``: also true where a field has no value."""

    part: Node


class Compare(NamedTuple):
    """A statement about one field.

    Where a ticket has nothing under its name, the first of its older names (``formerly``) counts
    under which it has something.
    """

    field: str
    op: str
    values: tuple[Any, ...]
    column: int
    formerly: tuple[str, ...] = ()


class Words(NamedTuple):
    """Words to be found in the ticket's text; as a phrase, one right after the other."""

    text: str
    phrase: bool
    column: int


class Flag(NamedTuple):
    """Something a ticket is or is not: overdue, edited, archived …"""

    name: str
    column: int


Node = And | Or | Not | Compare | Words | Flag | Everything


class Sort(NamedTuple):
    """One key of the order; ``formerly`` as in :class:`Compare`."""

    field: str
    descending: bool
    column: int
    formerly: tuple[str, ...] = ()


class Query(NamedTuple):
    """A whole query; ``limit`` and ``page`` (from 1) are None and ``sort`` empty if not said.

    ``text`` is what was typed, for messages that point into it.
    """

    tree: Node
    sort: tuple[Sort, ...] = ()
    limit: int | None = None
    page: int | None = None
    text: str = ""


def leaves(node: Node) -> Iterator[Node]:
    """The conditions that a tree joins, from left to right."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield node
