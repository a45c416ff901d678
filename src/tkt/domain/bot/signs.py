"""How sure signs make one that an article answers a question: what each counts, in one place.

The weights are of a logistic regression on labelled questions, as ``tests/benchmarks/bot_fit.py``
finds them: that script is run again where a sign is added, and measures on questions that the
weights it measures have not seen (tests/benchmarks/README.md).
"""

from __future__ import annotations

from math import exp

from tkt.named import NamedTuple

CLOSE = 0.08
"""An article that is less alike by no more than this is a rival of the best."""


class Signs(NamedTuple):
    """What speaks for an article, and what against it; each from 0 to 1.

    ``lead`` is by how much the next best article is less alike, ``rivals`` how many (of three) are
    nearly as much. ``uncovered`` is the share of what the customer said that the article has in
    neither title nor questions; ``spare`` is the share of the matched question that the customer
    did not say. ``length`` is how much was said. Yes or no: ``asks``, it is a question; ``own``, a
    matter of the customer's own; ``goods``, something of one product that the article does not
    speak of; ``category``, it is taken for a category of the article.
    """

    lead: float = 0.0
    rivals: float = 0.0
    uncovered: float = 0.0
    spare: float = 0.0
    length: float = 0.0
    asks: float = 0.0
    own: float = 0.0
    goods: float = 0.0
    category: float = 0.0


BASE = -1.07
WEIGHTS = Signs(
    lead=1.81, rivals=-2.78, uncovered=-2.63, spare=-2.66, length=3.05, asks=1.35, own=-4.39,
    goods=-1.83, category=1.52,
)  # fmt: skip
"""What is added up, as logarithms of odds."""


def sure(signs: Signs) -> float:
    """How sure one can be, from 0 to 1."""
    odds = BASE + sum(weight * sign for weight, sign in zip(WEIGHTS, signs, strict=True))
    return 1 / (1 + exp(-odds))
