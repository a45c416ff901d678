"""Rosters by command: shifts, leave and swaps, refused where they clash, found by the checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import terminals
from desks import commit_by_hand, git, log, status

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

TEAM = """\
# 我们的人
agents:
  lin: {name: 林小美, email: [person@shop.example], teams: [b]}
  wang: {name: 王强, teams: [b]}
  zhao: {name: 赵敏, teams: [b]}
teams:
  b: {name: 售后组, lead: zhao, calendar: main}
"""
NOVEMBER = """\
# 十一月排班,大促期间不休
shifts:
  - name: 早班       # 早高峰
    agents: [lin]
    days: mon-fri
    hours: 09:00-18:00

leave: []   # 还没有人请假
"""
WEDNESDAY = "2026-11-11T10:00:00+08:00"


@pytest.fixture
def team(desk: Path) -> Path:
    commit_by_hand(desk, {"team.yaml": TEAM.encode()})
    return desk


@pytest.fixture
def november(team: Path) -> Path:
    commit_by_hand(team, {"rosters/november.yaml": NOVEMBER.encode()})
    return team


def by(who: str) -> dict[str, str]:
    return {"TKT_ACTOR": who, "TKT_NOW": WEDNESDAY, "TKT_LANG": "zh"}


# -- shifts -----------------------------------------------------------------------------------


def test_a_shift_is_put_in_and_the_file_keeps_its_layout(tkt: Runner, november: Path) -> None:
    words = ("wang", "周一至周五", "9:00-12:00", "14:00-18:00", "--name", "晚班")
    assert tkt("roster", "set", *words, **by("zhao")).code == 0
    text = (november / "rosters/november.yaml").read_text()
    added = (
        '  - {name: 晚班, agents: [wang], days: [mon-fri], hours: ["09:00-12:00", "14:00-18:00"]}\n'
    )
    assert text == NOVEMBER.replace("    hours: 09:00-18:00\n", "    hours: 09:00-18:00\n" + added)
    assert status(november) == ""
    assert log(november, "%s|%an")[0] == (
        "roster november: wang mon-fri 09:00-12:00 14:00-18:00|赵敏"
    )


def test_the_first_roster_is_called_after_its_month(tkt: Runner, team: Path) -> None:
    assert tkt("roster", "set", "wang", "2026-12-12", "18:00-02:00", **by("wang")).code == 0
    assert (team / "rosters/2026-12.yaml").read_text() == (
        'shifts:\n  - {agents: [wang], dates: ["2026-12-12"], hours: ["18:00-02:00"]}\n'
    )


def test_a_range_of_days_bounds_a_shift(tkt: Runner, team: Path) -> None:
    days = ("工作日", "2026-11-01..2026-11-30")
    assert tkt("roster", "set", "me", *days, "09:00-18:00", **by("wang")).code == 0
    text = (team / "rosters/2026-11.yaml").read_text()
    assert 'days: [mon-fri], since: "2026-11-01", until: "2026-11-30"' in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("lin", "2026-11-11", "17:00-20:00"), "重叠"),
        (("lin", "sun", "22:00-10:00"), "重叠"),  # into Monday's shift
    ],
)
def test_shifts_that_overlap_are_refused(
    tkt: Runner, november: Path, words: tuple[str, ...], said: str
) -> None:
    head = git(november, "rev-parse", "HEAD")
    result = tkt("roster", "set", *words, **by("zhao"))
    assert (result.code, said in result.err) == (1, True)
    assert git(november, "rev-parse", "HEAD") == head
    assert status(november) == ""


def test_where_there_are_several_rosters_one_has_to_be_named(tkt: Runner, november: Path) -> None:
    commit_by_hand(november, {"rosters/december.yaml": b"shifts: []\n"})
    shift = ("roster", "set", "wang", "sat", "09:00-12:00")
    assert tkt(*shift, **by("zhao")).code == 2
    assert tkt(*shift, "--roster", "december", **by("zhao")).code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("lin", "mon-fri"),
        ("mon-fri", "09:00-18:00"),
        ("lin", "25:00-26:00"),
        ("lin", "09:00-9:00"),
        ("lin", "a..b"),
    ],
)
def test_what_makes_no_shift_is_told(tkt: Runner, team: Path, words: tuple[str, ...]) -> None:
    assert tkt("roster", "set", *words, **by("zhao")).code == 2


@pytest.mark.parametrize("days", ["fri,sat", "周五、周六", "fri，sat"])
def test_days_go_apart_by_blanks(tkt: Runner, team: Path, days: str) -> None:
    result = tkt("roster", "set", "lin", days, "09:00-18:00", **by("lin"))
    assert (result.code, "空格" in result.err) == (2, True)


def test_a_name_that_is_nobodys_gets_the_nearest(tkt: Runner, team: Path) -> None:
    result = tkt("roster", "set", "zhoa", "mon", "09:00-18:00", **by("zhao"))
    assert (result.code, "zhao" in result.err) == (3, True)


def test_an_agent_called_like_a_day_is_meant_and_the_day_is_said_otherwise(
    tkt: Runner, team: Path
) -> None:
    with_sun = TEAM.replace("teams:\n", "  sun: {name: 孙悦, teams: [b]}\nteams:\n", 1)
    commit_by_hand(team, {"team.yaml": with_sun.encode()})
    hours = ("09:00-18:00", "--roster", "r")
    assert tkt("roster", "set", "sun", "lin", "mon-fri", *hours, **by("zhao")).code == 0
    assert tkt("roster", "set", "sun", "周日", *hours, **by("zhao")).code == 0
    assert tkt("roster", "set", "lin", "sun-sun", *hours, **by("zhao")).code == 0
    assert tkt("roster", "leave", "sun", "2026-11-12", **by("zhao")).code == 0
    assert (
        (team / "rosters/r.yaml").read_text()
        == """\
shifts:
  - {agents: [sun, lin], days: [mon-fri], hours: ["09:00-18:00"]}
  - {agents: [sun], days: [sun], hours: ["09:00-18:00"]}
  - {agents: [lin], days: [sun-sun], hours: ["09:00-18:00"]}
leave:
  - {agent: sun, since: "2026-11-12"}
"""
    )


def test_people_read_names_and_programs_ids(tkt: Runner, team: Path) -> None:
    words = ("set", "lin", "wang", "mon-fri", "09:00-18:00")
    assert "已把 林小美, 王强 排进 2026-11" in terminals.shown(team, "roster", *words, **by("zhao"))
    swap = ("swap", "lin", "zhao", "--date", "2026-11-12", "--cover")
    data = tkt("roster", *swap, "--json", **by("zhao")).json
    assert (data["one"], data["other"], data["roster"]) == ("lin", "zhao", "2026-11")


# -- leave ------------------------------------------------------------------------------------


def test_leave_is_recorded_with_its_reason_and_weekly_shifts_give_way(
    tkt: Runner, november: Path
) -> None:
    words = ("2026-11-12..2026-11-14", "--reason", "年假")
    assert tkt("roster", "leave", *words, **by("lin")).code == 0
    assert "年假" in (november / "rosters/november.yaml").read_text()
    (row,) = tkt("roster", "show", "--week", "2026-11-12", "--json").json
    told = [(day["hours"], day["leave"]) for day in row["days"]]
    assert told[2:6] == [(["09:00-18:00"], None), ([], "年假"), ([], "年假"), ([], "年假")]
    assert row["hours"] == 27
    assert tkt("check").code == 0


def test_leave_on_the_day_of_a_shift_put_there_is_refused(tkt: Runner, november: Path) -> None:
    tkt("roster", "set", "wang", "2026-11-15", "09:00-18:00", **by("wang"))
    result = tkt("roster", "leave", "2026-11-15", **by("wang"))
    assert (result.code, "--cover" in result.err) == (1, True)
    assert tkt("roster", "set", "lin", "2026-11-15", "20:00-22:00", **by("lin")).code == 0


def test_only_oneself_or_a_lead_may(tkt: Runner, november: Path) -> None:
    leave = ("roster", "leave", "lin", "2026-11-12")
    assert tkt(*leave, **by("wang")).code == 1
    assert tkt(*leave, **by("zhao")).code == 0


# -- swaps ------------------------------------------------------------------------------------


@pytest.fixture
def two(tkt: Runner, november: Path) -> Path:
    tkt("roster", "set", "wang", "mon-fri", "13:00-22:00", **by("zhao"))
    return november


def hours(tkt: Runner, date: str) -> dict[str, list[str]]:
    rows = tkt("roster", "show", "--week", date, "--json").json
    days = {row["agent"]: row["days"] for row in rows}
    return {
        who: next(day["hours"] for day in each if day["date"] == date) for who, each in days.items()
    }


def test_two_swap_their_shifts_of_a_day(tkt: Runner, two: Path) -> None:
    swap = ("roster", "swap", "lin", "wang", "--date", "2026-11-12", "--reason", "看病")
    assert tkt(*swap, **by("wang")).code == 0
    assert hours(tkt, "2026-11-12") == {"lin": ["13:00-22:00"], "wang": ["09:00-18:00"]}
    assert hours(tkt, "2026-11-13") == {"lin": ["09:00-18:00"], "wang": ["13:00-22:00"]}
    assert "看病" in (two / "rosters/november.yaml").read_text()
    assert tkt(*swap, **by("wang")).code == 1  # given away already


def test_a_swap_needs_what_is_swapped_and_overlaps_nothing(tkt: Runner, two: Path) -> None:
    swap = ("roster", "swap", "lin", "wang")
    saturday = tkt(*swap, "--date", "2026-11-14", **by("zhao"))
    assert (saturday.code, "没有班可换" in saturday.err) == (1, True)
    cover = tkt(*swap, "--date", "2026-11-12", "--cover", **by("zhao"))
    assert (cover.code, "重叠" in cover.err) == (1, True)
    tkt("roster", "leave", "wang", "2026-11-13", **by("zhao"))
    leave = tkt(*swap, "--date", "2026-11-13", **by("zhao"))
    assert (leave.code, "请假" in leave.err) == (1, True)
    assert tkt("roster", "swap", "lin", "lin", **by("lin")).code == 1
    assert tkt(*swap, "--cover", "--back", "2026-11-13", **by("lin")).code == 2


def test_another_day_may_come_in_return(tkt: Runner, november: Path) -> None:
    tkt("roster", "set", "wang", "sat", "10:00-16:00", **by("zhao"))
    days = ("--date", "2026-11-12", "--back", "2026-11-14")
    assert tkt("roster", "swap", "lin", "wang", *days, **by("lin")).code == 0
    assert hours(tkt, "2026-11-12")["wang"] == ["09:00-18:00"]
    assert hours(tkt, "2026-11-14")["lin"] == ["10:00-16:00"]
    assert hours(tkt, "2026-11-14")["wang"] == []


# -- looking ----------------------------------------------------------------------------------


def test_now_says_who_is_on_until_when_and_why_not(tkt: Runner, november: Path) -> None:
    tkt("agent", "away", "wang", "--until", "13:30", "--reason", "吃饭", **by("wang"))
    rows = {row["agent"]: row for row in tkt("roster", "now", "--json", **by("lin")).json}
    assert (rows["lin"]["on"], rows["lin"]["until"]) == (True, "2026-11-11T18:00:00+08:00")
    assert (rows["wang"]["why"], rows["wang"]["reason"]) == ("away", "吃饭")
    assert rows["wang"]["until"] == "2026-11-11T13:30:00+08:00"
    night = tkt("roster", "now", "--at", "23:00", "--json", **by("lin")).json
    assert {row["agent"]: row["why"] for row in night}["lin"] == "off-shift"


def test_an_unknown_roster_gets_the_nearest(tkt: Runner, november: Path) -> None:
    result = tkt("roster", "show", "novembre")
    assert (result.code, "november" in result.err) == (3, True)


# -- checks -----------------------------------------------------------------------------------

WRONG = """\
shifts:
  - {agents: [nobody], days: mon, hours: 7-9}
  - {agents: [lin], days: mon-fri, hours: 09:00-18:00}
  - {agents: [wang, lin], dates: 2026-11-11, hours: 17:00-20:00}
  - {agents: [wnag], days: sun, hours: 09:00-18:00}
leave:
  - {agent: wang, since: 2026-11-10, until: 2026-11-12}
swaps:
  - {date: 2026-11-14, from: lin, to: wang}
"""


def test_edits_by_hand_are_checked_with_their_place(tkt: Runner, team: Path) -> None:
    (team / "rosters").mkdir(exist_ok=True)
    (team / "rosters/r.yaml").write_text(WRONG)
    (team / "availability").mkdir()
    (team / "availability/ghost.yaml").write_text("status: away\n")
    found = tkt("check", "--json", **by("lin"))
    told = {
        (finding["path"], finding["line"], finding["column"], finding["error"])
        for finding in found.json
    }
    assert found.code == 1
    assert told == {
        ("availability/ghost.yaml", 1, 1, "config.no_agent"),
        ("rosters/r.yaml", 2, 35, "roster.not_hours"),
        ("rosters/r.yaml", 4, 5, "roster.overlap"),
        ("rosters/r.yaml", 5, 15, "config.no_agent"),
        ("rosters/r.yaml", 7, 5, "roster.on_leave"),
        ("rosters/r.yaml", 9, 5, "roster.swap_nothing"),
    }


def test_who_is_in_no_roster_while_the_others_of_a_team_are_is_told(
    tkt: Runner, team: Path
) -> None:
    roster = b"shifts:\n  - {agents: [lin, wang], days: mon-fri, hours: 09:00-18:00}\n"
    without = TEAM.replace(", calendar: main", "").encode()
    commit_by_hand(team, {"rosters/r.yaml": roster, "team.yaml": without})
    result = tkt("roster", "check", "--json", **by("zhao"))
    told = [(one["error"], one["path"], one["line"]) for one in result.json]
    assert (result.code, told) == (0, [("roster.unplanned", "team.yaml", 5)])
    assert tkt("check").code == 0


def test_an_overlap_is_told_of_its_next_day_or_else_of_one_that_is_over(
    tkt: Runner, team: Path
) -> None:
    roster = b"""\
shifts:
  - {agents: [lin], days: mon-fri, hours: 09:00-18:00}
  - {agents: [lin], days: tue, hours: 17:00-20:00}
  - {agents: [wang], days: mon, hours: 09:00-18:00}
  - {agents: [wang], days: mon, hours: 17:00-20:00, since: 2026-11-09, until: 2026-11-11}
"""
    commit_by_hand(team, {"rosters/r.yaml": roster})
    told = [one["message"] for one in tkt("check", "--json", **by("lin")).json]
    assert ["2026-11-17" in told[0], "2026-11-09" in told[1], len(told)] == [True, True, 2], told


SENSELESS = """\
shifts:
  - {agents: [lin], days: mon, hours: 09:00-09:00}
  - {agents: [lin], days: tue, hours: 00:00-24:00}
  - {agents: [lin], days: wed, hours: 09:00-10:00, since: 2026-11-02, until: 2026-11-01}
leave:
  - {agent: wang, since: 2026-11-12, until: 2026-11-10}
  - {agent: wang, since: 2026-11-20, until: 2026-11-20}
"""


def test_what_ends_before_or_when_it_begins_makes_no_sense(tkt: Runner, team: Path) -> None:
    files: dict[str, bytes | None] = {
        "rosters/r.yaml": SENSELESS.encode(),
        "availability/lin.yaml": b"""\
status: away
since: 2026-11-11T12:00:00+08:00
until: 2026-11-11T03:59:00Z
""",
    }
    commit_by_hand(team, files)
    found = tkt("check", "--json", **by("lin"))
    told = {(one["path"], one["line"], one["column"], one["error"]) for one in found.json}
    assert (found.code, told) == (1, {
        ("availability/lin.yaml", 3, 1, "roster.until_first"),
        ("rosters/r.yaml", 2, 32, "roster.not_hours"),
        ("rosters/r.yaml", 4, 71, "roster.until_first"),
        ("rosters/r.yaml", 6, 38, "roster.until_first"),
    })  # fmt: skip


def test_planners_are_told_of_gaps_long_weeks_and_short_nights(tkt: Runner, team: Path) -> None:
    roster = b"""\
shifts:
  - {agents: [lin, wang, zhao], days: mon-sat, hours: 08:00-17:00}
  - {agents: [wang], days: sun, hours: 20:00-23:30}
"""
    calendar = b"hours: {mon-fri: [08:00-18:00]}\n"
    commit_by_hand(team, {"rosters/r.yaml": roster, "calendars/main.yaml": calendar})
    limits = ("--weeks", "2", "--max-hours", "54", "--min-rest", "9")
    result = tkt("roster", "check", *limits, "--json", **by("zhao"))
    assert result.code == 0
    told = [(one["error"], one["path"], one["line"]) for one in result.json]
    assert told.count(("roster.long_week", "rosters/r.yaml", 3)) == 2  # Wang, 57.5 hours
    assert told.count(("roster.short_rest", "rosters/r.yaml", 2)) == 1  # Sunday night to Monday
    assert told.count(("roster.gap", "team.yaml", 7)) == 8  # from today on, 17:00 to 18:00
    assert len(told) == 11
    assert tkt("check").code == 0


@pytest.mark.parametrize(
    "raw", ["7\n", "[a]\n", "shifts: 7\nleave: 7\n", "shifts: [7]\nleave: x\n"]
)
def test_a_roster_of_another_shape_is_told_with_its_place(
    tkt: Runner, team: Path, raw: str
) -> None:
    commit_by_hand(team, {"rosters/r.yaml": raw.encode()})
    for words in (("set", "lin", "mon", "09:00-18:00"), ("leave", "lin", "2026-11-12")):
        told = tkt("roster", *words, **by("lin"))
        assert (told.code, "rosters/r.yaml:1:" in told.err) == (1, True), told.err
