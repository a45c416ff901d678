"""What cannot be meant in rosters, and what a planner should know: pure reckoning on a plan.

Wrong are two shifts of one person at once, a shift on a day of leave that was given by its date or
by a swap, a swap of what is not there, and names of nobody. That a weekly shift meets leave is what
leave is for.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tkt.domain.calendar.hours import DAY, span_text
from tkt.domain.shape import Fault
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tkt.domain.roster.plan import Plan, Stint, Swap
    from tkt.domain.settings import Team

_NEAR = 15
"""Days around each that a roster names: two weeks show every weekday, whatever the holidays."""


class Finding(NamedTuple):
    """A fault, and the roster that it stands in; None for the team's file."""

    roster: str | None
    fault: Fault


class Limits(NamedTuple):
    """More hours in a week, or fewer from one shift to the next, are worth a word."""

    week: float
    rest: float


def clock(stint: Stint) -> str:
    """``22:00-06:00``."""
    return span_text((stint.start, stint.end if stint.end <= DAY else stint.end - DAY))


def days_to_check(plan: Plan, today: date) -> list[date]:
    """The days on which whatever is wrong in a plan shows itself, in order."""
    around = range(-_NEAR, _NEAR + 1)
    return sorted({day + timedelta(days=n) for day in (*plan.named_days, today) for n in around})


def wrong(plan: Plan, today: date) -> list[Finding]:
    """Everything wrong with the rosters of a desk."""
    days = days_to_check(plan, today)
    # A pair of shifts is told once: of the next time rather than of one that is over. Today is
    # there twice, for the night that goes on into it.
    order = [*(day for day in days if day >= today), *(day for day in days if day <= today)]
    return [*_strangers(plan), *overlaps(plan, order), *on_leave(plan, days), *_odd_swaps(plan)]


# -- wrong ------------------------------------------------------------------------------------


def overlaps(plan: Plan, days: Iterable[date]) -> Iterator[Finding]:
    """Two shifts of one person at once; each pair of them once, on its first day there."""
    told: set[tuple[Any, ...]] = set()
    before: dict[str, list[Stint]] = {}
    for day in days:
        today: dict[str, list[Stint]] = {}
        for agent, stints in plan.planned(day).items():
            for stint in stints:
                near = (*before.get(agent, ()), *today.get(agent, ()))
                other = next((one for one in near if _share(one, stint)), None)
                today.setdefault(agent, []).append(stint)
                if other is None:
                    continue
                pair = (agent, *sorted((one.roster, one.place) for one in (other, stint)))
                if pair not in told:
                    told.add(pair)
                    yield _overlap(other, stint)
        before = today


def _share(one: Stint, other: Stint) -> bool:
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]


def _overlap(one: Stint, other: Stint) -> Finding:
    first, last = sorted((one, other), key=lambda stint: (stint.roster, stint.place))
    said = {
        "agent": last.agent, "day": last.day.isoformat(), "hours": clock(last),
        "other": clock(first), "other_day": first.day.isoformat(),
    }  # fmt: skip
    return Finding(last.roster, Fault(("shifts", last.place), "roster.overlap", said))


def on_leave(plan: Plan, days: Iterable[date]) -> Iterator[Finding]:
    """Shifts given by their date or by a swap to somebody who is on leave then."""
    for day in days:
        for agent, stints in plan.planned(day).items():
            leave = plan.leave_on(agent, day)
            for stint in stints if leave is not None else ():
                if leave is not None and (stint.dated or stint.instead_of):
                    said = {
                        "agent": agent, "day": day.isoformat(), "hours": clock(stint),
                        "since": leave.since.isoformat(), "until": leave.until.isoformat(),
                    }  # fmt: skip
                    where = ("leave", leave.place)
                    yield Finding(leave.roster, Fault(where, "roster.on_leave", said))


def _odd_swaps(plan: Plan) -> Iterator[Finding]:
    """Swaps of what is not there, of what is given away twice, and with oneself."""
    for day, swaps in plan.swaps.items():
        given: set[str] = set()
        for swap in swaps:
            if swap.giver in given:
                yield _swap(swap, "roster.swapped_twice")
            elif swap.giver == swap.taker:
                yield _swap(swap, "roster.swap_self")
            elif not plan.shifts_before_swaps(swap.giver, day):
                yield _swap(swap, "roster.swap_nothing")
            given.add(swap.giver)


def _swap(swap: Swap, key: str) -> Finding:
    said = {"agent": swap.giver, "day": swap.day.isoformat()}
    return Finding(swap.roster, Fault(("swaps", swap.place), key, said))


def _strangers(plan: Plan) -> Iterator[Finding]:
    """Names that are nobody's of the team; any name goes where the team lists nobody."""
    known = {agent.id for agent in plan.settings.agents}
    for roster, said in plan.settings.rosters.items() if known else ():
        for place, shift in enumerate(said.get("shifts", ())):
            for n, agent in enumerate(shift["agents"]):
                if agent not in known:
                    yield _nobody(roster, ("shifts", place, "agents", n), agent)
        for place, leave in enumerate(said.get("leave", ())):
            if leave["agent"] not in known:
                yield _nobody(roster, ("leave", place, "agent"), leave["agent"])
        for place, swap in enumerate(said.get("swaps", ())):
            for key in ("from", "to"):
                if swap[key] not in known:
                    yield _nobody(roster, ("swaps", place, key), swap[key])


def _nobody(roster: str, where: tuple[str | int, ...], agent: str) -> Finding:
    return Finding(roster, Fault(where, "config.no_agent", {"agent": agent}))


# -- worth knowing ----------------------------------------------------------------------------


def strained(plan: Plan, days: list[date], limits: Limits) -> Iterator[Finding]:
    """Weeks with many hours and nights with little rest."""
    stints: dict[str, list[Stint]] = {}
    for day in days:
        for agent, each in plan.held(day).items():
            stints.setdefault(agent, []).extend(each)
    for agent, mine in stints.items():
        mine.sort(key=lambda stint: stint.span)
        weeks: dict[date, list[Stint]] = {}
        for stint in mine:
            monday = stint.day - timedelta(days=stint.day.weekday())
            weeks.setdefault(monday, []).append(stint)
        for monday, week in weeks.items():
            hours = sum(stint.end - stint.start for stint in week) / 3600
            if hours > limits.week:
                said = {"agent": agent, "day": monday.isoformat(), "hours": f"{hours:g}",
                        "limit": f"{limits.week:g}"}  # fmt: skip
                yield _of(week[-1], "roster.long_week", said)
        yield from _short_rests(mine, limits.rest)


def _short_rests(mine: list[Stint], least: float) -> Iterator[Finding]:
    for one, next_ in pairwise(mine):
        rest = (next_.span[0] - one.span[1]) / 3600
        # Two stints of one day have a break between them, not a night.
        if one.day != next_.day and 0 <= rest < least:
            said = {"agent": next_.agent, "day": next_.day.isoformat(), "hours": f"{rest:.3g}",
                    "limit": f"{least:g}"}  # fmt: skip
            yield _of(next_, "roster.short_rest", said)


def _of(stint: Stint, key: str, said: Mapping[str, object]) -> Finding:
    return Finding(stint.roster, Fault(("shifts", stint.place), key, said))


def unplanned(plan: Plan) -> Iterator[Finding]:
    """Members of rostered teams who are in no roster, and whom no calendar lets go home."""
    for agent in plan.settings.agents:
        if agent.id in plan.rostered or plan.calendars_of(agent.id):
            continue
        for team in agent.teams:
            others = {one.id for one in plan.settings.members(team)} - {agent.id}
            if others and plan.rostered.issuperset(others):
                said = {"agent": agent.name, "team": team}
                yield Finding(None, Fault(("agents", agent.id), "roster.unplanned", said))
                break


def gaps(plan: Plan, team: Team, days: Iterable[date]) -> Iterator[Finding]:
    """When a team's calendar is open and none of its members is on shift: once a day.

    Only of teams whose calendar is known, and all of whose members work by rosters.
    """
    members = [agent.id for agent in plan.settings.members(team.id)]
    calendar = plan.settings.calendar(team.calendar) if team.calendar else None
    if calendar is None or not members or not plan.rostered.issuperset(members):
        return
    for day in days:
        near = (day - timedelta(days=1), day)
        shifts = sorted(
            (stint.start + (at - day).days * DAY, stint.end + (at - day).days * DAY)
            for at in near
            for agent in members
            for stint in plan.held(at).get(agent, ())
        )
        missing = [gap for span in calendar.line.days.day(day).spans
                   for gap in _uncovered(span, shifts)]  # fmt: skip
        if missing:
            hours = ", ".join(map(span_text, missing))
            said = {"team": team.name, "day": day.isoformat(), "hours": hours}
            yield Finding(None, Fault(("teams", team.id), "roster.gap", said))


def _uncovered(span: tuple[int, int], shifts: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of a span in which no shift is; ``shifts`` are in order."""
    at, end = span
    for begins, ends in shifts:
        if begins >= end:
            break
        if begins > at:
            yield at, begins
        at = max(at, ends)
    if at < end:
        yield at, end
