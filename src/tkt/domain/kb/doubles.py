"""Articles that answer the same question twice: two of one kind with nearly the same words."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tkt.domain.kb.wording import asked, bare, in_common
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tkt.domain.kb.article import Article

ALIKE = 0.8
"""From this share of words in common on two questions are the same."""
_RAREST = 3
"""Two that are that much alike have one of their rarest words in common."""

Where = tuple[str | int, ...]


class Double(NamedTuple):
    """A title or question, where it stands, and the article that has nearly the same."""

    article: Article
    where: Where
    text: str
    other: Article


class _Head(NamedTuple):
    article: Article
    where: Where
    text: str
    whole: str
    words: frozenset[str]


def doubles(articles: Iterable[Article], usual: str) -> Iterator[Double]:
    """The doubles, each told once, of the later article by its path; by language and kind."""
    groups: defaultdict[tuple[str, str], list[_Head]] = defaultdict(list)
    for article in sorted(articles, key=lambda one: one.path):
        groups[article.kind, article.lang or usual] += _heads(article)
    for heads in groups.values():
        yield from _among(heads)


def _heads(article: Article) -> Iterator[_Head]:
    places: list[tuple[Where, str]] = [(("title",), article.title)]
    places += [(("questions", at), text) for at, text in enumerate(article.questions)]
    for where, text in places:
        yield _Head(article, where, text, bare(text), frozenset(asked(text)))


def _among(heads: list[_Head]) -> Iterator[Double]:
    counts = Counter(word for head in heads for word in head.words)
    seen: defaultdict[str, list[_Head]] = defaultdict(list)
    told: set[tuple[str, str]] = set()
    for head in heads:
        rarest = sorted(head.words, key=lambda word: (counts[word], word))[:_RAREST]
        for other in {id(one): one for word in rarest for one in seen[word]}.values():
            pair = (head.article.path, other.article.path)
            if other.article.slug == head.article.slug or pair in told:
                continue
            if head.whole == other.whole or in_common(head.words, other.words) >= ALIKE:
                told.add(pair)
                yield Double(head.article, head.where, head.text, other.article)
        for word in rarest:
            seen[word].append(head)
