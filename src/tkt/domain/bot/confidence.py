"""How sure one can be that an article answers a question, from 0 to 1.

Half of how strong an article is comes from the search, half from a look of our own, at titles and
questions alone: how much of either the other has, each piece by how rare it is in the knowledge
base. Pieces are pairs of Chinese characters and Latin words; beside them single characters count,
since customers turn words around.

The strongest is not the right one by that alone: customers ask for much that no article says, in
words that articles have. So signs are gathered of the question and of its best article; how sure
they make one together is told in :mod:`tkt.domain.bot.signs`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from math import log
from typing import TYPE_CHECKING

from tkt.domain.bot.question import READ, are_contrary, asks, of_goods, own_matter, sides
from tkt.domain.bot.signs import CLOSE, Signs, sure
from tkt.domain.kb.scoring import SAYING_LITTLE
from tkt.domain.kb.wording import fold
from tkt.domain.words import terms
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tkt.domain.kb.article import Article

LOOKED_AT = 8
"""So many of the articles that a search found are compared closely, the first."""
_pattern: Callable[[str], re.Pattern[str]] = cache(re.compile)  # compiled on first use

CONTRARY = 0.6
"""What an article counts that speaks of after where the customer speaks of before."""
_BODY = 1500

_DIGITS = dict(zip("一二两三四五六七八九", "1223456789", strict=True))
_NUMBER = f"(?<![{''.join(_DIGITS)}十第])[{''.join(_DIGITS)}](?=[天日月年周件双份折]|小时|个月)"
_FILLERS = (
    r"(?:早上|上午|中午|下午|晚上|大家)?您?你?好[啊呀哦]?|哈喽|嗨|早安|亲爱的|亲亲?|在不在|在[吗么嘛]|有人[吗么]|请问一?下?|问一?下|想问一?下?|咨询一?下?|想?了解一?下?|麻烦(?:您|你|帮忙)?"
    r"|谢谢|老板|客服|小二|掌柜|店家|你们家?|您们|我们?|咱们?|这个|那个|一下|的话|就是|然后|呢|吗|么|呀|啊|吧|哦|嘛|啦|哈|诶"
    r"|告诉|知道|想要?|帮我?|给我"
    r"|\b(?:hi|hello|hey|please|pls|thanks?|the|an?|is|are|was|were|am|be|do|does|did|i|i'm|my|me|we|you|your|to|of"
    r"|for|on|in|at|it|this|that|can|could|would|will|shall|if|and|or|there|any|have|has|just|want|know|with"
    r"|good|morning|afternoon|evening|anyone|anybody|here|dear|sir|madam|guys)\b"
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

    ``own`` are the words by which the customer means a matter of their own or of one product.
    """

    best: Candidate
    score: float
    runner_up: Candidate | None
    own: str | None = None
    signs: Signs = Signs()


@lru_cache(1024)
def pieces(text: str) -> tuple[str, ...]:
    """What of a text tells something, each piece once."""
    return tuple(terms(_kept(text))) or tuple(terms(_read(text)))


def says_nothing(text: str) -> bool:
    """Whether a text has nothing in it but what everybody says around a question, or signs.

    A question mark alone is more than that: somebody waits.
    """
    folded = _read(text)
    return not terms(_kept(text)) and ("?" not in folded or bool(terms(folded)))


@lru_cache(1024)
def _read(text: str) -> str:
    """A text as it is compared: 七天 is 7天, 两件 is 2件."""
    folded = fold(text[:READ])
    return _pattern(_NUMBER).sub(lambda found: _DIGITS[found[0]], folded)


def _kept(text: str) -> str:
    return _pattern(_FILLERS).sub(" ", _read(text))


def wanted(question: str, articles: Iterable[Article]) -> list[str]:
    """The pieces of which one must know in how many articles they are."""
    found = dict.fromkeys(pieces(question))
    for article in articles:
        for asked in _asked(article):
            found.update(dict.fromkeys(pieces(asked)))
    return list(found)


def weigh(
    question: str,
    found: Iterable[tuple[Article, float]],
    known: Mapping[str, int],
    total: int,
    *,
    category: str | None = None,
) -> Weighed | None:
    """How sure one can be of the best of some articles; None if none has anything in common.

    ``found`` are articles with how well a search thinks that each answers, ``known`` says in how
    many of ``total`` articles a piece is, ``category`` is what the question is taken for. Variants
    of one article in several languages do not speak against each other.
    """
    said = _Said(pieces(question), sides(question))
    if not said.pieces:
        return None

    def weight(piece: str) -> float:
        count = min(known.get(piece, 0), total)
        return log(1 + (total - count + 0.5) / (count + 0.5))

    looked: dict[str, Candidate] = {}
    for article, score in found:
        one = _look(said, article, score, weight)
        held = looked.get(article.slug)
        if one is not None and (held is None or one.strength > held.strength):
            looked[article.slug] = one
    if not looked:
        return None
    ranked = sorted(looked.values(), key=lambda one: -one.strength)
    best, others = ranked[0], ranked[1:]
    lead = best.strength - (others[0].strength if others else 0.0)
    rivals = sum(one.strength > best.strength - CLOSE for one in others)
    own, goods = own_matter(question), of_goods(question, _all_of(best.article))
    signs = _signs(question, best, category)._replace(
        lead=lead,
        rivals=min(rivals, 3) / 3,
        length=_length(len(said.pieces)),
        own=float(own is not None),
        goods=float(goods is not None),
    )
    return Weighed(best, sure(signs), others[0] if others else None, own or goods, signs)


def _signs(question: str, best: Candidate, category: str | None) -> Signs:
    """What of the question the best article covers, and how it is put."""
    article = best.article
    said = _telling(_kept(question)) or _telling(_read(question))
    matched = _telling(_read(best.question))
    there = {char for text in _asked(article) for char in _telling(_read(text))}
    spare = len(matched - _telling(_read(question)))
    return Signs(
        uncovered=len(said - there) / len(said) if said else 0.0,
        spare=spare / len(matched) if matched else 0.0,
        asks=float(asks(question)),
        category=float(category is not None and category in article.categories),
    )


def _length(count: int) -> float:
    """How much was said, from 0 to 1: one piece more tells much where there are few."""
    return min(log(1 + count) / log(20), 1.0)


class _Said(NamedTuple):
    """What the customer said: its pieces, and on which side of opposites it is."""

    pieces: Sequence[str]
    sides: Sequence[int]


def _look(
    said: _Said, article: Article, searched: float, weight: Callable[[str], float]
) -> Candidate | None:
    mine = said.pieces
    asked = {text: pieces(text) for text in _asked(article)}
    alike, text = max((_alike(mine, theirs, weight), text) for text, theirs in asked.items())
    everything = {piece for theirs in asked.values() for piece in theirs}
    everything.update(terms(_read(article.body[:_BODY])))
    common = tuple(piece for piece in mine if piece in everything)
    alike = 0.75 * alike + 0.25 * _share(mine, everything, weight)
    if not common and not searched:
        return None
    strength = (min(searched, 1.0) + alike) / 2
    if are_contrary(said.sides, text):
        strength *= CONTRARY
    return Candidate(article, text, strength, common)


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


def _telling(folded: str) -> set[str]:
    """The Chinese characters that tell something, and Latin words whole."""
    words = _pattern(r"[a-z0-9]+").findall(folded)
    return {char for char in folded if char >= "\u3400" and char not in SAYING_LITTLE}.union(words)


def _all_of(article: Article) -> str:
    return fold("\n".join((*_asked(article), article.body)))
