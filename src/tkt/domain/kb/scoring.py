"""How well an article answers what is asked, from 0 to 1.

Full-text search proposes (BM25); this decides among what it proposes. A question is most often
answered by an article that has a title or a question like it, so what counts first is the one
title or question that is most like it, then how much of what is asked stands anywhere at all. A
word counts the more the fewer articles have it; one that means the same counts nearly as much.
"""

from __future__ import annotations

from functools import lru_cache
from math import log
from typing import TYPE_CHECKING

from tkt.domain.kb.plain import untargeted
from tkt.domain.kb.wording import asked, bare, fold
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tkt.domain.kb.article import Article
    from tkt.domain.kb.synonyms import Meant

ALIKE, ANYWHERE = 0.6, 0.4
"""What the most similar title or question counts, and what counts that stands anywhere."""
SAME_MEANING = 0.85
"""What a word counts that means the same as the one asked for."""
IN_BODY = 0.7
"""What a word counts that stands in the body alone."""
BY_CHARACTER = 0.5
"""What single characters count in a title or question beside whole words: 能修 is 怎么修."""
SAYING_LITTLE = frozenset(
    "的了吗呢啊吧呀嘛哦啦么是不没有在要会就都也还很太再又把给被让和与跟或及从到对为以于"
    "我你您他她它们这那哪谁什怎样几多少个些点下上里么能可以想请问说看得着过来去啥咋"
)
"""Characters that are in every question."""
LEADING = 4.0
"""How much more it counts that what is asked is covered than that nothing else is said."""
EXACT = 1.0


class Word(NamedTuple):
    """A word that is looked for: how much it tells, and words that mean the same."""

    text: str
    weight: float
    others: tuple[str, ...] = ()


class Sought(NamedTuple):
    """All that is looked for; ``whole`` is what was asked, without blanks and signs.

    ``characters`` are its Chinese ones that tell something.
    """

    words: tuple[Word, ...]
    whole: str
    characters: frozenset[str]

    @property
    def weight(self) -> float:
        """What all words together count."""
        return sum(word.weight for word in self.words) or 1.0


def sought(text: str, meant: Sequence[Meant], counts: Mapping[str, int], total: int) -> Sought:
    """What a text looks for among ``total`` articles; ``counts`` says how many have each word."""
    folded = fold(text)
    words = []
    for token in asked(text):
        others = {
            other: None
            for one in meant
            if one.start <= (at := folded.find(token, one.start)) and at + len(token) <= one.end
            for other in one.others
        }
        words.append(Word(token, _telling(counts.get(token, 0), total, token), tuple(others)))
    whole = bare(text)
    return Sought(tuple(words), whole, _characters(whole))


def _characters(text: str) -> frozenset[str]:
    return frozenset(c for c in text if c >= "\u3400" and c not in SAYING_LITTLE)


def _telling(count: int, total: int, token: str) -> float:
    """What a word tells that so many of all articles have; a lone character tells less."""
    weight = log(1 + (total - count + 0.5) / (count + 0.5))
    return weight if len(token) > 1 or token.isascii() else weight / 2


def score(article: Article, wanted: Sought) -> float:
    """How well an article answers what is looked for; :data:`EXACT` where it is its very title."""
    heads = (article.title, *article.questions)
    if wanted.whole and wanted.whole in map(bare, (article.name, *article.shortcuts, *heads)):
        return EXACT
    best = max(_likeness(head, wanted) for head in heads)
    asked_for = "\n".join((*map(fold, heads), *map(fold, article.products)))
    body = fold(untargeted(article.body))
    held = sum(
        word.weight * max(_held(word, asked_for), IN_BODY * _held(word, body))
        for word in wanted.words
    )
    return min(ALIKE * best + ANYWHERE * held / wanted.weight, 0.99)


def _likeness(head: str, wanted: Sought) -> float:
    """How much of what is asked a title or question covers, and how little it says besides."""
    folded = fold(head)
    tokens = _tokens(head)
    if not tokens:
        return 0.0
    covered = sum(word.weight * _held(word, folded) for word in wanted.words) / wanted.weight
    known = {word.text for word in wanted.words}
    alike = [other for word in wanted.words for other in word.others if other in folded]
    spare = sum(1 for token in tokens if token not in known and not _inside(token, alike))
    fitting = 1 - spare / len(tokens)
    by_word = _weighed(covered, fitting)
    theirs = _characters(folded)
    both = len(theirs & wanted.characters)
    if not both:
        return (1 - BY_CHARACTER) * by_word
    by_character = _weighed(both / len(wanted.characters), both / len(theirs))
    return (1 - BY_CHARACTER) * by_word + BY_CHARACTER * by_character


def _weighed(covered: float, fitting: float) -> float:
    """Both in one, as the F-measure has it, the first counting more."""
    if not covered or not fitting:
        return 0.0
    return (1 + LEADING) * fitting * covered / (LEADING * fitting + covered)


@lru_cache(1024)
def _tokens(head: str) -> tuple[str, ...]:
    return tuple(asked(head))


def _inside(token: str, words: Iterable[str]) -> bool:
    return any(token in word for word in words)


def _held(word: Word, folded: str) -> float:
    """What of a word a folded text has: the word, or one that means the same."""
    if word.text in folded:
        return 1.0
    return SAME_MEANING if any(other in folded for other in word.others) else 0.0
