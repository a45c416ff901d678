"""Duty held against a minute-by-minute reckoning, on rosters and in time zones of all sorts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from slow_duty import WEEK, SlowDuty

from tkt.domain.roster.duty import Duty
from tkt.domain.settings import Agent, Settings

PEOPLE = ("lin", "wang", "chen")
DAYS = 4
SEASONS = (
    ("Asia/Shanghai", "2026-11-09"),
    ("Europe/Berlin", "2026-03-27"),  # an hour is skipped
    ("Europe/Berlin", "2026-10-23"),  # an hour comes twice
    ("America/Santiago", "2026-09-04"),  # midnight is skipped
    ("America/Havana", "2026-10-30"),  # the hour after midnight comes twice
    ("Pacific/Apia", "2011-12-28"),  # a whole day is skipped
    ("Australia/Lord_Howe", "2026-04-03"),  # half an hour comes twice
)


def clocks() -> st.SearchStrategy[str]:
    return st.sampled_from(
        ["00:00", "00:30", "01:30", "02:00", "02:30", "03:00", "06:00", "09:00", "18:00", "23:30"]
    )


@st.composite
def rosters(draw: st.DrawFn, first: str) -> dict[str, Any]:
    start = date.fromisoformat(first)
    dates = st.integers(-1, DAYS).map(lambda n: (start + timedelta(days=n)).isoformat())
    people = st.sampled_from(PEOPLE)
    days = st.sampled_from([*WEEK, "mon-fri", "sat-mon", "fri-sun"])
    hours = st.tuples(clocks(), clocks() | st.just("24:00")).map("-".join)
    shifts = st.fixed_dictionaries(
        {
            "agents": st.lists(people, min_size=1, max_size=2, unique=True),
            "hours": st.lists(hours, min_size=1, max_size=2),
        },
        optional={
            "days": st.lists(days, min_size=1, max_size=2),
            "dates": st.lists(dates, min_size=1, max_size=2),
            "since": dates,
            "until": dates,
        },
    )
    leave = st.fixed_dictionaries({"agent": people, "since": dates})
    longer = st.tuples(leave, st.integers(0, 3)).map(
        lambda said: {
            **said[0],
            "until": (date.fromisoformat(said[0]["since"]) + timedelta(days=said[1])).isoformat(),
        }
    )
    swaps = st.fixed_dictionaries({"date": dates, "from": people, "to": people})
    return {
        "shifts": [
            {"agents": list(PEOPLE), "hours": ["09:00-10:00"], "dates": ["2000-01-01"]},
            *draw(st.lists(shifts, max_size=4)),
        ],
        "leave": draw(st.lists(leave | longer, max_size=2)),
        "swaps": draw(st.lists(swaps, max_size=3)),
    }


@settings(max_examples=40)
@given(season=st.sampled_from(SEASONS), data=st.data())
def test_every_minute_is_as_the_clock_on_the_wall_says(
    season: tuple[str, str], data: st.DataObject
) -> None:
    zone, first = season
    roster = data.draw(rosters(first))
    slow = SlowDuty(zone, roster, first, DAYS)
    agents = tuple(Agent(name, name) for name in PEOPLE)
    duty = Duty(Settings(timezone=zone, agents=agents, rosters={"r": roster}))
    changes: list[float] = []
    before = None
    for moment, shown in slow.minutes:
        told = [duty.reason_off(name, moment) for name in PEOPLE]
        assert told == [slow.reason(name, shown) for name in PEOPLE], (moment, shown)
        working = [reason is None for reason in told]
        if before is not None and working != before:
            changes.append(moment.timestamp())
        before = working
    found: set[float] = set()
    for name in PEOPLE:
        at, last = slow.minutes[0][0], slow.minutes[-1][0].timestamp()
        while (turn := duty.until(name, at)) is not None and turn.timestamp() <= last:
            at = turn
            found.add(at.timestamp())
    assert sorted(found) == changes
