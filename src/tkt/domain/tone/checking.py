"""What is wrong with how a text speaks: each rule of tone.yaml held against it.

What is denied (不是您的错) and what is only quoted (您说的“不知道怎么退”) does not count, unless a
rule says that it does.
"""

from __future__ import annotations

import json
import re
from functools import cache
from operator import add
from typing import TYPE_CHECKING, Any

from tkt.domain.classify import patterns
from tkt.domain.classify.compiling import is_whole
from tkt.domain.classify.folding import fold
from tkt.domain.classify.negating import is_negated
from tkt.domain.custom.field import Label
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Span = tuple[int, int]
    Word = tuple[str, int]

PIECE, STEP = patterns.LIMIT, 900
"""A long text is looked at in pieces that overlap, each as long as patterns can be trusted with."""
_QUOTED = cache(
    lambda: re.compile(r'“[^”]*”|「[^」]*」|『[^』]*』|"[^"\n]*"|^>[^\n]*', re.MULTILINE)
)


class About(NamedTuple):
    """What a text is said on; ``first`` where nobody has answered yet. Of None nothing is known."""

    category: str | None = None
    channel: str | None = None
    severity: int | None = None
    first: bool = True


class Finding(NamedTuple):
    """What one rule found: the words, folded as they are compared; none of what is lacking."""

    rule: str
    label: Label
    kind: str
    level: str
    words: tuple[str, ...]
    suggest: Label

    @property
    def blocks(self) -> bool:
        """Whether the text is not to be sent."""
        return self.level == "block"


class Checker:
    """The rules of a desk, as :mod:`tkt.domain.tone.file` makes them ready."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._rules: Sequence[Mapping[str, Any]] = data["rules"]
        self._negations = tuple(data["negations"])

    @staticmethod
    def of(text: str) -> Checker | None:
        """The rules that the index keeps; None where the desk has none."""
        return Checker(json.loads(text)) if text else None

    def check(self, text: str, about: About | None = None) -> list[Finding]:
        """Everything that there is to say of a text, what blocks it first."""
        about = about or About()
        ends = max(len(text) - PIECE, 0) + STEP
        pieces = [_Piece(fold(text[at : at + PIECE])) for at in range(0, ends, STEP)]
        found = []
        for rule in self._rules:
            if not _concerns(rule, about):
                continue
            if any(_has(piece.text, rule.get("unless", ())) for piece in pieces):
                continue
            words = [word for piece in pieces for word in self._words(rule, piece)]
            if words or _lacks(rule, pieces):
                found.append(_finding(rule, words))
        return sorted(found, key=lambda one: not one.blocks)

    def _words(self, rule: Mapping[str, Any], piece: _Piece) -> Iterator[str]:
        """The words of a rule that count in a piece of a text."""
        hits = [*_spans(piece.text, rule.get("words", ())), *_matches(piece, rule)]
        if not hits:
            return
        spared = list(_spans(piece.text, rule.get("except", ())))
        if not rule.get("quoted"):
            spared += piece.quoted
        for start, end in _longest(hits):
            if any(left <= start < right for left, right in spared):
                continue
            if rule.get("negated") or not is_negated(piece.text, start, self._negations):
                yield piece.text[start:end]


class _Piece:
    """A piece of a text, folded, and what is known of it once it is asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._there: set[str] = set()

    @property
    def there(self) -> set[str]:
        """Its characters, and each two that stand together."""
        if not self._there:
            self._there = {*self.text, *map(add, self.text, self.text[1:])}
        return self._there

    @property
    def quoted(self) -> list[Span]:
        """What stands between quotation marks, or in a line that is somebody else's."""
        return [match.span() for match in _QUOTED().finditer(self.text)]


def _concerns(rule: Mapping[str, Any], about: About) -> bool:
    """Whether a rule is for such a ticket: of its categories, or as severe; in its channels."""
    if rule.get("first") and not about.first:
        return False
    if about.channel and about.channel not in rule.get("channels", (about.channel,)):
        return False
    if "categories" not in rule and "severity" not in rule:
        return True
    is_severe = about.severity is not None and about.severity <= rule.get("severity", 0)
    return is_severe or about.category in rule.get("categories", ())


def _spans(text: str, words: Iterable[Word]) -> Iterator[Span]:
    for word, bounds in words:
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            if is_whole(text, start, end, bounds):
                yield start, end
            start = text.find(word, end)


def _matches(piece: _Piece, rule: Mapping[str, Any]) -> Iterator[Span]:
    for source, needed in rule.get("patterns", ()):
        if not any(piece.there.isdisjoint(marks) for marks in needed):
            yield from (m.span() for m in patterns.compiled(source).finditer(piece.text))


def _longest(hits: Iterable[Span]) -> list[Span]:
    """Of words inside of one another only the outermost, in their order."""
    kept: list[Span] = []
    for start, end in sorted(set(hits), key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def _has(text: str, words: Iterable[Word]) -> bool:
    return any(True for _ in _spans(text, words))


def _lacks(rule: Mapping[str, Any], pieces: Sequence[_Piece]) -> bool:
    """Whether a text says too little, or nothing of what a rule asks for."""
    if "shorter" in rule and sum(c.isalnum() for p in pieces for c in p.text) < rule["shorter"]:
        return True
    return "lacks" in rule and not any(_has(piece.text, rule["lacks"]) for piece in pieces)


def _finding(rule: Mapping[str, Any], words: Iterable[str]) -> Finding:
    return Finding(
        rule["id"], Label(*rule["label"]), rule["kind"], rule["level"],
        tuple(dict.fromkeys(words)), Label(*rule["suggest"]),
    )  # fmt: skip
