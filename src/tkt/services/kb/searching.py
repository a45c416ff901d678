"""Searching articles: those that answer a text, best first.

Full-text search proposes what shares words with it (BM25), with words that mean the same and with
what was meant by a slip of the keyboard; :mod:`tkt.domain.kb.scoring` decides among these. Nothing
in the text can reach past the filters: they are marks that no text can hold.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.domain.kb import scoring
from tkt.domain.kb.article import AUDIENCES, KINDS, STATUSES, Article
from tkt.domain.kb.filing import wanted
from tkt.domain.kb.nearness import forgiven, nearest
from tkt.domain.kb.synonyms import meant_in
from tkt.domain.kb.wording import LIMIT, asked, fold
from tkt.domain.words import match_expression
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tkt.domain.kb.scoring import Sought
    from tkt.domain.kb.synonyms import Meant
    from tkt.storage.desk import Desk

WEIGHTS = (8.0, 6.0, 1.0, 0.0)
"""What a word counts in the title, in the questions and in the body; a filter counts nothing."""
_WORDS = 24
"""So many words of a text are looked for, the rarest: common ones tell articles apart the least."""
_OTHERS = 24
"""So many words that mean the same are looked for beside them."""
_KNOWN = 400
"""So many words of a text are asked about."""
_COMMON, _MANY = 0.25, 500
"""A word that more than this part of all articles has, and so many, proposes none of them where
there are others: it only costs time."""
PROPOSED = 48
"""So many articles are looked at closely."""

_TRUSTED = 0.2
"""An article with a smaller share of the best one's score is none that anybody looked for."""


class Filters(NamedTuple):
    """Which articles to look at; ``lang`` and ``category`` only where they are named."""

    kinds: tuple[str, ...] = KINDS
    statuses: tuple[str, ...] = ("published",)
    audiences: tuple[str, ...] = AUDIENCES
    lang: str | None = None
    category: str | None = None


class Hit(NamedTuple):
    """An article that was found, and how well it answers: from 0, not at all, to 1.

    ``words`` are those that were looked for, as :func:`tkt.domain.kb.excerpts.excerpt` takes them.
    """

    article: Article
    score: float
    words: tuple[str, ...] = ()


class Searcher:
    """Searches one desk, many times if need be; what does not change is asked for once."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        said: dict[str, Any] = json.loads(desk.searching or "{}")
        self.groups: Sequence[Sequence[str]] = said.get("synonyms", ())
        self.reranker = _reranker(said)
        ((self.total,),) = desk.index.select("SELECT count(*) FROM articles")

    def search(self, text: str, filters: Filters, *, limit: int = 20) -> list[Hit]:
        """The articles within ``filters`` that answer ``text``, best first; each in one language.

        Of several that answer as well the first by its slug comes first, on whatever machine.
        """
        text, counts = self._corrected(text)
        meant = meant_in(fold(text[:LIMIT]), self.groups)
        sought = scoring.sought(text, meant, counts, self.total)
        words = tuple(dict.fromkeys((
            *(word.text for word in sought.words),
            *(fold(text)[one.start : one.end] for one in meant),
            *(other for one in meant for other in one.others),
        )))  # fmt: skip
        found = [
            Hit(article, score, words)
            for article in self._proposed(text, sought, meant, counts, filters)
            if (score := scoring.score(article, sought)) > 0
        ]
        least = _TRUSTED * max((hit.score for hit in found), default=0.0)
        found = [hit for hit in found if hit.score >= least]
        found.sort(key=lambda hit: (-hit.score, hit.article.slug, hit.article.path))
        once = {hit.article.slug: hit for hit in reversed(found)}
        best = [hit for hit in found if once[hit.article.slug] is hit]
        if self.reranker is not None:
            best = self.reranker(text, best)
        return best[:limit]

    def _corrected(self, text: str) -> tuple[str, dict[str, int]]:
        """(the text without slips in Latin words that no article has, in how many each word is)."""
        tokens = asked(text)
        counts = self._counts(tokens)
        known = counts.keys() | {word for group in self.groups for word in group}
        slips = [token for token in tokens if token not in known and forgiven(token)]
        if not slips:
            return text, counts
        folded = fold(text[:LIMIT])
        for slip in slips[:_OTHERS]:
            if other := self._meant(slip):
                folded = folded.replace(slip, other)
        return folded, self._counts(asked(folded))

    def _meant(self, slip: str) -> str | None:
        """The word of an article that was meant; None if none is near."""
        most = forgiven(slip)
        sql = (
            "SELECT term, doc FROM article_terms WHERE term >= 'a' AND term < '{'"
            " AND length(term) BETWEEN ? AND ?"
        )
        return nearest(slip, self.desk.index.select(sql, (len(slip) - most, len(slip) + most)))

    def _counts(self, tokens: Sequence[str]) -> dict[str, int]:
        """In how many articles each word is, of those that are in any."""
        whole = [token for token in tokens if len(token) > 1 or token.isascii()][:_KNOWN]
        sql = "SELECT term, doc FROM article_terms WHERE term IN ({marks})"
        counts = dict(self.desk.index.among(sql, whole))
        # A lone character begins words; how many is told by all words that it begins.
        sql = "SELECT coalesce(sum(doc), 0) FROM article_terms WHERE term >= ? AND term < ?"
        for token in [token for token in tokens if token not in whole][:_WORDS]:
            ((count,),) = self.desk.index.select(sql, (token, token + "\U0010ffff"))
            if count:
                counts[token] = min(count, self.total)
        return counts

    def _proposed(
        self,
        text: str,
        sought: Sought,
        meant: Iterable[Meant],
        counts: Mapping[str, int],
        filters: Filters,
    ) -> list[Article]:
        """The articles that are worth a closer look."""
        known = [word.text for word in sought.words if word.text in counts]
        rarest = sorted(known, key=lambda word: (counts[word], word))[:_WORDS]
        if rarest and counts[rarest[0]] <= self.total * _COMMON:
            rarest = [word for word in rarest if counts[word] <= max(_MANY, self.total * _COMMON)]
        ways = [match_expression(word) for word in rarest]
        others = dict.fromkeys(other for one in meant for other in one.others)
        ways += [f"({way})" for one in list(others)[:_OTHERS] if (way := match_expression(one))]
        found: dict[int, None] = {}
        conditions = _conditions(filters)
        told = " OR ".join(filter(None, ways))
        # What stands in bodies alone is asked for where titles and questions propose too little.
        for columns in ("title questions", "title questions body") if told else ():
            match = " AND ".join((f"{{{columns}}} : ({told})", *conditions))
            found.update(dict.fromkeys(num for (num,) in self.desk.index.select(_MATCH, (match,))))
            if len(found) >= PROPOSED:
                break
        sql = "SELECT num FROM shortcuts WHERE shortcut = ?"
        named = [num for (num,) in self.desk.index.select(sql, (text.strip().casefold(),))]
        found.update(dict.fromkeys(named))
        rows = self.desk.index.among("SELECT doc FROM articles WHERE num IN ({marks})", list(found))
        articles = [Article.of(json.loads(doc)) for (doc,) in rows]
        return [one for one in articles if _passes(one, filters)] if named else articles


def search(desk: Desk, text: str, filters: Filters, *, limit: int = 20) -> list[Hit]:
    """The articles within ``filters`` that answer ``text``, best first."""
    return Searcher(desk).search(text, filters, limit=limit)


_MATCH = (
    "SELECT num FROM article_words CROSS JOIN articles ON num = article_words.rowid"
    " WHERE article_words MATCH ?"
    f" ORDER BY bm25(article_words, {', '.join(map(str, WEIGHTS))}), path LIMIT {PROPOSED}"
)
"""Numbers are given in another order on each clone: of those that are as good paths decide."""


def _conditions(filters: Filters) -> list[str]:
    """What the marks of an article must be; a filter that lets everything pass asks nothing."""
    every = (KINDS, STATUSES, AUDIENCES)
    named = zip(("kind", "status", "audience"), filters[:3], every, strict=True)
    found = [wanted(what, values) for what, values, all_ in named if set(values) != set(all_)]
    if filters.lang is not None:
        found.append(wanted("lang", (filters.lang, "")))
    if filters.category is not None:
        found.append(wanted("category", (filters.category,)))
    return found


def _passes(article: Article, filters: Filters) -> bool:
    """The same of an article at hand."""
    return (
        article.kind in filters.kinds
        and article.status in filters.statuses
        and article.audience in filters.audiences
        and (filters.lang is None or article.lang in (filters.lang, None))
        and (filters.category is None or filters.category in article.categories)
    )


def _reranker(said: Mapping[str, Any]) -> Any:
    """What the desk orders hits anew by; nothing is looked for where it does not ask for any."""
    if not said.get("rerank"):
        return None
    from tkt.services.kb.reranking import named

    return named(said["rerank"], model=said.get("model"))
