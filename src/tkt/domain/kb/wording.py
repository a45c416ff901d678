"""Texts brought into one way of writing, so that an article is found however one types.

Full and half width, capitals, traditional characters and accents make no difference. It goes
character by character, so that every place in a folded text has its place in the text itself.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from tkt.domain.words import cut, runs, terms

if TYPE_CHECKING:
    from collections.abc import Set

LIMIT = 2000
"""So many characters of what somebody asks are looked at."""
_ACCENTS = ("\u0300", "\u036f")


@cache
def _simplified() -> dict[str, str]:
    from tkt.domain.classify.variants import SIMPLIFIED, TRADITIONAL

    return dict(zip(TRADITIONAL, SIMPLIFIED, strict=True))


class _Folds(dict[int, str]):
    """What each character met so far stands for."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold(chr(code))
        return folded


def _fold(char: str) -> str:
    plain = normalize("NFKC", char).casefold()
    if plain.isascii():
        return plain
    first, last = _ACCENTS
    bare = "".join(each for each in normalize("NFD", plain) if not first <= each <= last)
    return "".join(_simplified().get(each, each) for each in normalize("NFC", bare))


_folds = _Folds()


def fold(text: str) -> str:
    """A text as it is compared."""
    return text.lower() if text.isascii() else text.translate(_folds)


def indexed(text: str) -> str:
    """A text as full-text search has it."""
    return cut(fold(text))


def asked(text: str) -> list[str]:
    """The words that a text is looked for by, each once; see :func:`tkt.domain.words.terms`."""
    return terms(fold(text[:LIMIT]))


def in_common(one: Set[str], other: Set[str]) -> float:
    """The share of their words that two texts have in common."""
    return len(one & other) / len(one | other) if one and other else 0.0


def bare(text: str) -> str:
    """A text without blanks, signs and the way it is written: what is compared as a whole."""
    return "".join(runs(fold(text)))


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """(a folded text, the place in ``text`` of each of its characters, and its length)."""
    places: list[int] = []
    pieces = []
    for at, char in enumerate(text):
        piece = fold(char)
        pieces.append(piece)
        places += [at] * len(piece)
    return "".join(pieces), [*places, len(text)]
