"""The query language: ``status:open team:aftersales overdue "破损"``.

``parser`` knows only the grammar, ``bind`` the desk's words; ``reading`` is both in a row. A bound
query is answered by ``tkt.storage.search`` (SQL) or ``tkt.domain.query.evaluate`` (one ticket).
"""

from __future__ import annotations

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

__all__ = [
    "And",
    "Compare",
    "Everything",
    "Flag",
    "Node",
    "Not",
    "Or",
    "Query",
    "Range",
    "Sort",
    "Value",
    "Words",
]
