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

    ``strength`` is how alike question and article are, ``lead`` by how much the next best is less
    so, ``rivals`` how many (of three) are nearly so. ``uncovered`` is the share of what the
    customer said that the article neither asks nor has in its title, ``missing`` how much (of eight
    characters) that is; ``spare`` is the share of the matched question that the customer did not
    say. ``length`` is how much was said. Yes or no: ``asks``, it is a question; ``own``, a matter
    of the customer's own; ``goods``, something of one product that the article does not speak of;
    ``contrary``, one speaks of before (dispatch, arrival, payment), the other of after;
    ``category``, it is taken for a category of the article.
    """

    strength: float = 0.0
    lead: float = 0.0
    rivals: float = 0.0
    uncovered: float = 0.0
    missing: float = 0.0
    spare: float = 0.0
    length: float = 0.0
    asks: float = 0.0
    own: float = 0.0
    goods: float = 0.0
    contrary: float = 0.0
    category: float = 0.0


BASE = -3.0
WEIGHTS = Signs(strength=4.3)
"""What is added up, as logarithms of odds."""


def sure(signs: Signs) -> float:
    """How sure one can be, from 0 to 1."""
    odds = BASE + sum(weight * sign for weight, sign in zip(WEIGHTS, signs, strict=True))
    return 1 / (1 + exp(-odds))
