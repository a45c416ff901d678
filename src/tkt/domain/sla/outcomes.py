"""What became of a ticket's clocks in a stretch of time, round by round, and to whose credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.sla.clocks import Reckoning
from tkt.domain.sla.course import SOLUTION, UPDATE, Course
from tkt.domain.sla.policy import CLOCKS
from tkt.domain.sla.track import EXCUSED
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.sla.course import Promises, Round
    from tkt.domain.sla.track import Track

GROUPS = ("agent", "team", "policy", "priority", "category")
"""By what figures can be told apart."""
RESULTS = ("met", "breached", "excused", "running")
"""What may become of a round."""


class Period(NamedTuple):
    """The instants ``[start, end)``; nothing is known of what comes after ``now``."""

    start: int
    end: int
    now: int

    @property
    def at(self) -> int:
        """When it is looked back on: at its end, or now if it goes on."""
        return min(self.end, self.now)


class Outcome(NamedTuple):
    """What became of one round of a clock: one of :data:`RESULTS`.

    ``elapsed_s`` is None for one that did not end; ``name`` is that of its group.
    """

    clock: str
    result: str
    elapsed_s: int | None
    name: str | None


class Look(NamedTuple):
    """A ticket as it stood at the end of a period, and as it is known by now."""

    then: Reckoning
    known: Course


def look(track: Track, promises: Promises, period: Period) -> Look:
    """Look back on a ticket; one walk is enough where nothing has happened since."""
    before = as_of(track, period.end)
    then = Reckoning(before, promises)
    return Look(then, then.course if before is track else Course(track, promises))


def outcomes(look: Look, period: Period, by: str | None = None) -> Iterator[Outcome]:
    """The rounds of a ticket that ended in a period, or ran on at its end.

    They are told as they stood then: what happened later changes nothing, but for an excuse.
    A ticket that has become part of another has none.
    """
    reckoning = look.then
    course = reckoning.course
    if course.is_merged or look.known.is_merged:
        return
    for clock in CLOCKS:
        for begun, found in reckoning.results(clock, period.start, period.at):
            is_broken_off = clock == UPDATE and begun in course.broken_off
            elapsed = None
            if begun.end is None and not course.is_over:
                result = "breached" if found.late_s else "running"
            elif found.late_s:
                if begun.end is None and course.over_since < period.start:
                    continue  # it was counted when the ticket was over
                result = "breached"
            elif begun.end is None or is_broken_off:
                continue  # nobody answered, and nobody had to any more
            else:
                result = "met"
            if begun.end is not None and not is_broken_off:
                elapsed = found.elapsed_s
            if found.excused:
                result = "excused"
            yield Outcome(clock, result, elapsed, group_of(course, begun, by, clock))


def as_of(track: Track, end: int) -> Track:
    """The track as it was at ``end``, with the excuses that were made later."""
    if not track or track[-1][0] < end:
        return track
    kept = [step for step in track if step[0] < end]
    later = track[len(kept) :]
    if not kept:
        return []
    return kept + [[at, kind, {}, *more] for at, kind, _, *more in later if kind == EXCUSED]


def group_of(course: Course, begun: Round, by: str | None, clock: str) -> str | None:
    """To which agent, team, policy, priority or category a round goes.

    A round that a person ended is that person's, any other the one's whose the ticket is.
    """
    if by is None:
        return None
    if by == "agent":
        return begun.by or _text(course.fields.get("assignee"))
    if by in ("team", "category"):
        return _text(course.fields.get(by))
    held = begun.held or course.held
    if by == "priority":
        return _text(held.priority)
    name = held.policy.name if held.policy else None
    if name is None or clock == SOLUTION:
        name = course.achieved.get("policy") or name
    workflow = course.fields.get("workflow")
    return f"{workflow}/{name}" if name and workflow else name


def _text(value: object) -> str | None:
    return None if value is None else str(value)
