"""Whether somebody takes work at a moment, and if not, why.

What people say of themselves goes first: away or unavailable, until the end of it if they named
one. Then leave, whole days of the desk's time zone. Then shifts: whoever has any in a roster is on
in those only. Everybody else follows the calendars of their teams, and is always on where these
have none. A shift that begins on a day of leave is not held.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from tkt.domain.calendar.zones import instant
from tkt.domain.roster.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.calendar import Calendar
    from tkt.domain.settings import Availability, Settings

HORIZON = timedelta(days=31)
"""So far ahead is looked for a change."""
_ONE_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).toordinal()
_DAY = 86400
REASONS = ("unavailable", "away", "leave", "off-shift")
"""Why somebody takes no work; the first that holds is told."""


class Duty:
    """The people of a desk, asked about moments; all answers about the last moment are kept."""

    def __init__(self, settings: Settings) -> None:
        self.plan = Plan(settings)
        self._settings = settings
        self._at: datetime | None = None
        self._answers: dict[str, str | None] = {}
        self._working: frozenset[str] = frozenset()
        self._open: dict[str, bool] = {}

    # -- asking -------------------------------------------------------------------------------

    def is_on(self, agent: str, at: datetime) -> bool:
        """Whether somebody takes work at a moment."""
        return self.reason_off(agent, at) is None

    def reason_off(self, agent: str, at: datetime) -> str | None:
        """Why somebody takes none: one of :data:`REASONS`; None if they do."""
        if at is not self._at:
            self._turn_to(at)
        try:
            return self._answers[agent]
        except KeyError:
            found = self._answers[agent] = self._reason(agent, at.timestamp())
            return found

    def until(self, agent: str, at: datetime) -> datetime | None:
        """The first moment after ``at`` at which somebody begins or ends to take work.

        None if they do not within :data:`HORIZON`. Why somebody is off may change before.
        """
        before, zone = self.is_on(agent, at), self.plan.zone
        for second in self._moments(at.timestamp(), agent):
            moment = datetime.fromtimestamp(second, zone)
            if self.is_on(agent, moment) != before:
                return moment
        return None

    # -- one moment ---------------------------------------------------------------------------

    def _turn_to(self, at: datetime) -> None:
        """Make ``at`` the moment of which answers are kept."""
        if at != self._at:
            self._answers, self._open = {}, {}
            self._working = self._working_at(at.timestamp())
        self._at = at

    def _reason(self, agent: str, second: float) -> str | None:
        said = self._settings.availability.get(agent)
        if said is not None and said.status != "active" and holds(said, second):
            return said.status
        for leave in self.plan.leave.get(agent, ()):
            if self.plan.utc(leave.since) <= second < self.plan.utc(leave.until + _ONE_DAY):
                return "leave"
        if agent in self._working:
            return None
        if agent in self.plan.rostered:
            return "off-shift"
        own = self._calendars(agent)
        return None if not own or any(self._is_open(one, second) for one in own) else "off-shift"

    def _working_at(self, second: float) -> frozenset[str]:
        """Who is in a shift that is held."""
        if not self.plan.settings.rosters:
            return frozenset()
        plan = self.plan
        today = datetime.fromtimestamp(second, plan.zone).date()
        return frozenset(
            agent
            for day in plan.around(today)
            for agent, stints in plan.held(day).items()
            if any(plan.utc(day, one.start) <= second < plan.utc(day, one.end) for one in stints)
        )

    def _calendars(self, agent: str) -> tuple[Calendar, ...]:
        return self._calendars_of.get(agent, ())

    @cached_property
    def _calendars_of(self) -> dict[str, tuple[Calendar, ...]]:
        return {agent.id: self.plan.calendars_of(agent.id) for agent in self._settings.agents}

    def _is_open(self, calendar: Calendar, second: float) -> bool:
        if calendar.name not in self._open:
            self._open[calendar.name] = calendar.is_open(int(second // 1))
        return self._open[calendar.name]

    # -- what comes ---------------------------------------------------------------------------

    def _moments(self, now: float, agent: str) -> Iterator[float]:
        """When an answer may change, after ``now`` and within the horizon, in order."""
        last = now + HORIZON.total_seconds()
        pending, calendars = set(self._said_of(agent)), self._calendars(agent)
        day = datetime.fromtimestamp(now, self.plan.zone).date() - 2 * _ONE_DAY
        bound = now
        while bound <= last:
            for stint in self.plan.held(day).get(agent, ()):
                pending.update((self.plan.utc(day, stint.start), self.plan.utc(day, stint.end)))
            for calendar in calendars:
                pending.update(_turns(calendar, day.toordinal() - _EPOCH))
            day += _ONE_DAY
            # A calendar in a zone to the east begins its day earlier than the desk does.
            bound = self.plan.utc(day) - 2 * _DAY
            due = sorted(second for second in pending if second < bound)
            yield from (second for second in due if now < second <= last)
            pending.difference_update(due)

    def _said_of(self, agent: str) -> Iterator[float]:
        """When what somebody says of themselves begins and ends, and their leave."""
        said = self._settings.availability.get(agent)
        for text in (said.since, said.until) if said is not None else ():
            if text is not None:
                yield datetime.fromisoformat(text).timestamp()
        for leave in self.plan.leave.get(agent, ()):
            yield self.plan.utc(leave.since)
            yield self.plan.utc(leave.until + _ONE_DAY)


def holds(said: Availability, second: float) -> bool:
    """Whether what somebody said of themselves counts at a moment."""
    if said.since is not None and second < datetime.fromisoformat(said.since).timestamp():
        return False
    return said.until is None or second < datetime.fromisoformat(said.until).timestamp()


def _turns(calendar: Calendar, ordinal: int) -> Iterator[int]:
    """When a calendar opens and closes on a day, counted from 1970."""
    line = calendar.line
    day = datetime.fromordinal(ordinal + _EPOCH).date()
    for span in line.days.day(day).spans:
        yield from (instant(ordinal * _DAY + at, line.zone) for at in span)
