"""classify.yaml made ready to be asked: plain data that is read from the index in a millisecond.

Every word stands folded under its first two characters, the longest first, together with what
synonyms make of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.classify import negating
from tkt.domain.classify.folding import fold, is_wordlike
from tkt.domain.classify.patterns import marks_of
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

KEYWORD, EXCLUDE, SEVERITY = range(3)
"""What a word is for: a category, against one, or a rule for severity."""
_MOST_VARIANTS = 60
"""So many ways of saying one keyword are made of synonyms."""


class Expression(NamedTuple):
    """One entry of the file: of which category or rule (by its number), how much it weighs."""

    kind: int
    owner: int
    weight: float
    said: str


def entries(said: Any) -> Iterator[tuple[str, float]]:
    """(word, weight) of a list of keywords: a plain one weighs 1."""
    for entry in said or ():
        if isinstance(entry, dict):
            for word in entry["any"]:
                yield word, entry.get("weight", 1)
        else:
            yield entry, 1


def ready(found: Mapping[str, Any]) -> dict[str, Any]:
    """What a classifier needs of a sound classify.yaml."""
    book = _Book([_folded(group) for group in found.get("synonyms", ())])
    patterns: list[list[Any]] = []
    categories = found.get("categories", {})
    for owner, one in enumerate(categories.values()):
        for word, weight in entries(one.get("keywords")):
            book.add(Expression(KEYWORD, owner, weight, word))
        for word in one.get("exclude", ()):
            book.add(Expression(EXCLUDE, owner, 0, word))
        for entry in one.get("patterns", ()):
            source = entry["re"] if isinstance(entry, dict) else entry
            weight = entry.get("weight", 1) if isinstance(entry, dict) else 1
            patterns.append([owner, weight, source, marks_of(source)])
    rules = []
    for number, rule in enumerate(found.get("severity", ())):
        for word, _ in entries(rule.get("keywords")):
            book.add(Expression(SEVERITY, number, 0, word))
        rules.append({key: value for key, value in rule.items() if key not in ("label", "keywords")}
                     | ({"words": True} if rule.get("keywords") else {}))  # fmt: skip
    pairs, single = book.shelved()
    return {
        "categories": list(categories),
        "inbox": _inbox(found.get("inbox"), categories),
        "spam": [name for name, one in categories.items() if one.get("spam")],
        "expressions": book.expressions,
        "pairs": pairs,
        "single": single,
        "patterns": patterns,
        "negations": negating.folded(found.get("negations", negating.NEGATIONS)),
        "severity": rules,
        "matrix": found.get("matrix", {}),
    }


def _inbox(said: str | None, categories: Mapping[str, Any]) -> str | None:
    """Where texts go that nothing tells of; no ticket is put where there is no category."""
    known = None if said is None else categories.get(said)
    return None if known is None or known.get("spam") else said


def _folded(words: Iterable[str]) -> list[str]:
    return [word for word in map(fold, words) if word]


class _Book:
    """Words while they are gathered: each with the expressions that it stands for."""

    def __init__(self, synonyms: Sequence[Sequence[str]]) -> None:
        self.expressions: list[Expression] = []
        self._synonyms = synonyms
        self._written: dict[str, list[int]] = {}
        self._derived: dict[str, list[int]] = {}

    def add(self, expression: Expression) -> None:
        """Take in an expression, in all the ways in which it may be said."""
        word = fold(expression.said)
        number = len(self.expressions)
        self.expressions.append(expression)
        self._written.setdefault(word, []).append(number)
        for variant in _variants(word, self._synonyms):
            self._derived.setdefault(variant, []).append(number)

    def shelved(self) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
        """(first two characters to the words, the words of one character)."""
        pairs: dict[str, list[Any]] = {}
        single: dict[str, list[Any]] = {}
        # What a person wrote down goes before what synonyms would make of another entry.
        for word, numbers in {**self._derived, **self._written}.items():
            bounds = int(is_wordlike(word[0])) + 2 * int(is_wordlike(word[-1]))
            shelf = pairs if len(word) > 1 else single
            shelf.setdefault(word[:2], []).append([word, bounds, numbers])
        for shelf in (pairs, single):
            for words in shelf.values():
                words.sort(key=lambda each: (-len(each[0]), each[0]))
        return pairs, single


def _variants(word: str, synonyms: Sequence[Sequence[str]]) -> list[str]:
    """The word with each of its synonyms put in, the word itself left out."""
    made = [word]
    for group in synonyms:
        for known in list(made):
            here = [one for one in group if one in known and _has(known, one)]
            if not here:
                continue
            inside = max(here, key=len)
            for other in group:
                variant = known.replace(inside, other)
                if variant not in made and len(made) <= _MOST_VARIANTS:
                    made.append(variant)
    return made[1:]


def _has(text: str, word: str) -> bool:
    """Whether a word is found in a text, a Latin one only as a whole."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if is_whole(text, at, end, int(is_wordlike(word[0])) + 2 * int(is_wordlike(word[-1]))):
            return True
        at = text.find(word, at + 1)
    return False


def is_whole(text: str, start: int, end: int, bounds: int) -> bool:
    """Whether letters that go on beyond either end make another word of it.

    ``bounds`` has bit 1 where the word begins with a Latin letter or a digit, bit 2 where it ends
    with one.
    """
    if bounds & 1 and start and is_wordlike(text[start - 1]):
        return False
    return not (bounds & 2 and end < len(text) and is_wordlike(text[end]))
