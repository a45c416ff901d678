"""Articles as they are shown: one with all that is known of it, or a list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain.kb.article import Article
from tkt.named import NamedTuple
from tkt.services.kb.finding import among, find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tkt.services.kb.searching import Filters
    from tkt.storage.desk import Desk

Row = dict[str, Any]
SERVED = "do != 'helped'"
"""The condition of a use: an event may name an article without its having served anybody."""


class Wanted(NamedTuple):
    """Which articles of a list; what is None does not matter."""

    filters: Filters
    owner: str | None = None


def row(article: Article) -> Row:
    """An article as JSON shows it in a list: all but its text."""
    doc = article._asdict()
    del doc["body"], doc["quiz"]
    return {"slug": article.slug, **{key: _listed(value) for key, value in doc.items()}}


def is_for(article: Article, by: Callable[[], str]) -> bool:
    """Whether somebody has a use for it; that is no reply which another keeps for themselves."""
    return article.scope != "personal" or article.owner == by()


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def card(desk: Desk, reference: str, *, lang: str | None, raw: bool) -> Row:
    """One article with its text, its other languages, and how often it has served."""
    article = find(desk, reference, lang=lang)
    sql = "SELECT lang FROM articles WHERE slug = ? AND path != ? ORDER BY lang"
    others = [lang for (lang,) in desk.index.select(sql, (article.slug, article.path))]
    sql = f"SELECT count(DISTINCT num) FROM article_uses WHERE slug = ? AND {SERVED}"
    ((used,),) = desk.index.select(sql, (article.slug,))
    sql = "SELECT blob FROM articles WHERE path = ?"
    ((blob,),) = desk.index.select(sql, (article.path,))
    return {
        **row(article),
        "body": article.body,
        "quiz": [dict(one) for one in article.quiz],
        "other_languages": others,
        "used": used,
        "edited": not desk.tree.leaves_out(article.path) and desk.is_edited(article.path, blob),
        **({"raw": _raw(desk, blob)} if raw else {}),
    }


def _raw(desk: Desk, blob: str) -> str:
    from tkt.storage.reading import LIMIT  # a search has no use for it

    return (next(desk.git.blobs([blob], LIMIT)) or b"").decode(errors="replace")


def listed(desk: Desk, wanted: Wanted) -> list[Row]:
    """The articles that fit, by kind and name."""
    filters = wanted.filters
    where: list[str] = []
    params: list[str] = []
    for column, values in zip(("kind", "status", "audience"), filters[:3], strict=True):
        where.append(f"{column} IN ({', '.join('?' * len(values))})")
        params += values
    if filters.lang is not None:
        where.append("lang IN (?, '')")
        params.append(filters.lang)
    sql = f"SELECT doc FROM articles WHERE {' AND '.join(where)} ORDER BY path"
    found = (Article.of(json.loads(doc)) for (doc,) in desk.index.select(sql, params))
    return [row(one) for one in found if _fits(one, filters.category, wanted.owner)]


def _fits(article: Article, category: str | None, owner: str | None) -> bool:
    if category is not None and category not in article.categories:
        return False
    return owner is None or article.owner == owner


def every(desk: Desk, *, statuses: Iterable[str] = ("published",)) -> list[Article]:
    """All articles of some statuses, each variant by itself."""
    sql = "SELECT doc FROM articles WHERE status IN ({marks}) ORDER BY path"
    rows = desk.index.among(sql, list(statuses))
    return [Article.of(json.loads(doc)) for (doc,) in rows]


def titles(desk: Desk, slugs: Iterable[str]) -> dict[str, str]:
    """What articles are called, of those there are."""
    return {one.slug: one.title for one in among(desk, slugs)}
