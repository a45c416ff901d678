"""The query language: ``status:open team:aftersales overdue "破损"``.

``parse`` knows only the grammar, ``bind`` the desk's words; ``read`` is both in a row. A bound
query is answered by ``tkt.storage.search`` (SQL) or ``tkt.domain.query.evaluate`` (one ticket).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.query.bind import bind
from tkt.domain.query.parser import parse
from tkt.domain.query.tree import (
    And,
    Compare,
    Everything,
    Flag,
    Node,
    Not,
    Or,
    Query,
    Range,
    Sort,
    Value,
    Words,
)
from tkt.domain.query.vocabulary import FieldSpec, Vocabulary

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

__all__ = [
    "And",
    "Compare",
    "Everything",
    "FieldSpec",
    "Flag",
    "Node",
    "Not",
    "Or",
    "Query",
    "Range",
    "Sort",
    "Value",
    "Vocabulary",
    "Words",
    "bind",
    "parse",
    "read",
]


def read(text: str, *, vocabulary: Vocabulary, now: datetime, tz: tzinfo, me: str | None) -> Query:
    """The bound query that ``text`` spells; UsageProblem with ``column`` and ``text`` if none."""
    query = parse(text, fields=vocabulary.field_names(), flags=vocabulary.flag_names())
    return bind(query, vocabulary=vocabulary, now=now, tz=tz, me=me)
