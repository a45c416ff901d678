"""Searching articles: those that share words with a text, best first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tkt.domain.kb.article import KINDS, Article
from tkt.domain.words import terms
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from tkt.storage.desk import Desk

WEIGHTS = (8.0, 6.0, 1.0)
"""What a word counts in the title, in the questions and in the body."""
_TOKENS = 24
"""So many words of a text are looked for, the rarest: common ones tell articles apart the least."""


class Filters(NamedTuple):
    """Which articles to look at; ``lang`` and ``category`` only where they are named."""

    kinds: tuple[str, ...] = KINDS
    statuses: tuple[str, ...] = ("published",)
    audiences: tuple[str, ...] = ("public", "internal")
    lang: str | None = None
    category: str | None = None


class Hit(NamedTuple):
    """An article that was found, and how well it fits: more is better, 0 is nothing."""

    article: Article
    score: float


def search(desk: Desk, text: str, filters: Filters, *, limit: int = 20) -> list[Hit]:
    """The articles within ``filters`` that share words with ``text``, best first (BM25)."""
    tokens = _rarest(desk, terms(text))
    if not tokens:
        return []
    wanted = (filters.kinds, filters.statuses, filters.audiences)
    params: list[object] = [" OR ".join(f'"{token}"' for token in tokens)]
    where = "article_words MATCH ?"
    for column, values in zip(("kind", "status", "audience"), wanted, strict=True):
        where += f" AND {column} IN ({', '.join('?' * len(values))})"
        params += values
    if filters.lang is not None:
        where += " AND lang IN (?, '')"
        params.append(filters.lang)
    if filters.category is not None:
        where += " AND EXISTS (SELECT 1 FROM json_each(doc, '$.categories') WHERE value = ?)"
        params.append(filters.category)
    sql = (
        f"SELECT doc, bm25(article_words, {', '.join(map(str, WEIGHTS))}) AS rank"
        f" FROM article_words JOIN articles ON num = article_words.rowid WHERE {where}"
        " ORDER BY rank LIMIT ?"
    )
    rows = desk.index.select(sql, (*params, limit))
    return [Hit(Article.of(json.loads(doc)), -rank) for doc, rank in rows]


def _rarest(desk: Desk, tokens: list[str]) -> list[str]:
    """Those of the words that are in any article, the rarest first, no more than are needed."""
    sql = "SELECT term, doc FROM article_terms WHERE term IN ({marks})"
    known = [(count, term) for term, count in desk.index.among(sql, tokens[:1000])]
    return [term for _, term in sorted(known)[:_TOKENS]]
