"""Canned replies as a list and as a card, and how they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.plaintext import one_line
from tkt.domain.table import Card, Column, Section, Table
from tkt.render.views.hits import status_of, worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tkt.domain.kb.article import Article
    from tkt.domain.replies.shown import Shown

_FOUND = (Column("shortcut", "list"), Column("name", "name"), Column("title"),
          Column("preview", "text", 1))  # fmt: skip
_DRAFTS = (*_FOUND[:3], Column("status", "name"), _FOUND[3])
_STATS = (
    Column("name", "name"), Column("uses", "number"), Column("wrote_again", "number"),
    Column("resolved", "number"), Column("reopened", "number"), Column("ratings", "text", 1),
    Column("by", "text", 2), Column("title", "text", 3),
)  # fmt: skip
_CELLS = 60
"""So much of a reply is shown in a list."""


def found(replies: Iterable[Article], *, drafts: bool, for_people: bool) -> Table:
    """Each with what is typed to get it, and how it begins; of ``drafts`` also which they are."""
    rows = [_row(reply) for reply in replies]
    return Table(_DRAFTS if drafts else _FOUND, list(map(_in_words, rows)) if for_people else rows)


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "status": status_of(row["status"]), "scope": worded("scope", row["scope"])}


def _row(reply: Article) -> dict[str, Any]:
    return {
        "shortcut": list(reply.shortcuts), "name": reply.name, "title": reply.title,
        "preview": one_line(reply.body, _CELLS), "text": reply.body, "scope": reply.scope,
        "team": reply.team, "owner": reply.owner, "lang": reply.lang, "status": reply.status,
        "category": list(reply.categories), "path": reply.path,
    }  # fmt: skip


def card(shown: Shown, *, for_people: bool) -> Card:
    """One of them, whole."""
    row = _row(shown.reply)
    row.pop("preview")
    row.update(text=shown.text, variables=list(shown.variables), langs=list(shown.langs),
               ticket=shown.ticket)  # fmt: skip
    told = ("shortcut", "scope", "team", "owner", "status", "langs", "variables", "ticket", "path")
    said = _in_words(row) if for_people else row
    fields = {key: said[key] for key in told if said[key]}
    title = f"{row['name']}  {row['title']}"
    return Card(title, fields, (Section("", shown.text),), row)


def stats(rows: Sequence[Mapping[str, Any]], as_data: bool) -> Table:
    """How often each was used, and what came of it."""
    if as_data:
        return Table(_STATS, rows)
    return Table(_STATS, [{**row, "by": _counted(row["by"]), "ratings": _counted(row["ratings"])}
                          for row in rows])  # fmt: skip


def _counted(counts: Mapping[str, int]) -> str:
    return " ".join(f"{name}×{count}" for name, count in counts.items())
