"""Words that agents' own decisions speak for: learnt from some tickets, tried on the others.

Only tickets whose category a person chose teach anything. A fifth of them, picked by their ids so
that it is always the same fifth, is held out: what a word gains is how many more of those would be
classified rightly with it, and nothing else changed.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tkt.domain.classify.compiling import KEYWORD
from tkt.domain.classify.deciding import Facts, decide
from tkt.domain.classify.folding import fold, is_wordlike
from tkt.domain.classify.matching import Classifier
from tkt.domain.classify.settled import taught
from tkt.domain.classify.suggested import Learnt, Suggestion
from tkt.domain.ids import checksum
from tkt.domain.ticket import Ticket
from tkt.errors import NotFound
from tkt.named import NamedTuple
from tkt.services.classifying.sorting import sorter_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tkt.storage.desk import Desk

HELD_OUT = 5
"""One ticket in so many is held out."""
_LATEST = 20_000
"""So many tickets are learnt from, the latest: what customers talk of changes."""
_CANDIDATES = 60
"""So many words of each category are tried."""
_LEAST = 0.6
"""A word is only tried if this part of the tickets that have it are of its category."""
_LONGEST = 5
_RUN = re.compile("[\u3400-\u9fff]+|[a-z][a-z'-]+[a-z]")


class _Example(NamedTuple):
    text: str
    category: str


def suggest(desk: Desk, category: str | None) -> Learnt:
    """Words for a category, or for each, the greatest gain first."""
    sorter = sorter_of(desk)
    assert sorter.classifier is not None
    known = set(sorter.classifier.categories)
    learning: list[_Example] = []
    trying: list[_Example] = []
    for ticket in _taught(desk, known):
        held_out = checksum(ticket.id) % HELD_OUT == 0
        target = trying if held_out else learning
        target.append(_Example(text_of(ticket), str(ticket.fields["category"])))
    trial = _Trial(sorter.classifier, trying)
    found: list[Suggestion] = []
    for word, of, count, share in _candidates(learning, category):
        suggestion = trial.of(word, of, count, share)
        if suggestion is not None:
            found.append(suggestion)
    found.sort(key=lambda one: (-one.gain, one.category, -one.seen, one.word))
    return Learnt(_distinct(found, trial), len(learning), len(trying), sum(trial.right))


def _taught(desk: Desk, known: set[str]) -> Iterator[Ticket]:
    """The latest tickets whose category a person chose."""
    left = _LATEST
    for (doc,) in desk.index.select("SELECT doc FROM docs ORDER BY num DESC"):
        ticket = Ticket.of(json.loads(doc))
        if taught(ticket) in known:
            yield ticket
            left -= 1
            if not left:
                return


def terms(text: str) -> list[str]:
    """What of a text can be a keyword: short runs of Chinese characters, and Latin words."""
    found: list[str] = []
    for run in _RUN.findall(fold(text)):
        if is_wordlike(run[0]):
            found.append(run)
            continue
        for size in range(2, _LONGEST + 1):
            found += (run[at : at + size] for at in range(len(run) - size + 1))
    return found


def _candidates(
    examples: Sequence[_Example], category: str | None
) -> Iterator[tuple[str, str, int, float]]:
    """(word, category, how many have it, which part of them is of the category)."""
    try:
        from sklearn.feature_extraction.text import CountVectorizer
        from sklearn.feature_selection import chi2
    except ImportError as error:
        raise NotFound("classify.no_sklearn") from error
    labels = [example.category for example in examples]
    if len(set(labels)) < 2:
        return
    vectors = CountVectorizer(analyzer=terms, binary=True, min_df=2, max_features=100_000)
    try:
        counts = vectors.fit_transform(example.text for example in examples)
    except ValueError:
        return  # no two tickets have a word in common
    words = vectors.get_feature_names_out()
    totals = counts.sum(axis=0).A1
    for name in sorted(set(labels)) if category is None else [category]:
        mine = [label == name for label in labels]
        if not any(mine):
            continue
        strength, _ = chi2(counts, mine)
        inside = counts[[i for i, is_mine in enumerate(mine) if is_mine]].sum(axis=0).A1
        shares = inside / totals
        order = sorted(
            (i for i in range(len(words)) if shares[i] >= _LEAST),
            key=lambda i: (-strength[i], -len(words[i]), words[i]),
        )
        for i in order[:_CANDIDATES]:
            yield str(words[i]), name, int(totals[i]), float(shares[i])


class _Trial:
    """The held-out tickets, classified as of today, to try words on."""

    def __init__(self, classifier: Classifier, examples: Sequence[_Example]) -> None:
        self.classifier = classifier
        self.examples = examples
        self.right = [self._is_right(classifier, example) for example in examples]
        self._terms = [frozenset(terms(example.text)) for example in examples]

    def having(self, word: str) -> list[int]:
        """The numbers of the tickets that have a word."""
        return [number for number, words in enumerate(self._terms) if word in words]

    def of(self, word: str, category: str, count: int, share: float) -> Suggestion | None:
        """What a word gains; None if it gains nothing."""
        changed = with_word(self.classifier, word, category)
        right = wrong = 0
        for number in self.having(word):
            now = self._is_right(changed, self.examples[number])
            right += now and not self.right[number]
            wrong += self.right[number] and not now
        if right <= wrong:
            return None
        return Suggestion(category, word, right - wrong, right, wrong, count, share)

    def _is_right(self, classifier: Classifier, example: _Example) -> bool:
        return decide(classifier, {}, example.text, Facts()).category == example.category


def with_word(classifier: Classifier, word: str, category: str) -> Classifier:
    """A classifier that has one more keyword."""
    data: dict[str, Any] = dict(classifier.data)
    owner = classifier.categories.index(category)
    number = len(data["expressions"])
    data["expressions"] = [*data["expressions"], (KEYWORD, owner, 1, word)]
    bounds = 3 if is_wordlike(word[0]) else 0
    shelf = data["pairs"].get(word[:2], [])
    others = [entry for entry in shelf if entry[0] != word]
    same = [n for entry in shelf if entry[0] == word for n in entry[2]]
    words = [*others, [word, bounds, [*same, number]]]
    words.sort(key=lambda each: (-len(each[0]), each[0]))
    data["pairs"] = {**data["pairs"], word[:2]: words}
    return Classifier(data)


def _distinct(found: Sequence[Suggestion], trial: _Trial) -> list[Suggestion]:
    """What no other word of the category does as well: in more tickets, or in the same and longer.

    The parts of a word stand wherever it does, and so does what customers happen to say with it.
    """
    where = {one: frozenset(trial.having(one.word)) for one in found}
    return [one for one in found if not any(_outdoes(other, one, where) for other in found)]


def _outdoes(
    other: Suggestion, one: Suggestion, where: Mapping[Suggestion, frozenset[int]]
) -> bool:
    if other.category != one.category or not where[other] >= where[one] or other.gain < one.gain:
        return False
    if where[other] > where[one]:
        return True
    return (len(other.word), one.word) > (len(one.word), other.word)
