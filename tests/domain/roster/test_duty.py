"""Who takes work at a moment: availability, then leave, then shifts, then the team's calendar."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tkt.domain.calendar import Calendar
from tkt.domain.roster.duty import Duty
from tkt.domain.settings import Agent, Availability, Settings, Team

OFFICE = Calendar("main", {"hours": {"mon-fri": ["09:00-12:00", "13:00-18:00"]},
                           "workdays": "china"})  # fmt: skip
TEAMS = (Team("b", "售后组", "zhao", "main"), Team("night", "夜班"))
AGENTS = (
    Agent("lin", "林小美", teams=("b",)),
    Agent("wang", "王强", teams=("b",)),
    Agent("zhao", "赵敏", teams=("b",)),
    Agent("chen", "陈晨", teams=("night",)),
)


def a_desk(*rosters: dict[str, Any], **more: Any) -> Settings:
    """A desk with these rosters."""
    named = {f"r{n}": roster for n, roster in enumerate(rosters)}
    said = {"agents": AGENTS, "teams": TEAMS, "calendars": (OFFICE,), **more}
    return Settings(rosters=named, **said)


def shift(agents: str, hours: str, **more: Any) -> dict[str, Any]:
    """A shift as its file has it."""
    return {"agents": agents.split(), "hours": hours.split(), **more}


def at(text: str) -> datetime:
    """A moment in Shanghai; without a day it is Wednesday, 11 November 2026."""
    return datetime.fromisoformat(f"{text if 'T' in text else f'2026-11-11T{text}'}+08:00")


def why(desk: Settings, agent: str, text: str) -> str | None:
    """Why somebody is off at that moment."""
    return Duty(desk).reason_off(agent, at(text))


# -- shifts -----------------------------------------------------------------------------------


def test_whoever_is_in_a_roster_works_in_their_shifts_only() -> None:
    desk = a_desk({"shifts": [shift("lin", "09:00-12:00 18:00-22:00", days=["mon-fri"])]})
    assert why(desk, "lin", "09:00") is None
    assert why(desk, "lin", "12:00") == "off-shift"
    assert why(desk, "lin", "15:00") == "off-shift"  # though the team's calendar is open
    assert why(desk, "lin", "21:59:59") is None
    assert why(desk, "lin", "2026-11-14T10:00") == "off-shift"


def test_a_shift_goes_on_past_midnight() -> None:
    desk = a_desk({"shifts": [shift("chen", "22:00-06:00", dates=["2026-11-11"])]})
    assert why(desk, "chen", "05:00") == "off-shift"
    assert why(desk, "chen", "23:30") is None
    assert why(desk, "chen", "2026-11-12T05:59") is None
    assert why(desk, "chen", "2026-11-12T06:00") == "off-shift"


def test_a_shift_has_a_first_and_a_last_day() -> None:
    desk = a_desk({"shifts": [
        shift("lin", "09:00-18:00", since="2026-11-10", until="2026-11-11")
    ]})  # fmt: skip
    days = [f"2026-11-{day:02}T10:00" for day in range(9, 13)]
    assert [why(desk, "lin", day) for day in days] == ["off-shift", None, None, "off-shift"]


def test_several_rosters_add_up() -> None:
    desk = a_desk({"shifts": [shift("lin", "09:00-12:00")]},
                  {"shifts": [shift("lin wang", "14:00-18:00")]})  # fmt: skip
    assert why(desk, "lin", "10:00") is None
    assert why(desk, "lin", "15:00") is None
    assert why(desk, "wang", "10:00") == "off-shift"


# -- calendars --------------------------------------------------------------------------------


def test_who_is_in_no_roster_follows_the_calendar_of_their_team() -> None:
    desk = a_desk()
    assert why(desk, "lin", "10:00") is None
    assert why(desk, "lin", "12:30") == "off-shift"
    assert why(desk, "chen", "03:00") is None  # the team has no calendar
    assert why(desk, "nobody", "03:00") is None


def test_who_is_in_two_teams_is_on_while_either_is_open() -> None:
    late = Calendar("late", {"hours": {"mon-sun": ["18:00-22:00"]}})
    desk = a_desk(
        agents=(Agent("lin", "林小美", teams=("b", "c")),),
        teams=(*TEAMS, Team("c", "投诉组", None, "late")),
        calendars=(OFFICE, late),
    )
    told = [why(desk, "lin", clock) for clock in ("10:00", "12:30", "20:00")]
    assert told == [None, "off-shift", None]


def test_a_calendar_that_is_not_there_closes_nobody_out() -> None:
    desk = a_desk(teams=(Team("b", "售后组", None, "mian"),))
    assert why(desk, "lin", "03:00") is None


def test_shifts_are_worked_on_public_holidays() -> None:
    desk = a_desk({"shifts": [shift("lin", "09:00-18:00", days=["mon-fri"])]})
    assert why(desk, "lin", "2026-10-01T10:00") is None


def test_a_roster_may_rest_on_public_holidays_and_work_on_make_up_days() -> None:
    desk = a_desk({"holidays": "off", "shifts": [
        shift("lin", "09:00-18:00", days=["mon-fri"]),
        shift("wang", "09:00-18:00", days=["sat-sun"]),
        shift("zhao", "09:00-18:00", dates=["2026-10-01"]),
    ]})  # fmt: skip
    national_day, make_up = "2026-10-01T10:00", "2026-10-10T10:00"
    assert why(desk, "lin", national_day) == "off-shift"
    assert why(desk, "zhao", national_day) is None  # a date that is named is meant
    assert why(desk, "lin", make_up) is None  # the Saturday is a Monday
    assert why(desk, "wang", make_up) == "off-shift"


# -- leave and swaps --------------------------------------------------------------------------


def test_leave_goes_before_shifts_and_calendars() -> None:
    away = {"leave": [{"agent": "lin", "since": "2026-11-11", "reason": "年假"},
                      {"agent": "wang", "since": "2026-11-11", "until": "2026-11-12"}]}  # fmt: skip
    desk = a_desk({"shifts": [shift("lin", "09:00-18:00")]}, away)
    assert why(desk, "lin", "10:00") == "leave"
    assert why(desk, "lin", "23:00") == "leave"
    assert why(desk, "lin", "2026-11-12T10:00") is None
    assert why(desk, "wang", "2026-11-12T10:00") == "leave"


def test_a_night_shift_ends_where_leave_begins_and_none_begins_on_leave() -> None:
    desk = a_desk({"shifts": [shift("chen", "22:00-06:00")],
                   "leave": [{"agent": "chen", "since": "2026-11-11"}]})  # fmt: skip
    assert why(desk, "chen", "2026-11-10T23:00") is None
    assert why(desk, "chen", "2026-11-11T01:00") == "leave"
    assert why(desk, "chen", "2026-11-12T01:00") == "off-shift"
    assert why(desk, "chen", "2026-11-12T22:00") is None


def test_a_swap_gives_the_shifts_of_a_day_away_and_takes_none_back() -> None:
    shifts = [shift("lin", "09:00-13:00"), shift("wang", "13:00-18:00")]
    there = {"date": "2026-11-11", "from": "lin", "to": "wang"}
    back = {"date": "2026-11-11", "from": "wang", "to": "lin"}
    one_way = a_desk({"shifts": shifts, "swaps": [there]})
    assert [why(one_way, "lin", t) for t in ("10:00", "14:00")] == ["off-shift", "off-shift"]
    assert [why(one_way, "wang", t) for t in ("10:00", "14:00")] == [None, None]
    both = a_desk({"shifts": shifts, "swaps": [there, back]})
    assert [why(both, "lin", t) for t in ("10:00", "14:00")] == ["off-shift", None]
    assert [why(both, "wang", t) for t in ("10:00", "14:00")] == [None, "off-shift"]
    assert why(both, "lin", "2026-11-12T10:00") is None


def test_whoever_stands_in_for_a_day_keeps_the_hours_of_their_team_otherwise() -> None:
    swap = {"date": "2026-11-11", "from": "lin", "to": "wang"}
    desk = a_desk({"shifts": [shift("lin", "18:00-22:00")], "swaps": [swap]})
    assert why(desk, "wang", "20:00") is None
    assert why(desk, "wang", "10:00") is None
    assert why(desk, "wang", "2026-11-12T20:00") == "off-shift"


# -- what people say of themselves ------------------------------------------------------------


def test_what_people_say_of_themselves_goes_first() -> None:
    desk = a_desk(
        {"leave": [{"agent": "lin", "since": "2026-11-11"}]},
        availability={
            "lin": Availability("unavailable"),
            "wang": Availability("away", "吃饭", at("12:00").isoformat(), at("13:30").isoformat()),
            "zhao": Availability("active"),
        },
    )
    assert why(desk, "lin", "10:00") == "unavailable"
    assert why(desk, "wang", "11:59") is None
    assert why(desk, "wang", "12:00") == "away"
    assert why(desk, "wang", "13:30") is None
    assert why(desk, "zhao", "10:00") is None


# -- what comes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "next"),
    [("08:00", "09:00"), ("09:00", "12:00"), ("12:00", "13:00"), ("17:59:59", "18:00")],
)
def test_the_next_change_is_told(now: str, next: str) -> None:
    assert Duty(a_desk(agents=AGENTS[:2])).until("lin", at(now)) == at(next)


def test_the_next_change_may_be_days_ahead_or_none_for_weeks() -> None:
    assert Duty(a_desk()).until("lin", at("2026-11-13T18:00")) == at("2026-11-16T09:00")
    nobody = a_desk(agents=AGENTS[3:])
    assert Duty(nobody).until(AGENTS[3].id, at("10:00")) is None


def test_a_return_is_a_change_only_if_it_lets_somebody_work() -> None:
    gone = Availability("away", None, at("10:00").isoformat(), at("12:30").isoformat())
    desk = a_desk(agents=AGENTS[:1], availability={"lin": gone})
    assert Duty(desk).until("lin", at("11:00")) == at("13:00")


def test_until_when_is_told_of_one_person() -> None:
    desk = a_desk({"shifts": [shift("lin", "08:00-10:00"), shift("wang", "09:00-18:00")]})
    duty = Duty(desk)
    assert duty.until("wang", at("09:30")) == at("18:00")
    assert duty.until("lin", at("09:30")) == at("10:00")


def test_answers_of_one_moment_do_not_stand_for_another() -> None:
    duty = Duty(a_desk())
    told = [duty.is_on("lin", at(clock)) for clock in ("10:00", "12:30", "10:00")]
    assert told == [True, False, True]
