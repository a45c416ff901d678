"""Questions that ask the same, together: the more people ask one, the sooner it is answered."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tkt.domain.kb.wording import asked
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

ALIKE = 0.45
"""From this share of words in common on two questions are of one cluster."""
_LONG = 60
"""A message with more characters says much besides what it asks."""


class Question(NamedTuple):
    """What a customer asked on a ticket: in their own words first, then as its title says it."""

    ticket: str
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        """Their own words, unless those are so many that the title says it better."""
        first, *others = self.texts
        return first if len(first) <= _LONG or not others else others[0]


class Cluster(NamedTuple):
    """Questions that are alike; ``example`` is the one that has most in common with the others."""

    example: str
    tickets: tuple[str, ...]


def clustered(questions: Iterable[Question]) -> list[Cluster]:
    """The clusters, the largest first; a question joins the most similar that there is by then."""
    groups: list[tuple[set[str], list[Question]]] = []
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for question in sorted(questions, key=lambda one: (len(one.text), one.text, one.ticket)):
        words = set(asked(question.text))
        near = {at for word in words for at in by_word[word]}
        best = max(near, key=lambda at: (_alike(words, groups[at][0]), -at), default=None)
        if best is not None and _alike(words, groups[best][0]) >= ALIKE:
            groups[best][1].append(question)
            continue
        for word in words:
            by_word[word].append(len(groups))
        groups.append((words, [question]))
    found = [_cluster(members) for _, members in groups]
    return sorted(found, key=lambda one: (-len(one.tickets), one.example))


def _cluster(members: list[Question]) -> Cluster:
    words = {one.text: set(asked(one.text)) for one in members}

    def nearness(text: str) -> float:
        return sum(_alike(words[text], words[other.text]) for other in members[:50])

    example = min(words, key=lambda text: (-nearness(text), text))
    return Cluster(example, tuple(dict.fromkeys(one.ticket for one in members)))


def _alike(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
