"""What a classifier got right and wrong, counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

WORST = 10
"""So many misses are shown."""


class Line(NamedTuple):
    """One category: how many there are, how many were found to be, and how many rightly so.

    ``precision`` and ``recall`` are None where they would be divided by nothing.
    """

    category: str
    total: int
    found: int
    right: int
    precision: float | None
    recall: float | None


class Confusion(NamedTuple):
    """How often texts of one category were taken for another; None for none at all."""

    expected: str
    found: str | None
    total: int


class Miss(NamedTuple):
    """A text that was put into a wrong category, and the words that did it."""

    line: int
    text: str
    expected: str
    found: str | None
    score: float
    words: list[str]


class Judged(NamedTuple):
    """What came of a labelled set; ``misses`` has the worst first: those most sure of the wrong."""

    total: int
    right: int
    lines: tuple[Line, ...]
    confusions: tuple[Confusion, ...]
    misses: tuple[Miss, ...]

    @property
    def accuracy(self) -> float | None:
        """Which part is right; None of nothing."""
        return self.right / self.total if self.total else None


def judge(rows: Iterable[tuple[int, str, str, str | None, float, list[str]]]) -> Judged:
    """Count (line, text, expected, found, score, words) of every text."""
    pairs: Counter[tuple[str, str | None]] = Counter()
    misses: list[Miss] = []
    for line, text, expected, found, score, words in rows:
        pairs[expected, found] += 1
        if expected != found:
            misses.append(Miss(line, text, expected, found, score, words))
            if len(misses) > 1000:
                misses = _worst(misses)
    expected_counts: Counter[str] = Counter()
    found_counts: Counter[str] = Counter()
    for (expected, found), count in pairs.items():
        expected_counts[expected] += count
        if found is not None:
            found_counts[found] += count
    lines = tuple(
        _line(name, expected_counts[name], found_counts[name], pairs[name, name])
        for name in sorted({*expected_counts, *found_counts})
    )
    wrong = [Confusion(*pair, count) for pair, count in pairs.items() if pair[0] != pair[1]]
    wrong.sort(key=lambda one: (-one.total, one.expected, one.found or ""))
    right = sum(line.right for line in lines)
    return Judged(sum(pairs.values()), right, lines, tuple(wrong), tuple(_worst(misses)))


def _line(name: str, count: int, found: int, right: int) -> Line:
    return Line(name, count, found, right, right / found if found else None,
                right / count if count else None)  # fmt: skip


def _worst(misses: list[Miss]) -> list[Miss]:
    return sorted(misses, key=lambda miss: (-miss.score, miss.line))[:WORST]
