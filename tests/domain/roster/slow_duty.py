"""A slow reckoning of its own: it looks at every minute, and knows nothing of what it is held to.

The local clock is followed minute by minute. What begins at a local time has begun once the clock
has shown that time or a later one; so an hour that comes twice goes on as it was left.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ONE = timedelta(days=1)


def weekdays(said: list[str]) -> set[str]:
    """The names of the days that ``mon-fri`` and the like cover."""
    found: set[str] = set()
    for text in said:
        first, _, last = text.partition("-")
        day = first
        while True:
            found.add(day)
            if day == (last or first):
                break
            day = WEEK[(WEEK.index(day) + 1) % 7]
    return found


class SlowDuty:
    """Shifts, leave and swaps of one roster, for some days from ``first`` on."""

    def __init__(self, zone: str, roster: dict[str, Any], first: str, days: int) -> None:
        self.roster = roster
        tz = ZoneInfo(zone)
        day = date.fromisoformat(first)
        self.stints = [
            stint for n in range(-3, days + 3) for stint in self.stints_of(day + n * ONE)
        ]
        start = datetime.fromisoformat(first).replace(tzinfo=UTC)
        latest = ""
        self.minutes: list[tuple[datetime, str]] = []
        for minute in range(-3 * 1440, days * 1440):
            moment = start + timedelta(minutes=minute)
            latest = max(latest, moment.astimezone(tz).strftime("%Y-%m-%dT%H:%M"))
            if minute >= 0:
                self.minutes.append((moment, latest))

    def is_away(self, agent: str, day: str) -> bool:
        """Whether it is a day of leave."""
        return any(
            one["agent"] == agent and one["since"] <= day <= one.get("until", one["since"])
            for one in self.roster["leave"]
        )

    def stints_of(self, day: date) -> list[tuple[str, str, str]]:
        """Who, from and to, by the local clock, of a day."""
        iso, name = day.isoformat(), WEEK[day.weekday()]
        found = []
        for shift in self.roster["shifts"]:
            on_days = shift.get("days", [] if "dates" in shift else ["mon-sun"])
            fits = name in weekdays(on_days) or iso in shift.get("dates", [])
            if not fits or not shift.get("since", "") <= iso <= shift.get("until", "9999"):
                continue
            for agent in shift["agents"]:
                given = [s for s in self.roster["swaps"] if (s["date"], s["from"]) == (iso, agent)]
                who = given[0]["to"] if given else agent
                if self.is_away(who, iso):
                    continue
                for hours in shift["hours"]:
                    begins, ends = hours.split("-")
                    last = iso if ends > begins else (day + ONE).isoformat()
                    if ends == "24:00":
                        last, ends = (day + ONE).isoformat(), "00:00"
                    found.append((who, f"{iso}T{begins}", f"{last}T{ends}"))
        return found

    def reason(self, agent: str, shown: str) -> str | None:
        """Why somebody who is in the roster is off when the clock has shown that."""
        if self.is_away(agent, shown[:10]):
            return "leave"
        works = any(who == agent and begins <= shown < ends for who, begins, ends in self.stints)
        return None if works else "off-shift"
