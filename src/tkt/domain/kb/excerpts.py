"""The place in an article that was found, with the words that were looked for marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tkt.domain.kb.plain import plain
from tkt.domain.kb.wording import folded_with_places
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tkt.domain.kb.article import Article

_AROUND = 60
"""So many characters are shown of a body."""
_BEFORE = 12
"""So many of them stand before the first word that was found."""
_LOOKED_AT = 20_000


class Excerpt(NamedTuple):
    """A piece of an article: from which field, the text, and (start, end) of what was found."""

    field: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()


def marked(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where folded words stand in a text, those that touch as one."""
    folded, places = folded_with_places(text[:_LOOKED_AT])
    spans = sorted(
        (places[match.start()], max(places[match.end()], places[match.start()] + 1))
        for word in words
        if word
        for match in re.finditer(_word(word), folded)
    )
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)


def _word(word: str) -> str:
    edges = word.isascii() and word.isalnum()
    return rf"(?<![0-9a-z]){re.escape(word)}(?![0-9a-z])" if edges else re.escape(word)


def excerpt(article: Article, words: Sequence[str]) -> Excerpt:
    """Where an article speaks of what was asked: a question that has it, else its body."""
    found = [(marked(question, words), question) for question in article.questions]
    best = max(found, key=lambda one: _marked(one[0]), default=((), ""))
    body = plain(article.body)
    window = _window(body, marked(body, words))
    if best[0] and _marked(best[0]) > _marked(window.marks):
        return Excerpt("questions", best[1], best[0])
    return window


def _marked(marks: Iterable[tuple[int, int]]) -> int:
    return sum(end - start for start, end in marks)


def _window(body: str, marks: Sequence[tuple[int, int]]) -> Excerpt:
    """The stretch of a body in which most was found."""
    text = " ".join(body.split())
    if not marks:
        return Excerpt("body", text[:_AROUND] + ("…" if len(text) > _AROUND else ""))

    def inside(start: int) -> int:
        return _marked(m for m in marks if start <= m[0] and m[1] <= start + _AROUND - _BEFORE)

    first = max((start for start, _ in marks), key=lambda start: (inside(start), -start))
    begin = max(0, first - _BEFORE)
    piece = body[begin : begin + _AROUND]
    lead = "…" if begin else ""
    tail = "…" if begin + _AROUND < len(body) else ""
    kept = tuple(
        (max(start - begin, 0) + len(lead), min(end - begin, len(piece)) + len(lead))
        for start, end in marks
        if end > begin and start < begin + len(piece)
    )
    # Line ends become blanks: every place stays where it was.
    return Excerpt("body", lead + re.sub(r"\s", " ", piece) + tail, kept)
