"""How clocks stand in what is shown of a ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desks import commit_by_hand
from tkt.cli.env import Env
from tkt.domain.sla.policy import LABELS

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

LATE = "2026-11-21T14:30:11+08:00"
SLA = """
sla:
  - name: all
    default: true
    targets: {"*": {first_response: 20m, next_response: 40m, periodic_update: 3h, solution: 2h}}
"""


@pytest.fixture
def shop(tkt: Runner, desk: Path) -> Runner:
    text = (desk / "workflows/simple.yaml").read_text(encoding="utf-8").partition("\nsla:")[0]
    commit_by_hand(desk, {"workflows/simple.yaml": (text + "\n" + SLA).encode()})
    return tkt


def excused(shop: Runner) -> str:
    ticket = shop.new("退货", "--customer", "小王")
    words = ("sla", "excuse", ticket, "--clock", "fr", "--reason", "停电")
    assert shop(*words, TKT_NOW=LATE).code == 0
    return ticket


def test_a_breach_that_is_excused_says_so(shop: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = excused(shop)
    (line,) = [
        each for each in shop("sla", "show", ticket, TKT_NOW=LATE).out.splitlines()
        if each.startswith("first_response")
    ]  # fmt: skip
    assert line.split("\t")[-1].strip() in ("yes", "true")
    with monkeypatch.context() as patch:
        patch.setattr(Env, "is_for_people", True)
        patch.setattr(Env, "chosen_format", "human")
        assert "已免责" in shop("show", ticket, TKT_NOW=LATE, TKT_LANG="zh").out


def test_lines_for_programs_have_the_clocks(shop: Runner) -> None:
    ticket = excused(shop)
    told = shop("show", ticket, TKT_NOW=LATE).out
    assert "sla.first_response" in told
    assert "breached due 2026-11-21T14:23:11+08:00 late 420s excused" in told
    report = shop("report", ticket, TKT_NOW=LATE).out
    assert "clocks" in report.split()
    assert "first_response" in report.partition("clocks")[2]


def test_a_report_calls_clocks_as_everything_does_and_none_paused_that_is_over(
    shop: Runner,
) -> None:
    ticket = shop.new("退货", "--customer", "小王")
    assert shop("close", ticket).code == 0
    told = shop("report", ticket, "--markdown", TKT_NOW=LATE, TKT_LANG="zh").out
    assert LABELS["next_response"][0] in told
    assert "再次响应" not in told
    assert "暂停" not in told
    assert "随工单结束" in told
