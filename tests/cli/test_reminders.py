"""What came by itself says what it is about, wherever somebody reads of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from desks import commit_by_hand
from peers import receiver
from tkt.cli.env import Env

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

PEOPLE = """\
agents:
  lin: {name: 林小满, teams: [b]}
  zhao: {name: 赵敏, teams: [b], notify: {via: hook}}
teams:
  b: {name: 售后组, lead: zhao}
deliveries: {hook: {kind: webhook, url: $TKT_HOOK}}
"""
TIMES = """
sla: [{name: all, default: true, targets: {"*": {first_response: 20m}}}]
escalation:
  - {at: 80%, clock: first_response, tell: assignee}
  - {at: 100%, tell: lead, priority: up}
"""
WARNED, LATE = "2026-11-21T14:20:11+08:00", "2026-11-21T14:30:11+08:00"


@pytest.fixture
def shop(tkt: Runner, desk: Path) -> Runner:
    text = (desk / "workflows/simple.yaml").read_text(encoding="utf-8").partition("\nsla:")[0]
    files: dict[str, bytes | None] = {
        "workflows/simple.yaml": (text + "\n" + TIMES).encode(),
        "team.yaml": PEOPLE.encode(),
    }
    commit_by_hand(desk, files)
    return tkt


def swept(shop: Runner, *words: str) -> str:
    """A ticket of which the sweep has told somebody twice."""
    ticket = shop.new("退货2", "--customer", "小王", *words)
    assert shop("sweep", TKT_NOW=LATE).code == 0
    return ticket


@pytest.mark.parametrize("command", ["inbox", "today"])
def test_each_line_names_the_clock_and_how_late_it_is(
    shop: Runner, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept(shop, "assignee=zhao")
    said = {"TKT_NOW": LATE, "TKT_ACTOR": "zhao", "TKT_LANG": "zh"}
    monkeypatch.setenv("COLUMNS", "200")
    with monkeypatch.context() as patch:
        patch.setattr(Env, "is_for_people", True)
        patch.setattr(Env, "chosen_format", "human")
        told = shop(command, **said).out
    for words in (
        "首次响应 80%",
        "首次响应 100%",
        "已超时 7 分钟",
        "自 今天 14:03 起",
        "优先级",
    ):
        assert words in told
    lines = [line for line in told.splitlines() if "首次响应" in line]
    assert all("定时" in line and "sweep" not in line for line in lines)
    data = shop("inbox", "--json", **said).json
    assert [(row["clock"], row["rung"]) for row in data[:2]] == [
        ("first_response", "100%"), ("first_response", "80%"),
    ]  # fmt: skip
    assert data[0]["about"]["clock_due"].startswith("2026-11-21T14:23:11")


@pytest.mark.network
def test_a_message_names_the_clock_and_how_much_is_left(shop: Runner) -> None:
    ticket = shop.new("退货2", "--customer", "小王")
    assert shop("sweep", TKT_NOW=WARNED).code == 0
    with receiver() as peer:
        said = {"TKT_HOOK": f"{peer.url}/in", "TKT_NOW": WARNED, "TKT_LANG": "zh"}
        assert shop("notify", **said).code == 0
        (got,) = peer.got
    about = got.json["about"]
    assert (got.json["clock"], got.json["rung"]) == ("first_response", "80%")
    assert got.json["ticket"] == ticket
    assert "80%" in about
    letter = shop("outbox", "show", "1", "--json").json
    assert about in letter["text"]
    assert "80%" in letter["subject"]
    assert "left" in about or "还剩" in about


def test_where_a_ticket_is_nobodys_the_leads_are_told(shop: Runner) -> None:
    ticket = swept(shop)
    told = shop("inbox", "--json", TKT_NOW=LATE, TKT_ACTOR="zhao").json
    assert {row["ticket"] for row in told} == {ticket}


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_a_sweep_names_the_tickets_of_which_nobody_was_told(
    shop: Runner, words: tuple[str, ...]
) -> None:
    commit_by_hand(shop.folder, {"team.yaml": b"agents: {lin: {name: lin}}\n"})
    ticket = shop.new("退货2", "--customer", "小王")
    done = shop("sweep", *words, "--json", TKT_NOW=LATE)
    assert json.loads(done.out)["untold"] == [ticket]
    assert "nobody to tell: 1 tickets" in done.err
    assert ticket in done.err
