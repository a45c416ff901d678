"""How sure one can be that an article answers a question, from 0 to 1.

A question is compared with each title and question of an article. What counts is how much of either
the other has, each piece by how rare it is in the knowledge base; pieces are pairs of Chinese
characters and Latin words, and beside them single characters, since customers turn words around.
Being sure also takes that the next best article lies well behind, and that enough was said.
"""

from __future__ import annotations

import re
from functools import cache
from math import exp, log
from typing import TYPE_CHECKING

from tkt.domain.classify.folding import fold
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
_LEAST = 2
"""A text with fewer pieces that tell something is hardly a question."""

_FILLERS = (
    r"您?你?好[啊呀哦]?|亲亲?|在[吗么嘛]|有人[吗么]|请问一?下?|问一?下|想问一?下?|咨询一?下?|想?了解一?下?|麻烦(?:您|你|帮忙)?"
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
    """The best article, how sure that is, and the next best of another name."""

    best: Candidate
    score: float
    runner_up: Candidate | None


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
    question: str, articles: Sequence[Article], known: Mapping[str, int], total: int
) -> Weighed | None:
    """How sure one can be of the best of some articles; None if none has anything in common.

    ``known`` says in how many of ``total`` articles a piece is. Variants of one article in several
    languages do not speak against each other.
    """
    mine = pieces(question)
    if not mine:
        return None

    def weight(piece: str) -> float:
        count = min(known.get(piece, 0), total)
        return log(1 + (total - count + 0.5) / (count + 0.5))

    found: dict[str, Candidate] = {}
    for article in articles:
        one = _candidate(mine, article, weight)
        held = found.get(article.slug)
        if one is not None and (held is None or one.strength > held.strength):
            found[article.slug] = one
    ranked = sorted(found.values(), key=lambda one: -one.strength)
    if not ranked:
        return None
    best, runner_up = ranked[0], ranked[1] if len(ranked) > 1 else None
    return Weighed(best, _sure(mine, best, runner_up), runner_up)


def _candidate(
    mine: Sequence[str], article: Article, weight: Callable[[str], float]
) -> Candidate | None:
    asked = sorted(
        (_alike(mine, pieces(text), weight), text) for text in dict.fromkeys(_asked(article))
    )
    strength, text = asked[-1]
    everything = {piece for one in _asked(article) for piece in pieces(one)}
    everything.update(terms(fold(article.body[:_BODY])))
    covered = _share(mine, everything, weight)
    common = tuple(piece for piece in mine if piece in everything)
    if not common:
        return None
    return Candidate(article, text, 0.75 * strength + 0.25 * covered, common)


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


def _sure(mine: Sequence[str], best: Candidate, runner_up: Candidate | None) -> float:
    lead = best.strength - (runner_up.strength if runner_up else 0.0)
    short = max(0, _LEAST - len(mine))
    return 1 / (1 + exp(-(10.0 * (best.strength - 0.5) + 6.0 * (lead - 0.1) - 1.5 * short)))


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)
