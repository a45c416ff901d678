"""How a query says what is wrong with it: a key, a column, and names that come close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable


def mistake(key: str, text: str, column: int, **params: object) -> UsageProblem:
    """The problem ``key`` at ``column`` (from 1, always within ``text``)."""
    within = max(1, min(column, len(text)))
    return UsageProblem(key, column=within, text=text, **params)


def unknown(
    key: str, text: str, column: int, word: str, candidates: Iterable[str], **params: object
) -> UsageProblem:
    """The problem that ``word`` is not among ``candidates``.

    Its key is ``<key>_like``, with the names that come close as ``close``, when there are any.
    """
    close = close_names(word, candidates)
    if close:
        return mistake(f"{key}_like", text, column, close=", ".join(close), **params)
    return mistake(key, text, column, **params)


def close_names(word: str, candidates: Iterable[str]) -> list[str]:
    """At most three of ``candidates`` that ``word`` may have been meant to be, best first."""
    # Only needed on the way to an error, and costs several milliseconds.
    import difflib

    said = word.casefold()[:60]
    by_folded = {name.casefold(): name for name in sorted(candidates)}
    if len(said) > 1:
        starts = [by_folded[folded] for folded in by_folded if folded.startswith(said)]
    else:
        starts = []
    similar = difflib.get_close_matches(said, list(by_folded), n=3, cutoff=0.6)
    found = [by_folded[folded] for folded in similar]
    return [*found, *(name for name in starts if name not in found)][:3]
