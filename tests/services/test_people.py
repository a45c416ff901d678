"""What people say of themselves, and what team.yaml says of them, by command."""

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
  lin: {name: 林小美, teams: [b], skills: {refund: 2}}
  wang:
    name: 王强   # 老员工
    teams: [b]
  zhao: {name: 赵敏, teams: [b]}
teams:
  b: {name: 售后组, lead: zhao, members: [wang, zhao]}
  c: {name: 投诉组}
"""


@pytest.fixture
def team(desk: Path) -> Path:
    commit_by_hand(desk, {"team.yaml": TEAM.encode()})
    return desk


def by(who: str, clock: str = "12:00") -> dict[str, str]:
    now = f"2026-11-11T{clock}:00+08:00"
    return {"TKT_ACTOR": who, "TKT_NOW": now, "TKT_LANG": "zh"}


# -- away and back ----------------------------------------------------------------------------


def test_somebody_is_away_until_they_said_and_then_back_by_themselves(
    tkt: Runner, team: Path
) -> None:
    away = tkt("agent", "away", "--until", "13:30", "--reason", "吃饭", **by("lin"))
    assert (away.code, away.out) == (0, "lin 暂离到 11-11 13:30\n")
    assert (team / "availability/lin.yaml").read_text() == (
        "status: away\nreason: 吃饭\n"
        "since: 2026-11-11T12:00:00+08:00\nuntil: 2026-11-11T13:30:00+08:00\n"
    )
    assert log(team, "%s")[0] == "lin is away until 2026-11-11 13:30"
    assert status(team) == ""
    for clock, on in (("13:29", False), ("13:30", True)):
        shown = tkt("agent", "show", "lin", "--json", **by("wang", clock)).json
        assert shown["on"] is on


def test_a_length_of_time_will_do(tkt: Runner, team: Path) -> None:
    assert tkt("agent", "away", "--until", "1h30m", **by("lin")).code == 0
    assert "until: 2026-11-11T13:30:00+08:00" in (team / "availability/lin.yaml").read_text()


def test_back_ends_it_and_is_no_commit_if_nothing_is_to_end(tkt: Runner, team: Path) -> None:
    head = git(team, "rev-parse", "HEAD")
    assert tkt("agent", "back", **by("lin")).code == 0
    assert git(team, "rev-parse", "HEAD") == head
    tkt("agent", "unavailable", "--reason", "培训", **by("lin"))
    assert tkt("agent", "show", "lin", "--json", **by("lin")).json["why"] == "unavailable"
    tkt("agent", "back", **by("lin"))
    assert tkt("agent", "show", "lin", "--json", **by("lin")).json["on"] is True


def test_who_is_away_already_is_told_so_and_a_new_end_or_reason_is_recorded(
    tkt: Runner, team: Path
) -> None:
    tkt("agent", "away", "--reason", "吃饭", "--until", "13:30", **by("lin"))
    head = git(team, "rev-parse", "HEAD")
    again = tkt("agent", "away", **by("lin", "12:20"))
    assert (again.code, again.out) == (0, "lin 暂离到 11-11 13:30（11-11 12:00 已经记下）\n")
    assert git(team, "rev-parse", "HEAD") == head
    longer = terminals.shown(team, "agent", "away", "--until", "14:00", **by("lin", "12:30"))
    assert "林小美 暂离到 11-11 14:00" in longer  # at a terminal by name
    assert (team / "availability/lin.yaml").read_text() == (
        "status: away\nreason: 吃饭\n"
        "since: 2026-11-11T12:00:00+08:00\nuntil: 2026-11-11T14:00:00+08:00\n"
    )
    tkt("agent", "away", **by("lin", "15:00"))  # the other one is over
    text = (team / "availability/lin.yaml").read_text()
    assert text == "status: away\nsince: 2026-11-11T15:00:00+08:00\n"


def test_of_others_only_leads_may_say_it(tkt: Runner, team: Path) -> None:
    assert tkt("agent", "away", "lin", **by("wang")).code == 1
    assert tkt("agent", "away", "lin", **by("zhao")).code == 0


def test_an_end_that_is_over_is_refused(tkt: Runner, team: Path) -> None:
    assert tkt("agent", "away", "--until", "11:00", **by("lin")).code == 2
    assert tkt("agent", "away", "--until", "soon", **by("lin")).code == 2


def test_who_is_on_is_shown_with_the_team(tkt: Runner, team: Path) -> None:
    tkt("agent", "away", **by("lin"))
    shown = tkt("team", "show", "b", "--json", **by("zhao")).json
    assert (shown["members"], shown["on"]) == (["lin", "wang", "zhao"], ["wang", "zhao"])
    listed = tkt("agent", "list", "--json", **by("zhao")).json
    assert [(row["id"], row["why"]) for row in listed][:2] == [("lin", "away"), ("wang", None)]


def test_people_have_codes_and_who_is_unknown_is_called_an_agent(tkt: Runner, team: Path) -> None:
    for words in (
        ("agent", "show", "lin"),
        ("team", "show", "b"),
        ("agent", "list"),
        ("team", "list"),
    ):
        seen = terminals.shown(team, *words, **by("lin"))
        assert ("编号" in seen, "单号" in seen) == (True, False), seen
    told = tkt("agent", "away", "nobody", **by("zhao"))
    assert (told.code, "客服 没有“nobody”" in told.err) == (3, True), told.err


# -- team.yaml --------------------------------------------------------------------------------


def test_people_are_changed_and_the_file_keeps_its_layout(tkt: Runner, team: Path) -> None:
    words = ("skills+=photo,refund:3", "capacity=8", "level=2", "teams+=投诉组")
    assert tkt("agent", "set", "lin", *words, **by("lin")).code == 0
    assert tkt("agent", "set", "wang", "capacity=5", **by("zhao")).code == 0
    text = (team / "team.yaml").read_text()
    assert "wang:\n    name: 王强   # 老员工\n    teams: [b]\n    capacity: 5\n" in text
    shown = tkt("agent", "show", "lin", "--json", **by("lin")).json
    assert shown["skills"] == {"refund": 3, "photo": 1}
    assert (shown["capacity"], shown["level"], shown["teams"]) == (8, 2, ["b", "c"])
    assert status(team) == ""


def test_what_is_taken_away_is_gone_wherever_it_was_said(tkt: Runner, team: Path) -> None:
    assert tkt("agent", "set", "wang", "teams-=b", **by("wang")).code == 0
    assert tkt("agent", "set", "lin", "skills-=refund", **by("lin")).code == 0
    assert tkt("agent", "show", "wang", "--json", **by("lin")).json["teams"] == []
    assert tkt("agent", "show", "lin", "--json", **by("lin")).json["skills"] == {}


def test_teams_are_changed(tkt: Runner, team: Path) -> None:
    words = ("lead=王强", "parent=投诉组", "categories=refund", "members+=lin")
    assert tkt("team", "set", "售后组", *words, **by("zhao")).code == 0
    shown = tkt("team", "show", "b", "--json", **by("zhao")).json
    assert (shown["lead"], shown["parent"], shown["categories"]) == ("wang", "c", ["refund"])
    circle = tkt("team", "set", "c", "parent=b", **by("zhao"))
    assert (circle.code, "绕回" in circle.err) == (1, True)


def test_what_is_so_already_is_no_commit(tkt: Runner, team: Path) -> None:
    head = git(team, "rev-parse", "HEAD")
    assert tkt("team", "set", "b", "lead=zhao", **by("zhao")).code == 0
    assert git(team, "rev-parse", "HEAD") == head


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("skils+=refund",), 3, "skills"),
        (("skills=refund:9",), 2, "1 到 5"),
        (("skills-=photo",), 1, "refund"),
        (("capacity=many",), 2, "整数"),
        (("capacity+=1",), 2, "capacity"),
        (("refund",), 2, "skills"),
        (("teams+=投诉",), 3, "投诉组"),
    ],
)
def test_what_is_wrong_is_told_with_what_is_right(
    tkt: Runner, team: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    result = tkt("agent", "set", "lin", *words, **by("lin"))
    assert (result.code, said in result.err) == (code, True)
    assert status(team) == ""


def test_unknown_people_get_the_nearest(tkt: Runner, team: Path) -> None:
    result = tkt("agent", "show", "wnag", **by("lin"))
    assert (result.code, "wang" in result.err) == (3, True)


def test_names_of_other_files_are_checked(tkt: Runner, team: Path) -> None:
    text = TEAM.replace("{name: 投诉组}", "{name: 投诉组, calendar: mian}").replace("赵敏", "王强")
    (team / "team.yaml").write_text(text)
    found = tkt("check", "--json", **by("lin"))
    told = [(one["error"], one["line"], one["column"], one["severity"]) for one in found.json]
    assert told == [
        ("config.no_team_calendar", 10, 18, "error"),
        ("config.name_twice", 7, 10, "warning"),
    ]


def test_entries_of_another_shape_are_told_with_their_place(tkt: Runner, desk: Path) -> None:
    raw = b"agents:\n  lin: {skills: 7, email: 4}\nteams:\n  b: {members: 7}\n"
    commit_by_hand(desk, {"team.yaml": raw})
    for words in (("agent", "set", "lin", "skills+=refund:3"), ("team", "set", "b", "members+=lin"),
                  ("agent", "set", "lin", "email+=a@x")):  # fmt: skip
        told = tkt(*words, **by("lin"))
        assert (told.code, "team.yaml:2:" in told.err) == (1, True), told.err


def test_a_file_of_another_shape_is_told_rather_than_that_somebody_is_not_there(
    tkt: Runner, desk: Path
) -> None:
    for raw in (
        b"- a\n",
        b"hello\n",
        b"agents: []\nteams: 3\n",
        b"agents: {lin: x}\nteams: {b: 3}\n",
    ):
        commit_by_hand(desk, {"team.yaml": raw})
        for words in (("agent", "set", "lin", "capacity=3"), ("team", "set", "b", "lead=lin")):
            told = tkt(*words, **by("lin"))
            assert (told.code, "team.yaml:1:" in told.err) == (1, True), told.err
