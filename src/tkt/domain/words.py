"""Words for full-text search: what goes into an FTS5 table and what is asked of it.

The layout (for the tokenizer ``unicode61``, one column or several):

- Text is folded (NFKC, lower case); variation selectors and zero-width characters are dropped.
- A run of Latin letters and digits is one token: ``SKU-A12`` is ``sku a12``, an e-mail address is
  its parts. ``iPhone15`` is one token.
- A run of Chinese, Japanese or Korean characters becomes one token a character: that character and
  the next, overlapping; the last one stands alone. ``要退款`` is ``要退 退款 款``.

So every character of a run starts exactly one token: one character is found as a prefix (``退*``),
two as a token, more as a phrase of tokens. Only the last token of a run is a single character, so a
phrase of pairs can never reach across the end of a run: what two or more characters find is what a
substring search finds. Runs next to each other keep their places, so ``壳退款`` and ``7天`` are
phrases too. Punctuation, symbols and emoji separate words and cannot be searched for.

No token needs quoting inside the text, none holds an operator; what a person typed reaches MATCH
only through :func:`match_expression`.
"""

from __future__ import annotations

import re
from functools import cache
from operator import add
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

_CJK = (
    "\u1100-\u11ff\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u3096\u309d-\u309f"
    "\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af"
)
_RUN = rf"[{_CJK}]+|[^\W_{_CJK}]+"
# What NFKC leaves as it is, or turns into something that is no word either (full-width
# punctuation): ordinary text is all of this, and folding it costs more than cutting it.
_FOLDED = (
    "[^\x00-\x9f\u00b7\u00d7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u2010-\u2027\u2190-\u21ff"
    "\u2600-\u26ff\u3000-\u3003\u3005-\u301b\u3041-\u3096\u309d\u309e\u30a1-\u30fe\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe5"
    "\U0001f300-\U0001faff]"
)
_INVISIBLE = "[\u00ad\u180b-\u180e\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]+"
# A typed word hangs together over one of these (order-2511, a@b.com); anything else parts it.
_JOINERS = frozenset(("", *"-.@/+'_"))

# Compiling a set of all Han characters takes two milliseconds: only who cuts text pays for it.
_pattern = cache(re.compile)


def cut(text: str) -> str:
    """``text`` as tokens with single spaces between, ready for an FTS5 column; see the module."""
    tokens: list[str] = []
    for run in _pattern(_RUN).findall(_fold(text)):
        # Two comparisons settle nearly every run without another match.
        if "\u3400" <= run < "\ua000" or (run >= "\u1100" and _is_cjk(run)):
            tokens += _pairs(run)
        else:
            tokens.append(run)
    return " ".join(tokens)


def match_expression(text: str, *, phrase: bool = False) -> str | None:
    """The FTS5 MATCH expression that finds what a person typed, or None when it holds no word.

    All words must occur, in any order and any column; parts of one word (``iPhone壳退款``,
    ``order-2511``, a run of Chinese) stand next to each other in one column. A Latin word is found
    whole, or from its start when typed with a ``*`` at its end (``SF12*``). With ``phrase`` the
    whole text stands together. Every other quote, bracket or operator typed parts words and does
    nothing else. Limit it to columns as ``{title body} : (expression)``.
    """
    folded = _fold(text)
    if phrase:
        typed = runs(folded)
        return _phrase(typed, stem=False) if typed else None
    # A dictionary: each word once, in the order typed.
    return " AND ".join(dict.fromkeys(_words(folded))) or None


def terms(text: str) -> list[str]:
    """The tokens that a text has in common with others about the same thing, each once.

    Those of :func:`cut`, without the last character of a run, which only says where a run ends.
    """
    found: list[str] = []
    for run in _pattern(_RUN).findall(_fold(text)):
        found += _pairs(run)[: max(1, len(run) - 1)] if _is_cjk(run) else [run]
    return list(dict.fromkeys(found))


def runs(folded: str) -> list[str]:
    """The runs of a text that is folded already, in order: Latin words, and runs of Chinese."""
    return list(_pattern(_RUN).findall(folded))


def _words(folded: str) -> Iterator[str]:
    """The phrase of every word typed."""
    word: list[str] = []
    end = 0
    for match in _pattern(_RUN).finditer(folded):
        if word and folded[end : match.start()] not in _JOINERS:
            yield _phrase(word, stem=folded.startswith("*", end))
            word = []
        word.append(match[0])
        end = match.end()
    if word:
        yield _phrase(word, stem=folded.startswith("*", end))


def _pairs(run: str) -> list[str]:
    return [*map(add, run, run[1:]), run[-1]]


def _is_cjk(run: str) -> bool:
    return bool(_pattern(f"[{_CJK}]").match(run))


def _fold(text: str) -> str:
    if not text.isascii() and _pattern(_FOLDED).search(text):
        text = normalize("NFKC", _pattern(_INVISIBLE).sub("", text))
    return text.lower()


def _phrase(word: list[str], *, stem: bool) -> str:
    """Tokens side by side; the last is a beginning when it is a lone CJK character or ``stem``."""
    tokens: list[str] = []
    for run in word:
        tokens += _pairs(run) if _is_cjk(run) else [run]
    if _is_cjk(word[-1]):
        # The last character may or may not end the run it is found in.
        stem = len(word[-1]) == 1
        if not stem:
            tokens.pop()
    return f'"{" ".join(tokens)}"' + (" *" if stem else "")
