"""Macros: several actions as one record, whole or not at all; and promises at the prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import terminals
from desks import git, log, without_processes

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

FIELD = '  补偿金额: {type: money, required: "state:resolved"}'
MACROS = """\
macros:
  催单:
    label: {zh: 催仓库, en: Hurry up}
    when: {priority: [normal, high]}
    do:
      - note: "已催 {{customer}} 的 {{order}}"
      - tags: {add: [催单]}
      - reply: "亲，{{agent}} 已为您催办"
      - wait: {until: +1d, reason: 等仓库}
  补发:
    with: [运单号]
    do:
      - note: "补发 {{运单号}}"
      - promise: +48h
  结案:
    do:
      - note: 先记一笔
      - resolve
  标高:
    do: [{set: {priority: high}}]
"""


@pytest.fixture
def shop(tkt: Runner) -> Runner:
    without_processes(tkt.folder)
    path = tkt.folder / "tkt.yaml"
    said = path.read_text(encoding="utf-8").replace("\nfields:\n", f"\nfields:\n{FIELD}\n")
    assert FIELD in said
    path.write_text(said + MACROS, encoding="utf-8")
    assert tkt("commit").code == 0
    return tkt


@pytest.fixture
def ticket(shop: Runner) -> str:
    return shop.new("催发货", "--customer", "小王", "--order", "2511002233")


def events(tkt: Runner, ticket_id: str) -> list[dict[str, Any]]:
    return list(tkt("show", ticket_id, "--json").json["timeline"])


def test_a_macro_is_one_commit_with_all_its_events(shop: Runner, ticket: str, desk: Path) -> None:
    head = git(desk, "rev-parse", "HEAD")
    done = shop("macro", "run", "催仓库", ticket, "--reason", "客户催了", "--json")
    assert done.code == 0, done.err
    assert log(desk, "%s", f"{head}..") == [f"macro 催单 {ticket} note set reply wait"]
    made = events(shop, ticket)[1:]
    assert [event["do"] for event in made] == ["note", "set", "reply", "wait"]
    assert {event["macro"] for event in made} == {"催单"}
    assert [event.get("with") for event in made] == [None, *[made[0]["id"]] * 3]
    assert [event.get("text") for event in made] == [
        "已催 小王 的 2511002233", None, "亲，lin 已为您催办", None,
    ]  # fmt: skip
    assert made[0]["why"] == "客户催了"
    after = done.json["ticket"]
    assert (after["status"], after["tags"]) == ("pending", ["催单"])
    message = git(desk, "log", "-1", "--format=%B")
    assert "Rule: tkt.yaml#macros.催单" in message
    assert "> 客户催了" in message
    assert shop("check").code == 0


def test_people_read_its_label_in_their_language(shop: Runner, ticket: str, desk: Path) -> None:
    told = terminals.shown(desk, "macro", "run", "催单", ticket)
    assert "ran Hurry up" in told


def test_what_one_of_its_actions_is_refused_refuses_it_whole(
    shop: Runner, ticket: str, desk: Path
) -> None:
    head = git(desk, "rev-parse", "HEAD")
    done = shop("macro", "run", "结案", ticket)
    assert (done.code, "补偿金额" in done.err) == (1, True)
    assert (git(desk, "rev-parse", "HEAD"), len(events(shop, ticket))) == (head, 1)
    shop("set", ticket, "补偿金额=10")
    assert shop("macro", "run", "结案", ticket).code == 0


def test_an_empty_variable_refuses_it_whole(shop: Runner, desk: Path) -> None:
    bare = shop.new("没有订单号")
    done = shop("macro", "run", "催单", bare)
    assert (done.code, "customer" in done.err) == (1, True)
    assert len(events(shop, bare)) == 1


def test_of_several_tickets_each_is_done_or_not(shop: Runner, ticket: str) -> None:
    bare = shop.new("没有订单号")
    done = shop("macro", "run", "催单", ticket, bare, "--json")
    assert (done.code, [row["ok"] for row in done.json]) == (1, [True, False])


def test_variables_are_given_with_it(shop: Runner, ticket: str) -> None:
    missing = shop("macro", "run", "补发", ticket)
    assert (missing.code, "运单号" in missing.err) == (2, True)
    assert shop("macro", "run", "补发", ticket, "--with", "运单号").code == 2
    assert shop("macro", "run", "补发", ticket, "--with", "运单号={{order}}").code == 0
    note, promise = events(shop, ticket)[1:]
    assert (note["text"], promise["do"]) == ("补发 {{order}}", "promise")


def test_its_condition_and_what_is_so_already(shop: Runner, ticket: str) -> None:
    assert shop("macro", "run", "标高", ticket).code == 0
    again = shop("macro", "run", "标高", ticket)
    assert (again.code, "already" in again.err) == (1, True)
    shop("set", ticket, "priority=urgent")
    refused = shop("macro", "run", "催单", ticket, TKT_LANG="zh")
    assert (refused.code, "不符合宏 催单 的条件" in refused.err) == (1, True)


def test_a_preview_says_every_text_and_change(shop: Runner, ticket: str, desk: Path) -> None:
    head = git(desk, "rev-parse", "HEAD")
    (row,) = shop("macro", "run", "催单", ticket, "--dry-run", "--json").json
    assert row["text"] == ["已催 小王 的 2511002233", "亲，lin 已为您催办"]
    assert row["set"]["tags"] == ["催单"]
    assert git(desk, "rev-parse", "HEAD") == head


def test_undo_takes_it_back_whole_unless_a_customer_was_told(shop: Runner, ticket: str) -> None:
    shop("macro", "run", "补发", ticket, "--with", "运单号=SF1")
    assert shop("undo", ticket).code == 0
    row = shop("show", ticket, "--json").json
    assert "promised" not in row
    undone = {other for event in row["timeline"] for other in event.get("undoes", ())}
    assert undone == {event["id"] for event in row["timeline"] if "macro" in event}
    shop("macro", "run", "催单", ticket)
    assert shop("undo").code == 1
    assert shop("check").code == 0


def test_list_and_show_say_what_there_is(shop: Runner) -> None:
    names = [row["name"] for row in shop("macro", "list", "--json").json]
    assert names == ["催单", "补发", "结案", "标高"]
    (one,) = shop("macro", "show", "hurry up", "--json").json["macros"]
    assert one["do"][1] == {"tags": {"add": ["催单"]}}
    lost = shop("macro", "show", "hurry upp")
    assert (lost.code, "did you mean Hurry up" in lost.err) == (3, True)
    assert "催仓库" in shop("macro", "show", "催单", TKT_LANG="zh").out


def test_what_a_customer_was_told_by_itself_cannot_be_taken_back(shop: Runner) -> None:
    with open(shop.folder / "tkt.yaml", "a", encoding="utf-8") as stream:
        stream.write("rules: [{name: 问候, on: open, do: [auto_reply: 已收到]}]\n")
    shop("commit")
    greeted = shop.new("在吗")
    done = shop("undo", greeted, "--event", "2")
    assert (done.code, "automatic reply" in done.err) == (1, True)


# -- promises ---------------------------------------------------------------------------------


def test_a_promise_is_listed_and_sorted_and_found_when_it_is_past(shop: Runner) -> None:
    one, two = shop.new("一"), shop.new("二")
    assert shop("promise", one, "--by", "+48h").code == 0
    assert shop("promise", two, "--by", "+2h", "-m", "答应回电").code == 0
    rows = shop("list", "promised:any sort:promised", "--json").json
    assert [row["id"] for row in rows] == [two, one]
    late = {"TKT_NOW": "2026-11-21T17:00:00+08:00"}
    assert [row["id"] for row in shop("list", "promised<now", "--json", **late).json] == [two]
    shop("take", one, two)
    today = shop("today", "--json", **late).json
    assert [row["id"] for row in today["promised"]["tickets"]] == [two, one]


def test_a_promise_wants_one_way_of_saying_it(shop: Runner, ticket: str) -> None:
    assert shop("promise", ticket).code == 2
    assert shop("promise", ticket, "--by", "+1h", "--kept").code == 2
    assert shop("promise", ticket, "--by", "soon").code == 2
    assert shop("promise", ticket, "--by", "-1h").code == 1
    assert shop("promise", ticket, "--drop").code == 1


def test_undoing_an_end_brings_the_promise_back(shop: Runner) -> None:
    one = shop.new("一")
    shop("promise", one, "--by", "+48h")
    shop("close", one)
    assert "promised" not in shop("show", one, "--json").json
    shop("undo", one)
    assert "promised" in shop("show", one, "--json").json
