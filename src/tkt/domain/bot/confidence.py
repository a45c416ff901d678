"""How sure one can be that an article answers a question, from 0 to 1.

Half of it is how well the search thinks that the article answers. The other half is a look of its
own, at titles and questions alone: how much of either the other has, each piece by how rare it is
in the knowledge base. Pieces are pairs of Chinese characters and Latin words; beside them single
characters count, since customers turn words around.

Being sure takes more: that the next best article lies well behind, that both halves mean the same
article, that enough was said, and that it is no matter of the customer's own, which somebody has to
look up. What each of these counts was found on labelled questions (tests/benchmarks/README.md).
"""

from __future__ import annotations

import re
from functools import cache
from math import exp, log
from typing import TYPE_CHECKING

from tkt.domain.bot.hearing import own_matter
from tkt.domain.kb.wording import fold
from tkt.domain.words import terms
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tkt.domain.kb.article import Article

LOOKED_AT = 8
"""So many of the articles that a search found are compared closely, the first."""
READ = 2000
"""So many characters of a question are read."""
_BODY = 1500
_LEAST = 4
"""With fewer pieces than that a text tells little."""
_BASE, _STRENGTH, _LEAD, _AGREED, _SHORT, _OWN = -3.0, 4.3, 2.9, 2.0, -2.9, -3.6
"""What is added up, as logarithms of odds."""

_FILLERS = (
    r"您?你?好[啊呀哦]?|亲亲?|在不在|在[吗么嘛]|有人[吗么]|请问一?下?|问一?下|想问一?下?|咨询一?下?|想?了解一?下?|麻烦(?:您|你|帮忙)?"
    r"|谢谢|老板|客服|小二|掌柜|店家|你们家?|您们|我们?|咱们?|这个|那个|一下|的话|就是|然后|呢|吗|么|呀|啊|吧|哦|嘛|啦|哈|诶"
    r"|告诉|知道|想要?|帮我?|给我"
    r"|\b(?:hi|hello|hey|please|pls|thanks?|the|an?|is|are|was|were|am|be|do|does|did|i|i'm|my|me|we|you|your|to|of"
    r"|for|on|in|at|it|this|that|can|could|would|will|shall|if|and|or|there|any|have|has|just|want|know|with)\b"
)
"""What everybody says around a question."""


class Candidate(NamedTuple):
    """An article that may answer: by which of its questions, how alike, and by which pieces."""

    article: Article
    question: str
    strength: float
    words: tuple[str, ...]


class Weighed(NamedTuple):
    """The best article, how sure that is, and the next best of another name.

    ``own`` are the words by which the customer means a matter of their own.
    """

    best: Candidate
    score: float
    runner_up: Candidate | None
    own: str | None = None


def pieces(text: str) -> tuple[str, ...]:
    """What of a text tells something, each piece once."""
    kept = _pattern(_FILLERS).sub(" ", fold(text[:READ]))
    return tuple(terms(kept)) or tuple(terms(fold(text[:READ])))


def wanted(question: str, articles: Iterable[Article]) -> list[str]:
    """The pieces of which one must know in how many articles they are."""
    found = dict.fromkeys(pieces(question))
    for article in articles:
        for asked in _asked(article):
            found.update(dict.fromkeys(pieces(asked)))
    return list(found)


def weigh(
    question: str, found: Iterable[tuple[Article, float]], known: Mapping[str, int], total: int
) -> Weighed | None:
    """How sure one can be of the best of some articles; None if none has anything in common.

    ``found`` are articles with how well a search thinks that each answers, ``known`` says in how
    many of ``total`` articles a piece is. Variants of one article in several languages do not speak
    against each other.
    """
    mine = pieces(question)
    if not mine:
        return None

    def weight(piece: str) -> float:
        count = min(known.get(piece, 0), total)
        return log(1 + (total - count + 0.5) / (count + 0.5))

    looked: dict[str, _Look] = {}
    for article, score in found:
        one = _look(mine, article, score, weight)
        held = looked.get(article.slug)
        if one is not None and (held is None or one.candidate.strength > held.candidate.strength):
            looked[article.slug] = one
    if not looked:
        return None
    ranked = sorted(looked.values(), key=lambda one: -one.candidate.strength)
    best, runner_up = ranked[0].candidate, ranked[1].candidate if len(ranked) > 1 else None
    by_search = max(ranked, key=lambda one: one.searched).candidate
    by_look = max(ranked, key=lambda one: one.alike).candidate
    own = own_matter(question)
    odds = (
        _BASE
        + _STRENGTH * best.strength
        + _LEAD * (best.strength - (runner_up.strength if runner_up else 0.0))
        + _AGREED * (by_search is by_look)
        + _SHORT * max(0, _LEAST - len(mine)) / _LEAST
        + _OWN * (own is not None)
    )
    return Weighed(best, 1 / (1 + exp(-odds)), runner_up, own)


class _Look(NamedTuple):
    """An article, how well it answers by the search, and how alike it is by a look of our own."""

    candidate: Candidate
    searched: float
    alike: float


def _look(
    mine: Sequence[str], article: Article, searched: float, weight: Callable[[str], float]
) -> _Look | None:
    asked = {text: pieces(text) for text in _asked(article)}
    alike, text = max((_alike(mine, theirs, weight), text) for text, theirs in asked.items())
    everything = {piece for theirs in asked.values() for piece in theirs}
    everything.update(terms(fold(article.body[:_BODY])))
    common = tuple(piece for piece in mine if piece in everything)
    alike = 0.75 * alike + 0.25 * _share(mine, everything, weight)
    if not common and not searched:
        return None
    strength = (min(searched, 1.0) + alike) / 2
    return _Look(Candidate(article, text, strength, common), searched, alike)


def _asked(article: Article) -> tuple[str, ...]:
    return (article.title, *article.questions)


def _alike(mine: Sequence[str], theirs: Sequence[str], weight: Callable[[str], float]) -> float:
    """How much two questions say the same, from 0 to 1."""
    here, there = _share(mine, set(theirs), weight), _share(theirs, set(mine), weight)
    paired = 2 * here * there / (here + there) if here + there else 0.0
    one, other = _characters(mine), _characters(theirs)
    common = len(one & other)
    single = 2 * common / (len(one) + len(other)) if common else 0.0
    return 0.6 * paired + 0.4 * single


def _share(mine: Sequence[str], theirs: set[str], weight: Callable[[str], float]) -> float:
    """How much of what one says the other says as well."""
    whole = sum(weight(piece) for piece in mine)
    return sum(weight(piece) for piece in mine if piece in theirs) / whole if whole else 0.0


def _characters(said: Sequence[str]) -> set[str]:
    """Chinese characters, and Latin words whole."""
    return {part for piece in said for part in ([piece] if piece.isascii() else piece)}


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)
