from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desks import commit_by_hand, git, status
from tkt.storage.defaults import desk_files

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner


def test_a_team_grows_and_the_file_keeps_its_comments(tkt: Runner, desk: Path) -> None:
    assert tkt("team", "add", "b", "--name", "B组售后").code == 0
    added = tkt(
        "agent",
        "add",
        "lin",
        "--name",
        "林小满",
        "--email",
        "lin@shop.example",
        "--team",
        "B组售后",
    )
    assert added.code == 0, added.err
    text = (desk / "team.yaml").read_text()
    assert "\n# 谁在这个团队里" in text
    assert status(desk) == ""
    assert tkt("check").code == 0
    shown = tkt("agent", "show", "林小满", "--json").json
    assert (shown["id"], shown["teams"], shown["email"]) == ("lin", ["b"], ["lin@shop.example"])
    assert tkt("team", "show", "b", "--json").json["members"] == ["lin"]


def test_each_of_a_team_has_a_line_and_the_examples_stay(tkt: Runner, desk: Path) -> None:
    shipped = desk_files(name="店", language="zh")["team.yaml"].decode()
    (desk / "team.yaml").write_text(shipped)
    tkt("commit")
    assert tkt("agent", "add", "wang", "--name", "王强").code == 0
    assert tkt("agent", "add", "chen", "--name", "陈静", "--email", "chen@shop.example").code == 0
    assert tkt("team", "add", "b", "--name", "B组售后", "--lead", "wang").code == 0
    assert tkt("team", "add", "c", "--name", "C组客诉").code == 0
    people = "  wang: {name: 王强}\n  chen: {name: 陈静, email: [chen@shop.example]}\n"
    teams = "  b: {name: B组售后, lead: wang}\n  c: {name: C组客诉}\n"
    wanted = shipped.replace("\nagents:\n", f"\nagents:\n{people}")
    wanted = wanted.replace("\nteams:\n", f"\nteams:\n{teams}")
    assert (desk / "team.yaml").read_text() == wanted


@pytest.mark.parametrize(
    ("raw", "made"),
    [
        ("agents: {}   # 还没有人\n", "agents:   # 还没有人\n  lin: {name: lin}\n"),
        ("teams:\n  b: {name: B组}\n", "teams:\n  b: {name: B组}\nagents:\n  lin: {name: lin}\n"),
        ("{agents: {}}\n", "{agents: {lin: {name: lin}}}\n"),
    ],
)
def test_the_first_of_a_team_gets_a_line_where_the_layout_has_any(
    tkt: Runner, desk: Path, raw: str, made: str
) -> None:
    commit_by_hand(desk, {"team.yaml": raw.encode()})
    assert tkt("agent", "add", "lin").code == 0
    assert (desk / "team.yaml").read_text() == made


def test_what_is_on_everybodys_desk_is_counted(tkt: Runner) -> None:
    tkt("team", "add", "b")
    for agent in ("lin", "zhao"):
        tkt("agent", "add", agent, "--team", "b")
    one = tkt.new("一", "team=b")
    tkt.new("二", "assignee=zhao")
    tkt("take", one)
    rows = {row["id"]: row for row in tkt("agent", "list", "--json").json}
    assert [(rows[who]["new"], rows[who]["open"]) for who in ("lin", "zhao")] == [(0, 1), (1, 0)]
    (team,) = tkt("team", "list", "--json").json
    assert (team["open"], team["members"]) == (1, ["lin", "zhao"])


def test_nobody_joins_twice_or_under_an_impossible_name(tkt: Runner, desk: Path) -> None:
    assert tkt("agent", "add", "lin").code == 0
    head = git(desk, "rev-parse", "HEAD")
    assert tkt("agent", "add", "lin").code == 1
    assert tkt("agent", "add", "a b").code == 2
    assert tkt("agent", "add", "wang", "--team", "nobody").code == 3
    assert tkt("team", "add", "b", "--lead", "nobody").code == 3
    assert tkt("agent", "add", "wang", "--email", "a@x").code == 0
    assert tkt("agent", "add", "zhao", "--email", "A@X").code == 1
    assert len(git(desk, "log", "--format=%h", f"{head}..").splitlines()) == 1


def test_an_edited_file_is_recorded_first(tkt: Runner, desk: Path) -> None:
    with (desk / "team.yaml").open("a") as stream:
        stream.write("# 改过\n")
    result = tkt("agent", "add", "lin")
    assert (result.code, "tkt commit" in result.err) == (1, True)
    assert (desk / "team.yaml").read_text().endswith("# 改过\n")


def test_no_such_agent_or_team_is_3(tkt: Runner) -> None:
    for words in (("agent", "show", "nobody"), ("team", "show", "nobody")):
        assert tkt(*words).code == 3


def test_nobody_joins_under_a_name_that_means_something_or_somebody_else(tkt: Runner) -> None:
    assert tkt("team", "add", "b", "--name", "售后组").code == 0
    for words in (("agent", "add", "me"), ("agent", "add", "无"), ("agent", "add", "customer"),
                  ("agent", "add", "b"), ("team", "add", "c", "--name", "售后组")):  # fmt: skip
        assert tkt(*words).code == 1, words


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ("agents: [a, b]\nteams: 7\n", "team.yaml:1:1"),
        ("agents: {}\nteams: 7\n", "team.yaml:2:1"),
        ("[a]\n", "team.yaml:1:1"),
        ("agents: {zhao: {teams: {b: c}}}\n", "team.yaml:1:17"),
    ],
)
def test_a_file_of_another_shape_is_told_with_its_place(
    tkt: Runner, desk: Path, raw: str, place: str
) -> None:
    commit_by_hand(desk, {"team.yaml": raw.encode()})
    head = git(desk, "rev-parse", "HEAD")
    for words in (("agent", "add", "lin"), ("team", "add", "b")):
        told = tkt(*words)
        assert (told.code, place in told.err) == (1, True), told.err
    assert git(desk, "rev-parse", "HEAD") == head


def test_what_was_wrong_before_keeps_nobody_out(tkt: Runner, desk: Path) -> None:
    raw = b"agents:\nteams:\n  b: {calendar: nights}\n"
    commit_by_hand(desk, {"team.yaml": raw, "calendars/nights.yaml": b"hours: {mon: x}\n"})
    assert tkt("agent", "add", "lin", "--team", "b").code == 0
