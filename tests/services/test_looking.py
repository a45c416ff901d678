"""A ticket as lists and JSON have it: the file, and what is derived from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Runner

MORNING, NOON, LATER = (f"2026-11-21T{hour}:00:00+08:00" for hour in ("09", "12", "13"))


def times(tkt: Runner, ticket: str) -> tuple[str | None, str]:
    """Since when the customer has waited, and when anything happened last."""
    (row,) = tkt("list", "all", f"id:{ticket}", "--json").json
    assert row == tkt("show", ticket, "--json").json
    return row["waiting_since"], row["updated"]


def test_a_customer_waits_from_the_first_unanswered_word_on(tkt: Runner) -> None:
    ticket = tkt.new("杯子碎了", "-m", "碎了", "--customer", "小王", TKT_NOW=MORNING)
    assert times(tkt, ticket) == (MORNING, MORNING)
    assert tkt("message", ticket, "还在吗", TKT_NOW=NOON).code == 0
    assert times(tkt, ticket) == (MORNING, NOON)
    assert tkt("reply", ticket, "在的", TKT_NOW=NOON).code == 0
    assert times(tkt, ticket) == (None, NOON)
    assert tkt("message", ticket, "要退款", TKT_NOW=LATER).code == 0
    assert times(tkt, ticket) == (LATER, LATER)


def test_times_are_told_as_the_file_tells_them(tkt: Runner) -> None:
    said = "2026-11-21T01:00:00+00:00"
    ticket = tkt.new("杯子碎了", "-m", "碎了", "--customer", "小王", TKT_NOW=said)
    opened = tkt("show", ticket, "--json").json["timeline"][0]["at"]
    assert times(tkt, ticket) == (opened, opened)


def test_what_is_split_off_waits_from_then_on(tkt: Runner) -> None:
    ticket = tkt.new("杯子碎了", "-m", "碎了", "--customer", "小王", TKT_NOW=MORNING)
    assert tkt("message", ticket, "还有发票", TKT_NOW=NOON).code == 0
    made = tkt("split", ticket, "--from", "2", "--json", TKT_NOW=LATER)
    assert made.code == 0, made.err
    (other,) = (row["id"] for row in tkt("list", "all", "--json").json if row["id"] != ticket)
    assert times(tkt, other) == (LATER, LATER)


def test_a_view_shows_them(tkt: Runner) -> None:
    tkt.new("杯子碎了", "-m", "碎了", "--customer", "小王", "--assignee", "me", TKT_NOW=MORNING)
    lines = tkt("view", "show", "waiting").out.splitlines()
    assert [line.split("\t")[3] for line in lines] == ["waiting_since", MORNING]
