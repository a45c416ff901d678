from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

TEAM = """\
agents:
  lin: {name: 林小满, teams: [b]}
  zhao: {name: 赵敏, teams: [b]}
  wang: {name: 王强}
teams: {b: {name: 售后, lead: zhao}}
"""


@pytest.fixture
def team(tkt: Runner, desk: Path) -> Runner:
    (desk / "team.yaml").write_text(TEAM)
    assert tkt("commit").code == 0
    return tkt


def inbox(tkt: Runner, who: str, *args: str) -> list[tuple[str, str]]:
    """(why, action) of each entry, the newest first."""
    rows: list[dict[str, Any]] = tkt("inbox", *args, "--json", TKT_ACTOR=who).json
    return [(row["why"], row["action"]) for row in rows]


def test_a_mention_arrives_once_and_goes_when_it_was_seen(team: Runner) -> None:
    ticket = team.new()
    team("note", ticket, "@赵敏看一下,@赵敏 尽快")
    assert inbox(team, "zhao") == [("mention", "note")]
    assert inbox(team, "zhao") == [("mention", "note")]
    assert inbox(team, "zhao", "--ack") == [("mention", "note")]
    assert inbox(team, "zhao") == []
    assert inbox(team, "zhao", "--all") == [("mention", "note")]


def test_what_one_does_oneself_is_no_news(team: Runner) -> None:
    ticket = team.new()
    team("take", ticket)
    team("note", ticket, "@lin 记得跟进")
    team("message", ticket, "客户来电")
    assert inbox(team, "lin") == []


def test_whoever_was_mentioned_watches_and_hears_of_the_rest(team: Runner) -> None:
    ticket = team.new()
    team("note", ticket, "@zhao 看一下")
    team("reply", ticket, "亲,请稍等")
    team("set", ticket, "priority=high")
    assert inbox(team, "zhao") == [("watching", "reply"), ("mention", "note")]


def test_being_given_a_ticket_and_losing_it_is_news(team: Runner) -> None:
    ticket = team.new()
    team("assign", "zhao", ticket)
    team("assign", "wang", ticket, "--reason", "王强更熟")
    assert inbox(team, "zhao") == [("removed", "assign"), ("assigned", "assign")]
    assert inbox(team, "wang") == [("assigned", "assign")]


def test_whoever_has_a_ticket_hears_what_is_said_on_it(team: Runner) -> None:
    ticket = team.new("杯子", "assignee=zhao")
    team("message", ticket, "在吗", TKT_ACTOR="wang")
    team("note", ticket, "在查", TKT_ACTOR="wang")
    assert inbox(team, "zhao") == [
        ("watching", "note"),
        ("watching", "message"),
        ("assigned", "open"),
    ]


def test_of_a_muted_ticket_only_ones_name_is_news(team: Runner) -> None:
    ticket = team.new()
    team("watch", ticket, "--who", "zhao")
    team("mute", ticket, TKT_ACTOR="zhao")
    team("reply", ticket, "亲")
    assert inbox(team, "zhao") == []
    team("note", ticket, "@zhao 还是要看一下")
    assert inbox(team, "zhao") == [("mention", "note")]
    team("mute", ticket, "--stop", TKT_ACTOR="zhao")
    team("watch", ticket, TKT_ACTOR="zhao")
    team("resolve", ticket)
    assert inbox(team, "zhao")[0] == ("watching", "resolve")


def test_many_can_be_muted_at_once(team: Runner) -> None:
    for number in range(3):
        team("watch", team.new(f"杯子 {number}"), "--who", "zhao")
    rows = team("mute", "--where", "watchers:me", "--json", TKT_ACTOR="zhao").json
    assert [row["ok"] for row in rows] == [True] * 3


def test_what_was_taken_back_is_no_news(team: Runner) -> None:
    ticket = team.new()
    team("note", ticket, "@zhao 看一下")
    team("undo", ticket)
    assert inbox(team, "zhao") == []


def test_a_lead_hears_of_an_escalation(team: Runner) -> None:
    ticket = team.new("杯子", "team=b", "assignee=lin")
    team("escalate", ticket, "--reason", "要赔偿")
    assert inbox(team, "zhao") == [("assigned", "escalate")]


def test_another_inbox_can_be_read_and_not_cleared(team: Runner) -> None:
    team("note", team.new(), "@zhao 看一下")
    assert team("inbox", "--as", "赵敏", "--json").json[0]["why"] == "mention"
    refused = team("inbox", "--as", "zhao", "--ack")
    assert (refused.code, inbox(team, "zhao")) == (1, [("mention", "note")])


def test_a_few_can_be_seen_and_the_others_stay(team: Runner) -> None:
    one, two = team.new("一"), team.new("二")
    for ticket in (one, two):
        team("note", ticket, "@zhao 看一下")
    team("inbox", one, "--ack", TKT_ACTOR="zhao")
    (left,) = team("inbox", "--json", TKT_ACTOR="zhao").json
    assert left["ticket"] == two


def test_old_news_is_no_news(team: Runner) -> None:
    team("note", team.new(), "@zhao 看一下")
    assert inbox(team, "zhao") != []
    assert team("inbox", "--json", TKT_ACTOR="zhao", TKT_NOW="2026-12-30T09:00:00+08:00").json == []


def test_what_has_been_seen_is_nobodys_business_in_git(team: Runner, desk: Path) -> None:
    from desks import git, status

    team("note", team.new(), "@zhao 看一下")
    head = git(desk, "rev-parse", "HEAD")
    team("inbox", "--ack", TKT_ACTOR="zhao")
    assert (git(desk, "rev-parse", "HEAD"), status(desk)) == (head, "")


def test_a_broken_note_of_what_was_seen_only_shows_it_again(team: Runner, desk: Path) -> None:
    team("note", team.new(), "@zhao 看一下")
    team("inbox", "--ack", TKT_ACTOR="zhao")
    (desk / ".git/tkt/people/zhao/seen.json").write_text("{")
    assert inbox(team, "zhao") == [("mention", "note")]


def test_nobody_is_mentioned_without_a_word(team: Runner) -> None:
    result = team("note", team.new(), "@nobody 看一下")
    assert (result.code, "@nobody" in result.err) == (0, True)
