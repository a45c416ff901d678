"""How many slips of the keyboard lie between two words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST = 4
"""Of shorter words too many others are one slip away."""
_LONG = 8
"""From so many letters on two slips are forgiven."""
LONGEST = 40


def forgiven(word: str) -> int:
    """How many slips a word may have; none if it is no Latin word."""
    if not (word.isascii() and word.isalpha() and SHORTEST <= len(word) <= LONGEST):
        return 0
    return 2 if len(word) >= _LONG else 1


def nearest(word: str, known: Iterable[tuple[str, int]]) -> str | None:
    """The word that was meant, of those ``known`` with how often each occurs; None if none was.

    The fewest slips win, then the more frequent word, then the alphabet.
    """
    most = forgiven(word)
    found = [
        (slips, -count, other)
        for other, count in known
        if (slips := distance(word, other, most)) <= most
    ]
    return min(found)[2] if found and most else None


def distance(one: str, other: str, most: int) -> int:
    """Letters to change, add, leave out or swap with the next; ``most`` + 1 for any more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, row, older = row, [i], before
        for j, match in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != match))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == match:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        before = above
        if min(row) > most:
            return most + 1
    return row[-1]
