"""What all rosters of a desk say together: who works when by plan, and who is on leave.

Rosters are files only so that a month or a team can have its own: a shift, a leave or a swap counts
wherever it stands. Days and hours are those of the desk's time zone. A shift belongs to the day on
which it begins, also where it goes on past midnight.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tkt.domain.calendar.hours import DAY, Span, read_span, read_weekdays
from tkt.domain.calendar.working import MAIN
from tkt.domain.calendar.zones import instant
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tkt.domain.calendar import Calendar
    from tkt.domain.settings import Settings

_EPOCH = date(1970, 1, 1).toordinal()
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class Stint(NamedTuple):
    """One stretch of somebody's work.

    ``start`` and ``end`` are seconds since midnight of ``day`` by the local clock, the end more
    than a day's where it is tomorrow. ``place`` is its shift in the roster, ``instead_of`` whose it
    was before a swap. It is ``dated`` where the roster names the very day.
    """

    agent: str
    day: date
    start: int
    end: int
    roster: str
    place: int
    name: str | None = None
    instead_of: str | None = None
    dated: bool = False

    @property
    def span(self) -> Span:
        """From and to on the local clock, in seconds since 1970; two of them overlap or do not."""
        midnight = (self.day.toordinal() - _EPOCH) * DAY
        return midnight + self.start, midnight + self.end


class Leave(NamedTuple):
    """Somebody's days off, the last one included; ``place`` is where it stands in the roster."""

    agent: str
    since: date
    until: date
    reason: str | None
    roster: str
    place: int


class Swap(NamedTuple):
    """On a day somebody's shifts are another's; ``place`` is where it stands in the roster."""

    day: date
    giver: str
    taker: str
    reason: str | None
    roster: str
    place: int


class _Shift:
    """A shift of a roster, read for being asked about many days."""

    def __init__(self, said: Mapping[str, Any], roster: str, place: int, *, rests: bool) -> None:
        self.agents: tuple[str, ...] = tuple(dict.fromkeys(said["agents"]))
        self.name: str | None = said.get("name")
        self.roster, self.place, self.rests = roster, place, rests
        self.spans = tuple(_going_on(read_span(text)) for text in said["hours"])
        self.dates = frozenset(map(date.fromisoformat, said.get("dates", ())))
        days = said.get("days", () if self.dates else ("mon-sun",))
        self.weekdays = frozenset(n for text in days for n in read_weekdays(text))
        self.since = _day(said.get("since"), date.min)
        self.until = _day(said.get("until"), date.max)


def _order(stint: Stint) -> tuple[int, int, str, int]:
    return stint.start, stint.end, stint.roster, stint.place


def _going_on(span: Span) -> Span:
    """One that ends before it begins ends on the next day."""
    start, end = span
    return start, end if end > start else end + DAY


def _day(text: str | None, default: date) -> date:
    return date.fromisoformat(text) if text is not None else default


class Plan:
    """The rosters of a desk, asked day by day; what was asked is kept."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.zone = settings.zone
        self._days: dict[date, dict[str, tuple[Stint, ...]]] = {}
        self._dates: dict[tuple[str, date], int | None] = {}
        self._instants: dict[int, int] = {}

    # -- what stands in the files -------------------------------------------------------------

    @cached_property
    def _shifts(self) -> list[_Shift]:
        return [
            _Shift(said, name, place, rests=roster.get("holidays") == "off")
            for name, roster in self.settings.rosters.items()
            for place, said in enumerate(roster.get("shifts", ()))
        ]

    @cached_property
    def rostered(self) -> frozenset[str]:
        """Who has shifts in any roster at all; the others follow the hours of their teams."""
        return frozenset(agent for shift in self._shifts for agent in shift.agents)

    @cached_property
    def leave(self) -> Mapping[str, tuple[Leave, ...]]:
        """Everybody's leave, in the order of the files."""
        found: dict[str, list[Leave]] = {}
        for name, roster in self.settings.rosters.items():
            for place, said in enumerate(roster.get("leave", ())):
                since = date.fromisoformat(said["since"])
                until = _day(said.get("until"), since)
                one = Leave(said["agent"], since, until, said.get("reason"), name, place)
                found.setdefault(one.agent, []).append(one)
        return {agent: tuple(each) for agent, each in found.items()}

    @cached_property
    def swaps(self) -> Mapping[date, tuple[Swap, ...]]:
        """The swaps of a day, in the order of the files."""
        found: dict[date, list[Swap]] = {}
        for name, roster in self.settings.rosters.items():
            for place, said in enumerate(roster.get("swaps", ())):
                day = date.fromisoformat(said["date"])
                one = Swap(day, said["from"], said["to"], said.get("reason"), name, place)
                found.setdefault(day, []).append(one)
        return {day: tuple(each) for day, each in found.items()}

    @cached_property
    def named_days(self) -> frozenset[date]:
        """The days that the rosters name: where something begins, ends, or is otherwise."""
        ends = {date.min, date.max}
        days = {day for shift in self._shifts for day in (shift.since, shift.until, *shift.dates)}
        days.update(day for each in self.leave.values() for one in each for day in one[1:3])
        return frozenset(days | self.swaps.keys()) - ends

    # -- days ---------------------------------------------------------------------------------

    def leave_on(self, agent: str, day: date) -> Leave | None:
        """The leave that somebody has on a day."""
        mine = self.leave.get(agent, ())
        return next((one for one in mine if one.since <= day <= one.until), None)

    def held(self, day: date) -> Mapping[str, tuple[Stint, ...]]:
        """Who works when on a day: as planned, but not whoever is on leave."""
        planned = self.planned(day)
        return {agent: stints for agent, stints in planned.items() if not self.leave_on(agent, day)}

    def planned(self, day: date) -> Mapping[str, tuple[Stint, ...]]:
        """The stints that begin on a day, each agent's in order, after swaps, leave or no leave."""
        found = self._days.get(day)
        if found is None:
            stints: dict[str, list[Stint]] = {}
            # All swaps of a day at once: who gives and takes gives what was theirs before.
            takers: dict[str, str] = {}
            for swap in self.swaps.get(day, ()):
                takers.setdefault(swap.giver, swap.taker)
            for stint in self._before_swaps(day):
                taker = takers.get(stint.agent, stint.agent)
                if taker != stint.agent:
                    stint = stint._replace(agent=taker, instead_of=stint.agent)
                stints.setdefault(taker, []).append(stint)
            found = {agent: tuple(sorted(each, key=_order)) for agent, each in stints.items()}
            self._days[day] = found
        return found

    def shifts_before_swaps(self, agent: str, day: date) -> list[Stint]:
        """What somebody would work on a day if nothing were swapped."""
        return [stint for stint in self._before_swaps(day) if stint.agent == agent]

    def _before_swaps(self, day: date) -> Iterator[Stint]:
        for shift in self._shifts:
            if not shift.since <= day <= shift.until:
                continue
            for agent in shift.agents:
                dated = day in shift.dates
                if not dated and self._weekday(agent, day, shift) is None:
                    continue
                for start, end in shift.spans:
                    place = (shift.roster, shift.place, shift.name)
                    yield Stint(agent, day, start, end, *place, None, dated)

    def _weekday(self, agent: str, day: date, shift: _Shift) -> int | None:
        """As which weekday of a shift a day counts for somebody; None if it is none of its days.

        Where a roster rests on public holidays, a make-up day, which stands in for a working day,
        is a Monday.
        """
        weekday: int | None = day.weekday()
        calendar = self.calendar_of(agent) if shift.rests else None
        if calendar is not None:
            weekday = self._counts_as(calendar, day)
        return weekday if weekday in shift.weekdays else None

    def _counts_as(self, calendar: Calendar, day: date) -> int | None:
        key = (calendar.name, day)
        if key not in self._dates:
            kind, weekday = calendar.line.days.day(day).kind, day.weekday()
            if kind == "holiday":
                self._dates[key] = None
            else:
                is_makeup = kind in ("makeup", "extra") and weekday >= _SATURDAY
                self._dates[key] = 0 if is_makeup else weekday
        return self._dates[key]

    # -- calendars ----------------------------------------------------------------------------

    def calendars_of(self, agent: str) -> tuple[Calendar, ...]:
        """The calendars of somebody's teams; none where no team has one, or they are in none."""
        said = next((one for one in self.settings.agents if one.id == agent), None)
        names = {team.calendar for team in self.settings.teams if said and team.id in said.teams}
        return tuple(calendar for calendar in self.settings.calendars if calendar.name in names)

    def calendar_of(self, agent: str) -> Calendar | None:
        """Whose holidays are somebody's: those of their team, else of the desk."""
        known = self.settings.calendars
        own = self.calendars_of(agent)
        found = (*own, *(one for one in known if one.name == MAIN), *known)
        return found[0] if found else None

    # -- instants -----------------------------------------------------------------------------

    def utc(self, day: date, seconds: int = 0) -> int:
        """The first instant at which the local clock shows so many seconds into a day, or more."""
        local = (day.toordinal() - _EPOCH) * DAY + seconds
        if local not in self._instants:
            self._instants[local] = instant(local, self.zone)
        return self._instants[local]

    def around(self, day: date) -> tuple[date, date, date]:
        """The days of which a stint may be going on while the local clock shows ``day``."""
        # The day after, too: where clocks go back past midnight, it has begun once already.
        return day - _ONE_DAY, day, day + _ONE_DAY
