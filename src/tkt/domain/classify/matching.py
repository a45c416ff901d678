"""Which words of classify.yaml stand in a text, and what they come to for each category."""

from __future__ import annotations

import json
from operator import add
from typing import TYPE_CHECKING, Any

from tkt.domain.classify import patterns
from tkt.domain.classify.compiling import EXCLUDE, KEYWORD, is_whole
from tkt.domain.classify.negating import is_negated
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Hit(NamedTuple):
    """A word that counts: as the file has it, as the text has it, where in the folded text.

    ``owner`` is the number of its category, or of its rule for severity.
    """

    owner: int
    said: str
    found: str
    weight: float
    start: int
    end: int


class Ranked(NamedTuple):
    """A category that fits: its score, and the words that make it up, each once."""

    category: str
    score: float
    hits: tuple[Hit, ...]


class Found(NamedTuple):
    """What a text says: the categories that fit, the best first, and words of severity rules.

    ``denied`` are words that stand there turned around, and so do not count.
    """

    ranked: tuple[Ranked, ...]
    severe: tuple[Hit, ...]
    denied: tuple[Hit, ...]


_NOTHING = Found((), (), ())


class Classifier:
    """A desk's classify.yaml, as :mod:`tkt.domain.classify.compiling` makes it ready."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.categories: list[str] = data["categories"]
        self.inbox: str | None = data["inbox"]
        self.spam: list[str] = data["spam"]
        self._pairs: Mapping[str, list[Any]] = data["pairs"]
        self._single: Mapping[str, list[Any]] = data["single"]
        self._patterns = [(*one, [*map(frozenset, marks)]) for *one, marks in data["patterns"]]
        self._expressions: list[Any] = data["expressions"]
        self._negations = tuple(data["negations"])

    @staticmethod
    def of(text: str) -> Classifier | None:
        """The classifier that the index keeps; None where the desk has none."""
        data = json.loads(text)["ready"] if text else None
        return Classifier(data) if data and data["categories"] else None

    def find_in(self, folded: str) -> Found:
        """What a folded text says."""
        spans = list(self._spans(folded))
        matched = self._matched(folded)
        if not spans and not matched:
            return _NOTHING
        words, excluded, severe = self._sorted(spans, folded)
        kept = _longest(hit for hit in words if not _is_in(hit, excluded))
        kept += [hit for hit in matched if not _is_in(hit, excluded)]
        counting: list[Hit] = []
        denied: list[Hit] = []
        for hit in kept:
            (denied if self._denies(folded, hit) else counting).append(hit)
        severe = [hit for hit in severe if not self._denies(folded, hit)]
        return Found(self._ranked(counting), tuple(severe), tuple(denied))

    def _denies(self, folded: str, hit: Hit) -> bool:
        return is_negated(folded, hit.start, self._negations)

    def _spans(self, text: str) -> Iterator[tuple[int, int, list[int]]]:
        """(start, end, numbers of expressions) of every word, those inside others as well."""
        pairs = self._pairs
        for start, pair in enumerate(map(add, text, text[1:])):
            if pair in pairs:
                for word, bounds, numbers in pairs[pair]:
                    end = start + len(word)
                    if text.startswith(word, start) and (
                        not bounds or is_whole(text, start, end, bounds)
                    ):
                        yield start, end, numbers
        for char, ((_, bounds, numbers),) in self._single.items():
            start = text.find(char)
            while start >= 0:
                if is_whole(text, start, start + 1, bounds):
                    yield start, start + 1, numbers
                start = text.find(char, start + 1)

    def _matched(self, text: str) -> list[Hit]:
        """What patterns find, each at its first place."""
        found = []
        text = text[: patterns.LIMIT]
        there = {*text, *map(add, text, text[1:])}
        for owner, weight, source, needed in self._patterns:
            if any(there.isdisjoint(marks) for marks in needed):
                continue
            if match := patterns.compiled(source).search(text):
                found.append(Hit(owner, source, match[0], weight, match.start(), match.end()))
        return found

    def _sorted(
        self, spans: Iterable[tuple[int, int, list[int]]], text: str
    ) -> tuple[list[Hit], list[Hit], list[Hit]]:
        """(words of categories, words that speak against one, words of severity rules)."""
        words: list[Hit] = []
        excluded: list[Hit] = []
        severe: list[Hit] = []
        expressions = self._expressions
        for start, end, numbers in spans:
            for number in numbers:
                kind, owner, weight, said = expressions[number]
                hit = Hit(owner, said, text[start:end], weight, start, end)
                target = words if kind == KEYWORD else excluded if kind == EXCLUDE else severe
                target.append(hit)
        return words, excluded, severe

    def _ranked(self, hits: Iterable[Hit]) -> tuple[Ranked, ...]:
        """Categories by their scores, those that come to the same in the order of the file."""
        found: dict[int, dict[str, Hit]] = {}
        for hit in hits:
            found.setdefault(hit.owner, {}).setdefault(hit.said, hit)
        ranked = [
            (-round(sum(hit.weight for hit in each.values()), 3), owner, tuple(each.values()))
            for owner, each in found.items()
        ]
        ranked.sort(key=lambda one: one[:2])
        return tuple(Ranked(self.categories[owner], -score, each) for score, owner, each in ranked)


def _is_in(hit: Hit, excluded: Iterable[Hit]) -> bool:
    """Whether a word is part of one that speaks against its category."""
    return any(
        other.owner == hit.owner and other.start <= hit.start and hit.end <= other.end
        for other in excluded
    )


def _longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of words that overlap the longest, of those the first; one place may serve several."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        clear = all(
            hit.end <= other.start
            or other.end <= hit.start
            or (hit.start, hit.end) == (other.start, other.end)
            for other in kept
        )
        if clear:
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.owner))
