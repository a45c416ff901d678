"""Which threshold makes the bot right often enough: tried on questions that people labelled."""

from __future__ import annotations

from math import ceil, sqrt
from typing import TYPE_CHECKING

from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TUNE, TEST = "tune", "test"
PARTS = (TUNE, TEST)
STEPS = tuple(step / 20 for step in range(20))
"""The thresholds of the curve."""
_Z = 1.2816
"""A deviation that nine of ten normal ones stay below."""
SHOWN = 10
"""So many of the worst wrong answers are shown."""


class Tried(NamedTuple):
    """A labelled question and what the bot made of it.

    Each of ``articles`` answers it (none: no article does). ``found`` is the one that the bot
    thinks of, ``score`` how sure it is. ``reason`` is why it hands over whatever it is sure of.
    """

    line: int
    question: str
    articles: tuple[str, ...]
    found: str | None
    score: float
    reason: str | None = None

    @property
    def is_right(self) -> bool:
        """Whether its answer would be the right one."""
        return self.found in self.articles


class Measured(NamedTuple):
    """How the bot does at a threshold, on one part of the questions.

    ``answerable`` are those that some article answers.
    """

    part: str
    threshold: float
    total: int
    answerable: int
    answered: int
    right: int

    @property
    def precision(self) -> float | None:
        """How many of its answers are right; None where it gives none."""
        return self.right / self.answered if self.answered else None

    @property
    def at_least(self) -> float | None:
        """How many are right at the least, as far as so few of them tell."""
        return lower_end(self.right, self.answered) if self.answered else None

    @property
    def share(self) -> float:
        """How many questions it answers."""
        return self.answered / self.total if self.total else 0.0

    @property
    def handover(self) -> float:
        """How many it hands over."""
        return 1 - self.share if self.total else 0.0

    @property
    def recall(self) -> float | None:
        """How many of those that an article answers get it."""
        return self.right / self.answerable if self.answerable else None


class Calibrated(NamedTuple):
    """The threshold that was found (None: none is good enough), and how it does.

    ``now`` is the threshold that the desk has; ``curve`` goes through :data:`STEPS`.
    """

    wanted: float
    threshold: float | None
    now: float
    measured: tuple[Measured, ...]
    curve: tuple[Measured, ...]
    wrong: tuple[Tried, ...]


def calibrated(tried: Sequence[tuple[str, Tried]], *, wanted: float, now: float) -> Calibrated:
    """The lowest threshold that surely reaches the ``wanted`` precision on the part to tune on.

    What is measured on the other part had no say in it.
    """
    parts = {part: [one for which, one in tried if which == part] for part in PARTS}
    threshold = threshold_for(parts[TUNE], wanted)
    at = now if threshold is None else threshold
    there = [part for part in PARTS if parts[part]]
    measured = tuple(measure(part, parts[part], at) for part in there)
    curve = tuple(measure(part, parts[part], step) for step in STEPS for part in there)
    every = (one for _, one in tried if _is_answered(one, at) and not one.is_right)
    wrong = sorted(every, key=lambda one: (-one.score, one.line))
    return Calibrated(wanted, threshold, now, measured, curve, tuple(wrong[:SHOWN]))


def answers_needed(wanted: float) -> int | None:
    """How many answers, all of them right, it takes to be sure; None: no number is enough."""
    return None if wanted >= 1 else ceil(wanted * _Z * _Z / (1 - wanted))


def measure(part: str, tried: Iterable[Tried], threshold: float) -> Measured:
    """How the bot does at a threshold."""
    every = list(tried)
    answered = [one for one in every if _is_answered(one, threshold)]
    return Measured(
        part,
        threshold,
        len(every),
        sum(bool(one.articles) for one in every),
        len(answered),
        sum(one.is_right for one in answered),
    )


def _is_answered(one: Tried, threshold: float) -> bool:
    return one.found is not None and one.reason is None and one.score >= threshold


def threshold_for(tried: Sequence[Tried], wanted: float) -> float | None:
    """The lowest of the scores from which on the answers are right often enough, and surely so.

    Of few answers that all are right the next may be wrong all the same: what has to reach
    ``wanted`` is the lower end of what they tell, not the share of right ones among them.
    """
    for threshold in sorted({one.score for one in tried if _is_answered(one, 0.0)}):
        found = measure(TUNE, tried, threshold)
        if (found.at_least or 0.0) >= wanted:
            return threshold
    return None


def lower_end(right: int, total: int) -> float:
    """How often answers are right at the least, where so many of some were: Wilson's interval.

    In nine of ten cases it is no less than that.
    """
    share, spread = right / total, _Z * _Z / total
    middle = share + spread / 2
    return (middle - _Z * sqrt((share * (1 - share) + spread / 4) / total)) / (1 + spread)
