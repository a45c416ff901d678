"""Figures of clocks and of answers: how many promises were kept, how long things took.

Whatever would be divided by nothing is None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.sla.outcomes import RESULTS
from tkt.domain.sla.policy import CLOCKS
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from tkt.domain.sla.answers import Answer, Yardstick
    from tkt.domain.sla.outcomes import Outcome


class ClockFigures(NamedTuple):
    """The rounds of one clock.

    The times are of those ``completed``, which came to their end; ``max_s`` is the worst.
    """

    clock: str
    met: int
    breached: int
    excused: int
    running: int
    compliance_pct: float | None
    completed: int
    sum_s: int
    mean_s: float | None
    median_s: float | None
    p90_s: int | None
    max_s: int | None


class AnswerFigures(NamedTuple):
    """Rounds of conversation; ``outside`` are the questions outside the window, which do not count.

    ``sum_s`` and ``mean_s`` are of capped times.
    """

    rounds: int
    replied: int
    outside: int
    quick_pct: float | None
    prompt_pct: float | None
    sum_s: int
    mean_s: float | None


class Figures(NamedTuple):
    """All figures of one group, or of everything; ``name`` is None for what belongs to none."""

    name: str | None
    clocks: tuple[ClockFigures, ...]
    answers: AnswerFigures

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        counted = [sum(clock[1:5]) for clock in self.clocks]
        return not (any(counted) or self.answers.rounds or self.answers.outside)


class Stats(NamedTuple):
    """Figures of ``[since, until)``: of everything, and of groups ``by`` something if asked for.

    ``spam`` are the tickets that were left out, being spam or machine mail.
    """

    since: datetime
    until: datetime
    yardstick: Yardstick
    by: str | None
    total: Figures
    groups: tuple[Figures, ...]
    spam: int = 0


class Tally:
    """Outcomes and answers while they are counted."""

    def __init__(self) -> None:
        self._results = {clock: dict.fromkeys(RESULTS, 0) for clock in CLOCKS}
        self._times: dict[str, list[int]] = {clock: [] for clock in CLOCKS}
        self._answers: list[int | None] = []
        self._outside = 0

    def count(self, outcome: Outcome) -> None:
        """Count what became of a round of a clock."""
        self._results[outcome.clock][outcome.result] += 1
        if outcome.elapsed_s is not None:
            self._times[outcome.clock].append(outcome.elapsed_s)

    def answer(self, answer: Answer | None) -> None:
        """Count a round of a conversation, or a question outside the window."""
        if answer is None:
            self._outside += 1
        else:
            self._answers.append(answer.seconds)

    def figures(self, name: str | None, yardstick: Yardstick) -> Figures:
        """What it comes to."""
        clocks = (_clock(clock, self._results[clock], self._times[clock]) for clock in CLOCKS)
        return Figures(name, tuple(clocks), _answers(self._answers, self._outside, yardstick))


def tallied(
    names: bool, found: Iterable[tuple[Sequence[Outcome], Sequence[Answer | None]]]
) -> tuple[Tally, dict[str | None, Tally]]:
    """Everything counted together, and if ``names`` are to be told apart each group by itself."""
    total, groups = Tally(), dict[str | None, Tally]()
    for outcomes, answers in found:
        for outcome in outcomes:
            total.count(outcome)
            if names:
                groups.setdefault(outcome.name, Tally()).count(outcome)
        for answer in answers:
            total.answer(answer)
            if names and answer is not None:
                groups.setdefault(answer.name, Tally()).answer(answer)
    return total, groups


def _clock(clock: str, results: dict[str, int], times: list[int]) -> ClockFigures:
    met, breached = results["met"], results["breached"]
    times.sort()
    count, total = len(times), sum(times)
    return ClockFigures(
        clock,
        met,
        breached,
        results["excused"],
        results["running"],
        percent(met, met + breached),
        count,
        total,
        _mean(total, count),
        _median(times),
        # The nearest rank: nine tenths took no longer.
        times[-(-9 * count // 10) - 1] if times else None,
        times[-1] if times else None,
    )


def _answers(found: list[int | None], outside: int, yardstick: Yardstick) -> AnswerFigures:
    rounds, cap = len(found), yardstick.cap_s
    told = [seconds for seconds in found if seconds is not None]
    total = sum(min(seconds, cap) for seconds in told) + cap * (rounds - len(told))
    quick, prompt = (
        percent(sum(seconds <= limit for seconds in told), rounds)
        for limit in (yardstick.quick_s, yardstick.prompt_s)
    )
    return AnswerFigures(rounds, len(told), outside, quick, prompt, total, _mean(total, rounds))


def percent(part: int, whole: int) -> float | None:
    """A share in percent, to a tenth."""
    return round(100 * part / whole, 1) if whole else None


def _mean(total: int, count: int) -> float | None:
    return round(total / count, 1) if count else None


def _median(times: Sequence[int]) -> float | None:
    """The time in the middle, or half way between the two there."""
    if not times:
        return None
    middle = len(times) // 2
    return times[middle] if len(times) % 2 else (times[middle - 1] + times[middle]) / 2
