"""Reckoning the clocks of a ticket: when each is due, how much of it is used up, whether in time.

First response, next response, periodic update and solution are reckoned each on its own; what is
pausable stands still in a pausing state, and none counts time in which a ticket is over.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tkt.domain.calendar.working import ALWAYS
from tkt.domain.sla.course import UPDATE, Course
from tkt.domain.sla.policy import CLOCKS
from tkt.errors import Refused
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tkt.domain.calendar.budget import Budget
    from tkt.domain.calendar.working import Calendar
    from tkt.domain.sla.course import Held, Promises, Round
    from tkt.domain.sla.track import Track


ROUNDS = "rounds"
"""The key under which an event that ends a ticket says what each round of a clock came to."""


class Clock(NamedTuple):
    """One clock of a ticket: ``state`` is off, running, paused, met or breached.

    ``due_at`` is empty while it is paused in time. ``runs`` says that time counts for it now, in
    time or late; ``ended_at`` when it came to its end. ``rounds`` counts how often it has begun.
    """

    clock: str
    state: str = "off"
    started_at: int | None = None
    due_at: int | None = None
    target_s: int | None = None
    elapsed_s: int | None = None
    breached_by_s: int = 0
    ended_at: int | None = None
    rounds: int = 0
    runs: bool = False
    excused: bool = False

    @property
    def remaining_s(self) -> int | None:
        """What is left of the target; never less than nothing."""
        if self.target_s is None or self.elapsed_s is None:
            return None
        return max(0, self.target_s - self.elapsed_s)

    @property
    def used_pct(self) -> float | None:
        """How much of the target is used up, in percent."""
        if not self.target_s or self.elapsed_s is None:
            return None
        return round(100 * self.elapsed_s / self.target_s, 1)


class Sla(NamedTuple):
    """The clocks of one ticket and the policy that it is held to."""

    policy: str | None
    clocks: tuple[Clock, ...]

    @property
    def escalation_at(self) -> int | None:
        """The earliest due of the clocks that run."""
        return min((c.due_at for c in self.clocks if c.runs and c.due_at is not None), default=None)

    def clock(self, name: str) -> Clock:
        """The clock of this name."""
        return next((c for c in self.clocks if c.clock == name), Clock(name))


class Result(NamedTuple):
    """What a round came to, or has come to by now.

    ``elapsed_s`` is None where nothing is promised any more, and what was missed is all there is.
    """

    elapsed_s: int | None
    late_s: int
    excused: bool


class Target(NamedTuple):
    """What a round is held to: so many seconds of a calendar; ``pausable`` in a pausing state."""

    seconds: int
    calendar: Calendar
    pausable: bool


class Reckoning:
    """The arithmetic for one ticket. ``problem`` names a calendar that is needed and not there."""

    def __init__(self, track: Track, promises: Promises) -> None:
        self.course = Course(track, promises)
        self.promises = promises
        self.problem: str | None = None
        self._runs: dict[str, tuple[Round, Target] | None] = {}
        self._used_up: dict[str, int | None] = {}
        self._targets: dict[tuple[object, ...], Target | None] = {}

    @property
    def policy(self) -> str | None:
        """The name of the policy that the ticket is held to, or was when it was over."""
        if name := self.course.achieved.get("policy"):
            return str(name)
        return self.course.policy.name if self.course.policy else None

    # -- dues ---------------------------------------------------------------------------------

    def running(self, name: str) -> tuple[Round, Target] | None:
        """The round that a clock is in and its target, if time counts for it now."""
        if name not in self._runs:
            self._runs[name] = self._found_running(name)
        return self._runs[name]

    def _found_running(self, name: str) -> tuple[Round, Target] | None:
        course = self.course
        rounds = course.rounds[name]
        if not rounds or rounds[-1].end is not None or course.is_over:
            return None
        if (target := self._target(name, rounds[-1], course.held)) is None:
            return None
        return (rounds[-1], target) if course.stretches.counts(pausable=target.pausable) else None

    def reach(self, begun: Round, target: Target, seconds: int) -> int | None:
        """When so many seconds of a round have counted; None while time stands still."""
        try:
            return self.course.stretches.reach(
                target.calendar, begun.start, seconds, begun.end, pausable=target.pausable
            )
        except Refused:  # decades away
            self.problem = target.calendar.name
            return None

    def reached(self, name: str, begun: Round, share: Callable[[int], int]) -> int | None:
        """When a ``share`` of a round's target had counted, by whichever held at the time.

        A shorter target comes to nothing before it holds.
        """
        since = begun.start
        for until, held in [*self.course.past, (None, self.course.held)]:
            if until is not None and until <= since:
                continue
            target = self._target(name, begun, held)
            due = None if target is None else self.reach(begun, target, share(target.seconds))
            at = None if due is None else max(due, since)
            if at is not None and (until is None or at < until):
                return at
            since = since if until is None else until
        return None

    def used_up(self, name: str) -> int | None:
        """When the target of the round is used up that a clock is in, if time counts for it now."""
        if name not in self._used_up:
            found = self.running(name)
            self._used_up[name] = self.reach(*found, found[1].seconds) if found else None
        return self._used_up[name]

    def due(self, begun: Round, target: Target) -> int | None:
        """When a round's target is used up, as it is to be shown."""
        return self._shown(self.reach(begun, target, target.seconds), begun, target)

    def _shown(self, at: int | None, begun: Round, target: Target) -> int | None:
        policy = (begun.held or self.course.held).policy
        if at is not None and policy is not None and policy.boundary == "next_open":
            with suppress(Refused):
                return target.calendar.next_opening(at)
        return at

    def late_from(self) -> int | None:
        """From when on a clock that runs has missed its target.

        That is when more than the target has counted (rule 21 of the clocks): where it is used up
        at a closing time, not before the next opening.
        """
        found = (self._missed_from(name, *held) for name in CLOCKS if (held := self.running(name)))
        return min((at for at in found if at is not None), default=None)

    def _missed_from(self, name: str, begun: Round, target: Target) -> int | None:
        if not self.course.past:
            at = self.used_up(name)
            if at is None:
                return None
            if at >= self.course.stretches.starts[-1] and target.calendar.is_open(at):
                return at + 1  # as it nearly always is
        return self.exceeded(name, begun, target)

    def exceeded(
        self, name: str, begun: Round, target: Target, share: Callable[[int], int] = int
    ) -> int | None:
        """When more than a ``share`` of a round's target had counted."""
        if not self.course.past:
            return self.reach(begun, target, share(target.seconds) + 1)
        return self.reached(name, begun, lambda seconds: share(seconds) + 1)

    def dues(self) -> Iterator[tuple[str, int]]:
        """(clock, when it is due) of the clocks that run."""
        for name in CLOCKS:
            if found := self.running(name):
                at = self._shown(self.used_up(name), *found)
                if at is not None:
                    yield name, at

    def unpublished(self) -> tuple[int, ...]:
        """The years that a due time falls into, or counts across, without published holidays."""
        years: set[int] = set()
        for name in CLOCKS:
            if found := self.running(name):
                at = self.used_up(name)
                if at is not None:
                    years.update(found[1].calendar.unpublished(found[0].start, at))
        return tuple(sorted(years))

    def _target(self, name: str, begun: Round, held: Held) -> Target | None:
        key = (name, begun.start, id(held.policy), held.priority)
        if key not in self._targets:
            self._targets[key] = self._reckoned(name, begun, held)
        return self._targets[key]

    def _reckoned(self, name: str, begun: Round, held: Held) -> Target | None:
        policy = held.policy
        budget = policy.target(name, held.priority) if policy else None
        if policy is None or budget is None:
            return None
        calendar = ALWAYS if budget.wall else self.promises.calendar(policy.calendar)
        if calendar is None:
            self.problem = policy.calendar
            return None
        try:
            seconds = seconds_of(budget, calendar, begun.start)
        except Refused:
            self.problem = policy.calendar
            return None
        return Target(seconds, calendar, name in policy.pausable)

    # -- states -------------------------------------------------------------------------------

    def sla(self, now: int) -> Sla:
        """All clocks as they stand at ``now``."""
        return Sla(self.policy, tuple(self.clock(name, now) for name in CLOCKS))

    def clock(self, name: str, now: int) -> Clock:
        """One clock as it stands at ``now``."""
        course = self.course
        rounds = course.rounds[name]
        is_off = course.is_merged or (name == UPDATE and course.is_awaited)
        if not rounds or is_off:
            return Clock(name, rounds=len(rounds))
        begun = rounds[-1]
        if isinstance(said := self._said(name, begun), dict):
            return self._achieved(name, begun, said)
        target = self._target(name, begun, begun.held or course.held)
        if target is None:
            return Clock(name, rounds=len(rounds))
        elapsed, late = self._used(name, begun, target, now)
        ended = begun.end is not None
        counts = not ended and course.stretches.counts(pausable=target.pausable)
        state = _state(late=late, ended=ended, counts=counts)
        if name == UPDATE and state == "paused" and course.is_over:
            return Clock(name, rounds=len(rounds))
        return Clock(
            name,
            state,
            begun.start,
            None if state == "paused" else self.due(begun, target),
            target.seconds,
            elapsed,
            late,
            begun.end,
            len(rounds),
            counts,
            late > 0 and (name, begun.start) in course.excused,
        )

    # -- rounds -------------------------------------------------------------------------------

    def results(self, name: str, since: int, now: int) -> Iterator[tuple[Round, Result]]:
        """What each round of a clock had come to at ``now``, but those that ended before ``since``.

        A round for which nothing was ever promised is left out.
        """
        for number, begun in enumerate(self.course.rounds[name]):
            if begun.end is None or begun.end >= since:
                found = self.result(name, number, now)
                if found is not None:
                    yield begun, found
        if name == UPDATE:
            for begun in self.course.broken_off:
                if (begun.end or 0) >= since:
                    found = self._result(name, begun, None, now)
                    if found is not None:
                        yield begun, found

    def result(self, name: str, number: int, now: int) -> Result | None:
        """The same of one round."""
        begun = self.course.rounds[name][number]
        return self._result(name, begun, self._recorded(name, number), now)

    def _recorded(self, name: str, number: int) -> tuple[int | None, int] | None:
        """(elapsed, late) of a round as the event says that ended the ticket."""
        rounds = self.course.rounds[name]
        if number == len(rounds) - 1 and isinstance(said := self._said(name, rounds[-1]), dict):
            return int(said["used"]), int(said.get("late", 0))
        told = self.course.achieved.get(ROUNDS, {}).get(name, ())
        if rounds[number].end is None or number >= len(told) or not told[number]:
            return None
        return told[number][0], int(told[number][1])

    def _said(self, name: str, begun: Round) -> object:
        """What the event that ended the ticket says of a round; what came later it cannot know."""
        course = self.course
        return course.achieved.get(name) if begun.start <= course.over_since else None

    def _result(
        self, name: str, begun: Round, said: tuple[int | None, int] | None, now: int
    ) -> Result | None:
        elapsed: int | None
        if said is not None:
            elapsed, late = said
        elif (target := self._target(name, begun, begun.held or self.course.held)) is not None:
            elapsed, late = self._used(name, begun, target, now)
        else:
            elapsed, late = None, self._missed(name, begun, begun.end or now)
            if not late:
                return None
        return Result(elapsed, late, late > 0 and (name, begun.start) in self.course.excused)

    def _achieved(self, name: str, begun: Round, said: Mapping[str, Any]) -> Clock:
        """A clock as it had ended when the ticket was over."""
        late = int(said.get("late", 0))
        excused = late > 0 and (name, begun.start) in self.course.excused
        rounds = len(self.course.rounds[name])
        state = _state(late=late, ended=begun.end is not None, counts=False)
        return Clock(
            name, state, begun.start, said.get("due"), int(said["target"]), int(said["used"]),
            late, begun.end, rounds, False, excused,
        )  # fmt: skip

    def _used(self, name: str, begun: Round, target: Target, now: int) -> tuple[int, int]:
        """(seconds that have counted, by how many the target was missed).

        A breach stays a fact: what was missed under an earlier policy or priority is missed.
        """
        stretches, start = self.course.stretches, begun.start
        end = now if begun.end is None else begun.end
        elapsed = stretches.elapsed(target.calendar, start, end, pausable=target.pausable)
        return elapsed, max(elapsed - target.seconds, self._missed(name, begun, end))

    def _missed(self, name: str, begun: Round, end: int) -> int:
        """By how much the worst of the targets was missed that the round was held to before."""
        stretches, start, late = self.course.stretches, begun.start, 0
        for until, held in self.course.past:
            if not start < until <= end:
                continue
            if (then := self._target(name, begun, held)) is not None:
                used = stretches.elapsed(then.calendar, start, until, pausable=then.pausable)
                late = max(late, used - then.seconds)
        return late


def seconds_of(budget: Budget, calendar: Calendar, start: int) -> int:
    """How many seconds of a calendar a budget is that begins at ``start``; days hang on it."""
    if not budget.is_days:
        return budget.seconds
    if budget.wall:
        return budget.days * 86400
    end = calendar.add_days(start, budget.days, end_of_day=budget.end_of_day)
    return calendar.between(start, end)


def _state(*, late: int, ended: bool, counts: bool) -> str:
    if late:
        return "breached"
    if ended:
        return "met"
    return "running" if counts else "paused"
