"""Who is on shift, and a week at a glance."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from tkt.domain.roster.duty import Duty
from tkt.domain.roster.findings import clock
from tkt.domain.roster.plan import Plan
from tkt.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.settings import Settings

Row = dict[str, Any]


def roster_named(settings: Settings, name: str) -> str:
    """A roster by its name; NotFound, with the nearest, if there is none."""
    known = settings.rosters
    if name in known:
        return name
    close = get_close_matches(name, known, 1, 0.5)
    key = "roster.none_like" if close else "roster.none"
    raise NotFound(key, name=name, close=close[0] if close else "", known=", ".join(known) or "–")


def now(settings: Settings, *, at: datetime) -> list[Row]:
    """Everybody, whether they take work, until when, and if not, why and of what they say."""
    duty = Duty(settings)
    rows = [duty_row(settings, duty, agent.id, at) for agent in settings.agents]
    return sorted(rows, key=lambda row: not row["on"])


def duty_row(settings: Settings, duty: Duty, agent: str, at: datetime) -> Row:
    """Whether somebody takes work."""
    found = next((one for one in settings.agents if one.id == agent), None)
    why = duty.reason_off(agent, at)
    until = duty.until(agent, at)
    said = settings.availability.get(agent)
    leave = duty.plan.leave_on(agent, at.astimezone(settings.zone).date())
    reason = said.reason if said and why in ("away", "unavailable") else None
    if why == "leave" and leave is not None:
        reason = leave.reason
    return {
        "agent": agent,
        "name": found.name if found else agent,
        "teams": list(found.teams) if found else [],
        "on": why is None,
        "why": why,
        "reason": reason,
        "until": until.isoformat() if until is not None else None,
    }


# -- a week -----------------------------------------------------------------------------------


def week_of(day: date) -> list[date]:
    """Monday to Sunday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=n) for n in range(7)]


def week(
    settings: Settings, days: list[date], *, roster: str | None = None, agent: str | None = None
) -> list[Row]:
    """For everybody who works or is on leave on some days: what of each day, and the hours."""
    plan = Plan(settings)
    order = [one.id for one in settings.agents]
    named = {*plan.rostered, *plan.leave, *(a for day in days for a in plan.planned(day))}
    rows = []
    for who in [*order, *sorted(named.difference(order))]:
        cells = [_cell(plan, who, day, roster) for day in days]
        shown = agent == who or (agent is None and any(c["hours"] or c["leave"] for c in cells))
        if shown:
            found = next((one for one in settings.agents if one.id == who), None)
            seconds = sum(cell.pop("seconds") for cell in cells)
            name = found.name if found else who
            rows.append({"agent": who, "name": name, "days": cells, "hours": seconds / 3600})
    return rows


def _cell(plan: Plan, agent: str, day: date, roster: str | None) -> Row:
    leave = plan.leave_on(agent, day)
    stints = [
        stint for stint in plan.held(day).get(agent, ()) if roster in (None, stint.roster)
    ]  # fmt: skip
    return {
        "date": day.isoformat(),
        "hours": [clock(stint) for stint in stints],
        "shifts": [stint.name for stint in stints if stint.name],
        "instead_of": list(dict.fromkeys(s.instead_of for s in stints if s.instead_of)),
        "leave": (leave.reason or True) if leave is not None else None,
        "seconds": sum(stint.end - stint.start for stint in stints),
    }


def stints_and_leave(
    settings: Settings, first: date, last: date, *, agent: str | None
) -> Iterator[Row]:
    """Shifts that are held, and leave, from one day to another, for a calendar elsewhere."""
    plan = Plan(settings)
    day = first
    while day <= last:
        for who, stints in sorted(plan.held(day).items()):
            for stint in stints if agent in (None, who) else ():
                start, end = (plan.utc(day, at) for at in (stint.start, stint.end))
                if end > start:
                    yield {"kind": "shift", "stint": stint, "start": start, "end": end}
        day += timedelta(days=1)
    for who, each in sorted(plan.leave.items()):
        for leave in each if agent in (None, who) else ():
            if leave.since <= last and leave.until >= first:
                yield {"kind": "leave", "leave": leave}
