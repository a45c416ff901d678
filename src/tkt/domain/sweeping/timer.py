"""Everything that time will do to a ticket as it stands: each with its due time and its key."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tkt.domain import ids
from tkt.domain.calendar.working import MAIN
from tkt.domain.fields import parse_time
from tkt.domain.routing.rule import ROUTED
from tkt.domain.sla import track as steps
from tkt.domain.sla.clocks import Reckoning
from tkt.domain.sla.course import FIRST, NEXT
from tkt.domain.workflow import OVER, UNFINISHED
from tkt.errors import Refused
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tkt.domain.routing.rule import Fallback
    from tkt.domain.sla.clocks import Target
    from tkt.domain.sla.course import Promises, Round
    from tkt.domain.sla.track import Track
    from tkt.domain.sweeping.ladder import Offset, Rung
    from tkt.domain.sweeping.upkeep import AutoMove, Upkeep


_UNCOUNTED = (steps.FIRED, steps.UNDONE)
"""Steps that hand a ticket on without anybody having done so."""


class Timer(NamedTuple):
    """Something that happens once, by its ``key``, when ``at`` has come.

    ``kind`` is rung, promise, wait, fallback, move, survey or archive. ``exceeds`` is when
    something has been exceeded that has to be. ``since`` is when that began which it is about.
    """

    kind: str
    at: int
    key: str
    since: int
    exceeds: int | None = None
    rung: Rung | None = None
    clock: str | None = None
    target_s: int | None = None
    move: AutoMove | None = None

    @property
    def ripe(self) -> int:
        """From when on it happens."""
        return self.at if self.exceeds is None else self.exceeds

    @property
    def event_id(self) -> str:
        """The id of the event that it becomes, on whatever clone: so it happens once."""
        return f"{ids.SWEPT}{ids.tail_from(ids.checksum(self.key))}"


class Ways(NamedTuple):
    """What one workflow says of time: promises, ladder and upkeep; and what all states are.

    ``fallback`` is what becomes of tickets that find no agent.
    """

    promises: Promises
    ladder: Sequence[Rung]
    upkeep: Upkeep
    category: Callable[[object, str], str]
    fallback: Fallback | None = None


class Life:
    """What a track tells beside the clocks: since when, how often, by whom last."""

    def __init__(self, track: Track, category: Callable[[object, str], str]) -> None:
        self.fields: dict[str, Any] = {}
        self.entered = self.active = 0
        self.unheld = track[0][0] if track else 0
        self.over_since: int | None = None
        self.closed_since: int | None = None
        self.reopened: list[int] = []
        self.transferred: list[int] = []
        self.rated: list[tuple[int, int]] = []
        self.fired: set[str] = set()
        self.of_customer = False
        for at, kind, changes, *about in track:
            if changes:
                self._change(at, kind, changes, category)
            if kind == steps.FIRED:
                self.fired.add(about[0])
            else:
                self.active = at
            if kind == steps.RATED and isinstance(about[0], int):
                self.rated.append((at, about[0]))
            self.of_customer = self.of_customer or kind in (steps.ASKED, steps.OPENED)

    @property
    def is_archived(self) -> bool:
        """Whether it is out of the way."""
        return "archived" in self.fields

    @property
    def is_merged(self) -> bool:
        """Whether it has become part of another."""
        return "merged_into" in self.fields

    def _change(
        self, at: int, kind: str, changes: dict[str, Any], category: Callable[[object, str], str]
    ) -> None:
        for name in ("assignee", "team"):
            held = self.fields.get(name)
            if kind not in _UNCOUNTED and held is not None and changes.get(name, held) != held:
                self.transferred.append(at)
                break
        if "assignee" in changes and changes["assignee"] is None:
            self.unheld = at
        for name, value in changes.items():
            if value is None:
                self.fields.pop(name, None)
            else:
                self.fields[name] = value
        if "status" in changes or "merged_into" in changes:
            status, flow = str(self.fields.get("status", "")), self.fields.get("workflow")
            entered = "closed" if self.is_merged else category(flow, status)
            self._enter(at, entered, counts=kind != steps.UNDONE)

    def _enter(self, at: int, category: str, *, counts: bool) -> None:
        self.entered = at
        if category not in OVER:
            if counts and self.over_since is not None:
                self.reopened.append(at)
            if self.over_since is not None:
                self.unheld = at
            self.over_since = self.closed_since = None
            return
        if self.over_since is None:
            self.over_since = at
        if category == "closed":
            self.closed_since = at


class Timers:
    """The timers of one ticket."""

    def __init__(self, track: Track, ways: Ways) -> None:
        self.ways = ways
        self.reckoning = Reckoning(track, ways.promises)
        self.life = Life(track, ways.category)
        self.status = str(self.life.fields.get("status", ""))
        flow = self.life.fields.get("workflow")
        self.category = "merged" if self.life.is_merged else ways.category(flow, self.status)

    def waiting(self) -> list[Timer]:
        """Those that have not happened yet, the first to come first."""
        fired = self.life.fired
        found = [timer for timer in self.all() if not fired or timer.event_id not in fired]
        return sorted(found, key=lambda timer: (timer.ripe, timer.at, timer.key))

    def wake(self) -> int | None:
        """From when on there is something to do."""
        fired = self.life.fired
        first_only = not fired
        return min(
            (
                timer.ripe
                for timer in self.all(first_only=first_only)
                if first_only or timer.event_id not in fired
            ),
            default=None,
        )

    def all(self, *, first_only: bool = False) -> Iterator[Timer]:
        """Every timer of the ticket as it stands, happened or not.

        With ``first_only`` those rungs of a clock are left out that others come before.
        """
        if self.life.is_archived:
            return
        if self.category in UNFINISHED:
            yield from self._rungs(first_only=first_only)
            yield from self._idle()
            yield from self._counted()
            yield from self._promise()
            yield from self._wait()
            yield from self._fallback()
        if not self.life.is_merged:
            yield from self._rated()
        yield from self._moves()
        yield from self._endings()

    def _fitting(self, *triggers: str) -> Iterator[Rung]:
        for rung in self.ways.ladder:
            if rung.trigger in triggers and rung.when.fits(self.life.fields):
                yield rung

    def _rungs(self, *, first_only: bool) -> Iterator[Timer]:
        rungs = [(rung, rung.offset) for rung in self._fitting("at") if rung.offset is not None]
        clocks = {clock for rung, _ in rungs for clock in rung.clocks}
        for clock, (begun, target) in self._running(clocks):
            found = [(rung, offset) for rung, offset in rungs if clock in rung.clocks]
            if first_only and not self.reckoning.course.past:
                found = [min(found, key=lambda each: _place(each[1], target))]
            for rung, offset in found:
                at, ripe = self._reached(clock, begun, target, offset)
                if at is not None and ripe is not None:
                    key = f"{clock}/{begun.start}/{rung.name}"
                    yield Timer("rung", at, key, begun.start, ripe, rung, clock, target.seconds)

    def _reached(
        self, clock: str, begun: Round, target: Target, offset: Offset
    ) -> tuple[int | None, int | None]:
        """When a rung is reached, and when it is exceeded if it has to be.

        One after due counts from when the target was missed.
        """
        reckoning, share = self.reckoning, offset.seconds
        if not reckoning.course.past:
            at = reckoning.reach(begun, target, share(target.seconds))
        elif offset.budget is None or offset.sign < 0:
            at = reckoning.reached(clock, begun, share)
        else:
            missed = reckoning.reached(clock, begun, int)
            if missed is None:
                return None, None
            after, seconds = begun._replace(start=missed), offset.budget.seconds
            at = reckoning.reach(after, target, seconds)
            return at, reckoning.reach(after, target, seconds + 1)
        if not offset.is_late:
            return at, at
        return at, reckoning.exceeded(clock, begun, target, share)

    def _running(self, clocks: set[str]) -> list[tuple[str, tuple[Round, Target]]]:
        """The clocks that run; of the first and the next response only the one due earlier."""
        running = self.reckoning.running
        found = {clock: held for clock in sorted(clocks) if (held := running(clock)) is not None}
        if FIRST in found and NEXT in found:
            due = {clock: self.reckoning.used_up(clock) or 0 for clock in (FIRST, NEXT)}
            del found[NEXT if due[FIRST] <= due[NEXT] else FIRST]
        return list(found.items())

    def _idle(self) -> Iterator[Timer]:
        if self.reckoning.course.stretches.mode != "counts":
            return
        base = max(self.life.active, self.life.entered)
        for rung in self._fitting("idle"):
            policy = self.reckoning.course.policy
            calendar = self.ways.promises.calendar(policy.calendar if policy else MAIN)
            if calendar is not None and rung.idle is not None:
                with suppress(Refused):  # decades away
                    at = rung.idle.due(calendar, base)
                    yield Timer("rung", at, f"idle/{base}/{rung.name}", base, rung=rung)

    def _counted(self) -> Iterator[Timer]:
        """Rungs that wait for something to have happened so many times."""
        for rung in self._fitting("reopened", "transferred"):
            times: list[int] = getattr(self.life, rung.trigger)
            if len(times) >= rung.times:
                at = times[rung.times - 1]
                yield Timer("rung", at, f"{rung.trigger}/{at}/{rung.name}", at, rung=rung)

    def _rated(self) -> Iterator[Timer]:
        """Rungs that wait for a bad rating, which often comes when all is over."""
        for rung in self._fitting("rating"):
            for at, mark in self.life.rated:
                if mark <= rung.times:
                    yield Timer("rung", at, f"rating/{at}/{rung.name}", at, rung=rung)

    def _promise(self) -> Iterator[Timer]:
        promised = _seconds(self.life.fields.get("promised"))
        if promised is None:
            return
        yield Timer("promise", promised, f"promise/{promised}", promised)
        for rung in self._fitting("promise"):
            offset = rung.offset
            assert offset is not None
            at = promised + (offset.sign * offset.budget.seconds if offset.budget else 0)
            yield Timer("rung", at, f"promise/{promised}/{rung.name}", promised, rung=rung)

    def _wait(self) -> Iterator[Timer]:
        until = _seconds(self.life.fields.get("until"))
        if self.category == "pending" and until is not None:
            yield Timer("wait", until, f"wait/{until}", self.life.entered)

    def _fallback(self) -> Iterator[Timer]:
        """Nobody has it for too long; a ticket that waits for its customer needs nobody yet."""
        fallback, life = self.ways.fallback, self.life
        if fallback and self.category in ROUTED and "assignee" not in life.fields:
            key = f"fallback/{life.unheld}"
            yield Timer("fallback", life.unheld + fallback.after, key, life.unheld)

    def _moves(self) -> Iterator[Timer]:
        base = max(self.life.active, self.life.entered)
        if self.life.is_merged or (self.category == "pending" and "until" in self.life.fields):
            return  # who waits for a date is not silent
        for move in self.ways.upkeep.moves:
            if self.status in move.states and move.to != self.status:
                key = f"move/{base}/{self.status}/{move.to}"
                yield Timer("move", base + move.after, key, base, move=move)

    def _endings(self) -> Iterator[Timer]:
        upkeep, life = self.ways.upkeep, self.life
        over = life.over_since
        invites = life.of_customer and not life.is_merged
        if upkeep.survey is not None and over is not None and invites:
            yield Timer("survey", over + upkeep.survey, f"survey/{over}", over)
        if upkeep.archive is not None and life.closed_since is not None:
            base = max(life.closed_since, life.active)
            yield Timer("archive", base + upkeep.archive, f"archive/{base}", base)


def _place(offset: Offset, target: Target) -> tuple[int, bool]:
    """Where on a clock a rung stands: the lower, the earlier it is reached."""
    return offset.seconds(target.seconds), offset.is_late


def _seconds(text: object) -> int | None:
    moment = parse_time(text) if isinstance(text, str) else None
    return None if moment is None else int(moment.timestamp())
