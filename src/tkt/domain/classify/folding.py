"""Texts brought into one way of writing, so that a word is found however a customer typed it.

Full and half width, capitals, traditional characters, blanks between Chinese characters and signs
that nobody sees make no difference. Lines stay apart: no word reaches from one into the next.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from tkt.domain.classify.variants import SIMPLIFIED, TRADITIONAL

if TYPE_CHECKING:
    from collections.abc import Mapping

LIMIT = 4000
"""So many characters of a text are looked at: what it is about is said at its beginning."""

_UNSEEN = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u2060\u2061\u2062\u2063\u2064\ufe0e\ufe0f\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u115f\u1160"
)
_ALIKE = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "\r": "\n", "\u2028": "\n"}
_WIDE = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
# A blank between Latin words parts them; beside a Chinese character it says nothing.
_BLANKS = f"[ \t]+(?=[{_WIDE}\n]|$)|(?<=[{_WIDE}\n])[ \t]+|^[ \t]+|(?<=[ \t])[ \t]+"
_pattern = cache(re.compile)  # compiled on first use: few texts have blanks
_BLANK = (" ", "\t")


@cache
def _table() -> Mapping[int, str | None]:
    """What one character stands for, for :meth:`str.translate`."""
    table: dict[int, str | None] = dict(zip(map(ord, TRADITIONAL), SIMPLIFIED, strict=True))
    table.update((ord(one), other) for one, other in _ALIKE.items())
    table.update((ord(sign), None) for sign in _UNSEEN)
    return table


def fold(text: str) -> str:
    """A text as it is compared."""
    text = text[:LIMIT]
    if text.isascii():
        text = text.lower().replace("\r", "\n").replace("`", "'")
    else:
        text = normalize("NFKC", normalize("NFKC", text).casefold()).translate(_table())
    if any(blank in text for blank in _BLANK):
        text = _pattern(_BLANKS).sub("", text).replace("\t", " ")
    return text


def fold_pattern(pattern: str) -> str:
    """A regular expression for folded texts: its signs stay, what they are among is folded.

    Capitals stay as well, for ``\\S`` is not ``\\s``: such patterns are matched in any case.
    """
    return "".join(char if char.isascii() else _inside(char) for char in pattern)


def _inside(char: str) -> str:
    folded = fold(char)
    return re.escape(folded) if folded.isascii() else folded


def is_wordlike(char: str) -> bool:
    """Whether a character is part of a word that blanks set apart, as Latin letters are."""
    return char < "\u2e80" and char.isalnum()
