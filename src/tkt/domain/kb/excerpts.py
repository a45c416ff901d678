"""The place in an article that was found, with the words that were looked for marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tkt.domain.kb.plain import gist, plain
from tkt.domain.kb.wording import folded_with_places
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tkt.domain.kb.article import Article

    Span = tuple[int, int]

_AROUND = 60
"""So many characters are shown of a body."""
_BEFORE = 12
"""So many of them stand before the first word that was found."""
_LOOKED_AT = 20_000
_FAR_LESS = 3
"""A question is shown where it has so many times what any sentence of the body has."""
_SENTENCE = re.compile(r"[^\W_](?:[^。！？!?；;\n.]|\.(?!\s))*[。！？!?；;.]*")
"""From its first letter on; a dot only ends it before a blank, for 2.5 kg is one word."""


class Excerpt(NamedTuple):
    """A piece of an article: from which field, the text, and (start, end) of what was found."""

    field: str
    text: str
    marks: tuple[Span, ...] = ()


def marked(text: str, words: Iterable[str]) -> tuple[Span, ...]:
    """Where folded words stand in a text, those that touch as one."""
    folded, places = folded_with_places(text[:_LOOKED_AT])
    spans = sorted(
        (places[match.start()], max(places[match.end()], places[match.start()] + 1))
        for word in words
        if word
        for match in re.finditer(_word(word), folded)
    )
    found: list[Span] = []
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
    """Where an article speaks of what was asked: the sentence that answers best.

    A question that it answers only where its body has far less of what was asked.
    """
    found = [(marked(question, words), question) for question in article.questions]
    best = max(found, key=lambda one: _told(one[1], one[0]), default=((), ""))
    body = gist(article.body) or plain(article.body)
    marks = marked(body, words)
    sentence = max(_sentences(body), key=lambda one: _told(body, _within(marks, one)), default=None)
    told = 0 if sentence is None else _told(body, _within(marks, sentence))
    if best[0] and _told(best[1], best[0]) > _FAR_LESS * told:
        return Excerpt("questions", best[1], best[0])
    return _window(body, marks, sentence if told else None)


def _sentences(body: str) -> list[Span]:
    """Where sentences stand, those with anything in them, without the signs of a list."""
    return [match.span() for match in _SENTENCE.finditer(body)]


def _within(marks: Iterable[Span], place: Span) -> list[Span]:
    return [mark for mark in marks if place[0] <= mark[0] and mark[1] <= place[1]]


def _told(text: str, marks: Iterable[Span]) -> int:
    """How much was found, what is said twice counted once."""
    return sum(map(len, {text[start:end] for start, end in marks}))


def _window(body: str, marks: Sequence[Span], sentence: Span | None) -> Excerpt:
    """A stretch of a body, from the start of a sentence on if what was found lies near it."""
    first = sentence[0] if sentence else 0
    begin = first
    if sentence is not None:
        here = _within(marks, sentence)

        def inside(start: int) -> int:
            return _told(body, _within(here, (start, start + _AROUND - _BEFORE)))

        best = max((start for start, _ in here), key=lambda start: (inside(start), -start))
        if inside(best) > _told(body, _within(here, (first, first + _AROUND))):
            begin = max(first, best - _BEFORE)
    piece = body[begin : begin + _AROUND]
    lead = "…" if begin > first else ""
    tail = "…" if begin + _AROUND < len(body) else ""
    kept = tuple(
        (max(start - begin, 0) + len(lead), min(stop - begin, len(piece)) + len(lead))
        for start, stop in marks
        if stop > begin and start < begin + len(piece)
    )
    # Line ends become blanks: every place stays where it was.
    return Excerpt("body", lead + re.sub(r"\s", " ", piece) + tail, kept)
