"""Agents and teams as tables and cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.table import Card, Column, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_COUNTS = (Column("new", "number"), Column("open", "number"), Column("pending", "number"))


def agents(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Everybody, with what is on their desks."""
    head = (Column("id", "id"), Column("name", "name"), Column("teams", "list"), *_COUNTS)
    return Table((*head, Column("email", "list")), rows)


def teams(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Every team, with what is waiting for it."""
    head = (Column("id", "id"), Column("name", "name"), Column("lead", "name"), *_COUNTS)
    return Table((*head, Column("members", "list")), rows)


def card(row: Mapping[str, Any]) -> Card:
    """One of them."""
    return Card(f"{row['id']}  {row['name']}", dict(row), (), row)
