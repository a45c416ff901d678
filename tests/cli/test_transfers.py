"""Who gives a ticket away says why; it is counted, and the third time the lead hears of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from desks import assert_index_is_right, commit_by_hand, run_by_hand, ticket_path

if TYPE_CHECKING:
    from conftest import Runner

TEAM = """\
agents:
  lin: {name: 林小满, email: [lin@shop.example], teams: [b]}
  wang: {name: 王强, email: [wang@shop.example], teams: [b]}
  zhao: {name: 赵敏, email: [zhao@shop.example], teams: [b]}
teams:
  a: {name: 售前}
  b: {name: 售后, lead: zhao}
"""


@pytest.fixture
def held(tkt: Runner) -> str:
    """A ticket that wang of team b has."""
    commit_by_hand(tkt.folder, {"team.yaml": TEAM.encode()})
    return tkt.new("杯子碎了", "--team", "b", "--assignee", "wang", "--customer", "小王")


def times(tkt: Runner, ticket: str) -> int:
    return int(tkt("show", ticket, "--json").json["transfers"])


@pytest.mark.parametrize(
    "words",
    [
        ("assign", "lin", "{id}"), ("assign", "a", "{id}"), ("assign", "none", "{id}"),
        ("set", "{id}", "assignee=lin"), ("set", "{id}", "team=a"), ("set", "{id}", "assignee="),
        ("assign", "lin", "--where", "assignee:wang"), ("assign", "lin", "{id}", "--dry-run"),
        ("set", "--where", "all", "team=a"),
    ],
)  # fmt: skip
def test_whoever_gives_away_what_somebody_has_says_why(
    tkt: Runner, held: str, words: tuple[str, ...]
) -> None:
    said = [word.format(id=held) for word in words]
    refused = tkt(*said)
    assert refused.code == 1, refused
    if "--dry-run" not in words:
        who = "b" if "team=a" in words else "wang"
        assert f"{who} has ticket {held}: say why" in refused.err + refused.out
    assert times(tkt, held) == 0
    done = tkt(*said, "--reason", "王强下班了")
    assert done.code == 0, done
    assert times(tkt, held) == int("--dry-run" not in words)
    assert_index_is_right(tkt.folder)


def test_the_refusal_says_the_next_command(tkt: Runner, held: str) -> None:
    refused = tkt("assign", "lin", held, TKT_LANG="zh")
    assert f'tkt assign lin {held} --reason "原因"' in refused.err


def test_in_a_batch_it_is_the_same(tkt_process: Runner) -> None:
    tkt = tkt_process
    commit_by_hand(tkt.folder, {"team.yaml": TEAM.encode()})
    ticket = tkt.new("一", "--assignee", "wang")
    lines = [["assign", "lin", ticket], ["assign", "lin", ticket, "--reason", "换班"]]
    result = tkt("batch", stdin="".join(json.dumps({"run": line}) + "\n" for line in lines))
    first, second = map(json.loads, result.out.splitlines())
    assert (first["ok"], second["ok"]) == (False, True)


def test_taking_and_being_the_first_need_none(tkt: Runner, held: str) -> None:
    run_by_hand(tkt.folder)
    assert tkt("take", held).code == 0
    free = tkt.new("二", "--team", "b")
    assert tkt("assign", "wang", free).code == 0
    assert (times(tkt, held), times(tkt, free)) == (1, 0)


def test_by_hand_it_is_said_with_the_commit(tkt: Runner, held: str) -> None:
    path = tkt.folder / ticket_path(tkt.folder, held)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("assignee: wang", "assignee: lin", 1), encoding="utf-8")
    refused = tkt("commit")
    assert refused.code == 1
    assert f"tkt commit {held} -m" in refused.err
    assert tkt("commit", "-m", "王强休假").code == 0
    assert times(tkt, held) == 1


def test_rules_imports_and_undo_are_no_persons_giving_away(tkt: Runner, held: str) -> None:
    settings = (tkt.folder / "tkt.yaml").read_text(encoding="utf-8")
    rule = "rules: [{name: 转, on: message, do: [{assign: lin}]}]"
    commit_by_hand(tkt.folder, {"tkt.yaml": f"{settings}\n{rule}\n".encode()})
    assert tkt("message", held, "急").code == 0
    row = tkt("show", held, "--json").json
    assert (row["assignee"], row["transfers"]) == ("lin", 0)
    assert tkt("assign", "wang", held, "--reason", "看错了").code == 0
    assert times(tkt, held) == 1
    assert tkt("undo", held).code == 0
    assert times(tkt, held) == 0


def hand_on(tkt: Runner, ticket: str, often: int) -> None:
    for number in range(often):
        who = ("lin", "wang")[number % 2]
        done = tkt(
            "assign", who, ticket, "--reason", "不归我管", TKT_ACTOR=("wang", "lin")[number % 2]
        )
        assert done.code == 0, done


def test_the_third_time_the_lead_hears_of_it_at_once(tkt: Runner, held: str) -> None:
    hand_on(tkt, held, 2)
    assert tkt("inbox", TKT_ACTOR="zhao", TKT_LANG="en").out.count(held) == 0
    tkt("assign", "lin", held, "--reason", "不归我管", TKT_ACTOR="wang")
    (entry,) = tkt("inbox", "--json", TKT_ACTOR="zhao").json
    assert entry["ticket"] == held
    assert entry["why"] == "ping_pong"
    tkt("assign", "wang", held, "--reason", "又来了", TKT_ACTOR="lin")
    assert len(tkt("inbox", "--json", TKT_ACTOR="zhao").json) == 1
    assert [row["id"] for row in tkt("list", "transfers>=3", "--json").json] == [held]
    assert "transfers\t4" in tkt("show", held).out


def test_the_clocks_run_on(tkt: Runner, held: str) -> None:
    before = tkt("show", held, "--json").json
    hand_on(tkt, held, 3)
    after = tkt("show", held, "--json").json
    assert after["next_due_at"] == before["next_due_at"]
    assert after["sla"] == before["sla"]
