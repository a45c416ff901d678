"""What customers are greeted with on a new desk: by the hour, the season and the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Runner

MORNING, NIGHT = "2026-11-25T09:00:00+08:00", "2026-11-25T23:30:00+08:00"
SALE, FEAST = "2026-11-11T10:00:00+08:00", "2026-02-17T10:00:00+08:00"
CLOSED = "2026-11-25T03:00:00+08:00"
_ASK = ("--customer", "小王", "--channel", "qianniu", "--workflow", "presale")


def greeting(tkt: Runner, at: str, *words: str) -> str | None:
    """By which rule a customer who writes at a time is greeted."""
    ticket = tkt.new(f"有货吗 {at}", *(words or _ASK), TKT_NOW=at)
    events = tkt("show", ticket, "--json", TKT_NOW=at).json["timeline"]
    found = [event for event in events if event["do"] == "auto_reply"]
    assert len(found) <= 1
    return found[0]["rule"].rpartition(".")[2] if found else None


@pytest.mark.parametrize(
    ("at", "rule"),
    [
        (MORNING, "问候"),
        (NIGHT, "深夜问候"),
        (SALE, "大促问候"),
        (FEAST, "春节问候"),
        (CLOSED, "下班自动回复"),
    ],
)
def test_each_time_has_its_own_words(tkt: Runner, at: str, rule: str) -> None:
    assert greeting(tkt, at) == rule


def test_out_of_hours_the_next_opening_is_named(tkt: Runner) -> None:
    ticket = tkt.new("有货吗", *_ASK, TKT_NOW=CLOSED)
    (said,) = [event["text"] for event in tkt("show", ticket, "--json").json["timeline"][1:]]
    assert "2026-11-25 08:00" in said


@pytest.mark.parametrize("workflow", ["returns", "logistics", "order", "simple"])
def test_at_night_others_hear_that_it_takes_longer(tkt: Runner, workflow: str) -> None:
    asked = ("--customer", "小王", "--workflow", workflow)
    assert greeting(tkt, MORNING, *asked) is None
    assert greeting(tkt, NIGHT, "--customer", "小李", "--workflow", workflow) == "夜间自动回复"


def test_nobody_is_greeted_twice_a_day_and_no_clock_stops(tkt: Runner) -> None:
    assert greeting(tkt, MORNING) == "问候"
    assert greeting(tkt, "2026-11-25T15:00:00+08:00") is None
    assert greeting(tkt, "2026-11-26T15:00:00+08:00") == "问候"
    later = "2026-11-26T15:01:00+08:00"
    (row, *_) = tkt("list", "--json", "--sort", "-opened", TKT_NOW=later).json
    shown = tkt("show", row["id"], "--json", TKT_NOW=later).json
    clocks = {clock["clock"]: clock["state"] for clock in shown["sla"]["clocks"]}
    assert clocks["first_response"] in ("running", "breached")


def test_a_rule_says_which_hour_it_waits_for(tkt: Runner) -> None:
    ticket = tkt.new("有货吗", *_ASK, TKT_NOW=MORNING)
    told = tkt("rule", "test", ticket, "--on", "open", TKT_NOW=MORNING, TKT_LANG="zh")
    assert "22:00-08:00" in told.out
    assert "春节" in told.out
