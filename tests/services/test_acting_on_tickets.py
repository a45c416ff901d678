"""What actions do on a real desk, beyond what each is in itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from desks import git, log, status, ticket_path

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner


def row(tkt: Runner, ticket: str, *args: str) -> dict[str, Any]:
    result = tkt("show", ticket, *args, "--json")
    assert result.code == 0, result.err
    return dict(result.json)


# -- claims -----------------------------------------------------------------------------------


def test_who_is_at_work_is_shown_until_the_claim_runs_out(tkt: Runner) -> None:
    ticket = tkt.new()
    tkt("take", ticket)
    claim = row(tkt, ticket)["claim"]
    assert (claim["by"], claim["until"]) == ("lin", "2026-11-21T14:33:11+08:00")
    later = tkt("show", ticket, "--json", TKT_NOW="2026-11-21T14:33:11+08:00").json
    assert later["claim"] is None


def test_a_reply_is_never_stopped_and_always_told(tkt: Runner) -> None:
    ticket = tkt.new()
    tkt("take", ticket)
    crossing = tkt("reply", ticket, "亲", TKT_ACTOR="wang")
    assert (crossing.code, "lin is at work" in crossing.err) == (0, True)
    late = tkt("reply", ticket, "亲", TKT_ACTOR="zhao", TKT_NOW="2026-11-21T15:30:00+08:00")
    assert (late.code, late.err) == (0, "")


def test_how_long_a_claim_lasts_stands_in_the_settings(tkt: Runner, desk: Path) -> None:
    with (desk / "tkt.yaml").open("a") as stream:
        stream.write("claim: 5m\n")
    assert tkt("commit").code == 0
    ticket = tkt.new()
    tkt("take", ticket)
    taken = tkt("take", ticket, TKT_ACTOR="wang", TKT_NOW="2026-11-21T14:09:00+08:00")
    assert (taken.code, "was lin's" in taken.err) == (0, True)


# -- families ---------------------------------------------------------------------------------


def test_a_parent_waits_for_its_children_also_in_bulk_and_by_set(tkt: Runner) -> None:
    parent, child = tkt.new("爆仓"), tkt.new("杯子没到")
    assert tkt("link", child, "child-of", parent).code == 0
    for words in (
        ("close", parent), ("resolve", parent), ("set", parent, "status=closed"),
        ("move", parent, "closed"), ("reply", parent, "亲", "--to", "resolved"),
        ("close", "--where", f"id:{parent}"),
    ):  # fmt: skip
        result = tkt(*words)
        assert (result.code, child in result.out + result.err) == (1, True), words
    assert tkt("close", child).code == 0
    assert tkt("close", parent).code == 0


def test_a_desk_may_close_parents_freely(tkt: Runner, desk: Path) -> None:
    with (desk / "tkt.yaml").open("a") as stream:
        stream.write("children_first: false\n")
    assert tkt("commit").code == 0
    parent, child = tkt.new("爆仓"), tkt.new("杯子没到")
    tkt("link", parent, "parent-of", child)
    assert tkt("close", parent).code == 0


def test_both_ends_of_a_link_show_it(tkt: Runner) -> None:
    one, two = tkt.new("一"), tkt.new("二")
    tkt("link", one, "blocks", two)
    assert row(tkt, one)["blocks"] == [two]
    assert row(tkt, two)["linked"] == [{"by": "blocks", "id": one}]
    assert [r["id"] for r in tkt("list", f"blocks:{two[-4:]}", "--json").json] == [one]
    tkt("link", one, "blocks", two, "--remove")
    assert row(tkt, two)["linked"] == []


def test_links_that_would_go_round_are_refused(tkt: Runner) -> None:
    one, two, three = tkt.new("一"), tkt.new("二"), tkt.new("三")
    assert tkt("link", one, "child-of", two).code == 0
    assert tkt("link", two, "child-of", three).code == 0
    assert tkt("link", three, "child-of", one).code == 1
    assert tkt("link", one, "parent-of", three).code == 1


# -- merging and splitting --------------------------------------------------------------------


def test_the_old_id_leads_to_the_new_ticket(tkt: Runner) -> None:
    one, two = tkt.new("一", "-m", "第一"), tkt.new("二", "-m", "第二")
    assert tkt("merge", one, "--into", two).code == 0
    shown = tkt("show", one, "--json")
    assert (shown.json["id"], two in shown.err) == (two, True)
    assert row(tkt, one, "--itself")["state_category"] == "merged"
    assert tkt("reply", one, "亲", "--json").json["id"] == two
    assert [r["id"] for r in tkt("list", "--json").json] == [two]
    assert [r["id"] for r in tkt("list", "state:merged", "--json").json] == [one]
    assert tkt("merge", two, "--into", one).code == 1


def test_tickets_of_two_customers_are_not_merged_by_mistake(tkt: Runner) -> None:
    one, two = tkt.new("一", "--customer", "小王"), tkt.new("二", "--customer", "小李")
    refused = tkt("merge", one, "--into", two)
    assert (refused.code, "--anyway" in refused.err) == (1, True)
    assert tkt("merge", one, "--into", two, "--anyway").code == 0


def test_a_merge_is_of_both_tickets_or_of_none(tkt: Runner, desk: Path) -> None:
    one, two = tkt.new("一"), tkt.new("二")
    path = desk / ticket_path(desk, one)
    path.write_text(path.read_text() + "# 手工\n")
    head = git(desk, "rev-parse", "HEAD")
    assert tkt("merge", one, "--into", two).code == 1
    assert git(desk, "rev-parse", "HEAD") == head
    assert "timeline" in row(tkt, two)
    assert len(row(tkt, two)["timeline"]) == 1


def test_several_are_merged_at_once(tkt: Runner) -> None:
    ids = [tkt.new(f"杯子 {n}", "-m", f"第 {n} 句") for n in range(4)]
    rows = tkt("merge", *ids[1:], "--into", ids[0], "--json").json
    assert [r["ok"] for r in rows] == [True] * 3
    texts = {event.get("text") for event in row(tkt, ids[0])["timeline"]}
    assert {f"第 {n} 句" for n in range(4)} <= texts


def test_a_split_makes_two_tickets_that_know_each_other(tkt: Runner, desk: Path) -> None:
    one = tkt.new("杯子", "-m", "碎了", "--customer", "小王", "--channel", "wechat")
    tkt("reply", one, "补发")
    tkt("message", one, "还要发票")
    head = git(desk, "rev-parse", "HEAD")
    result = tkt("split", one, "category=invoice", "--from", "3", "--title", "发票", "--json")
    new = result.json
    assert (new["ticket"]["split_from"], new["ticket"]["category"]) == (one, "invoice")
    assert row(tkt, one)["linked"] == [{"by": "split_from", "id": new["id"]}]
    assert len(log(desk, "%h", "--first-parent", f"{head}..")) == 1
    assert tkt("check").code == 0
    assert tkt("split", one, "--from", "99").code == 3


# -- undo -------------------------------------------------------------------------------------


def test_undo_takes_back_all_that_the_last_command_did(tkt: Runner, desk: Path) -> None:
    ids = [tkt.new(f"杯子 {n}") for n in range(3)]
    tkt("set", *ids, "priority=urgent")
    tkt("note", ids[0], "别人的", TKT_ACTOR="wang")
    assert [r["ok"] for r in tkt("undo", "--json").json] == [True] * 3
    assert {row(tkt, i)["priority"] for i in ids} == {"normal"}
    assert status(desk) == ""


def test_undo_goes_back_step_by_step(tkt: Runner) -> None:
    ticket = tkt.new()
    tkt("set", ticket, "priority=high")
    tkt("set", ticket, "tags+=vip")
    for _ in range(2):
        assert tkt("undo").code == 0
    assert (row(tkt, ticket)["priority"], "tags" in row(tkt, ticket)) == ("normal", False)
    refused = tkt("undo")
    assert (refused.code, "cannot be taken back" in refused.err) == (1, True)


def test_undo_of_a_merge_needs_no_thought_of_its_two_halves(tkt: Runner) -> None:
    one, two = tkt.new("一", "-m", "第一"), tkt.new("二")
    tkt("merge", one, "--into", two)
    assert tkt("undo").code == 0
    assert row(tkt, one)["state_category"] == "new"
    tkt("merge", one, "--into", two)
    assert tkt("undo", one).code == 0
    assert row(tkt, one)["state_category"] == "new"


def test_undo_never_rewrites_history(tkt: Runner, desk: Path) -> None:
    ticket = tkt.new()
    tkt("note", ticket, "错了")
    before = git(desk, "rev-parse", "HEAD")
    tkt("undo")
    git(desk, "merge-base", "--is-ancestor", before, "HEAD")
    assert [event["do"] for event in row(tkt, ticket)["timeline"]] == ["open", "note", "undo"]


# -- the archive ------------------------------------------------------------------------------


@pytest.mark.parametrize("sparse", [False, True])
def test_an_archived_ticket_is_found_shown_counted_and_comes_back(
    tkt: Runner, desk: Path, sparse: bool
) -> None:
    ticket = tkt.new("收到的杯子碎了", "-m", "要求退款")
    tkt.new("另一张")
    tkt("close", ticket)
    assert tkt("archive", ticket).code == 0
    if sparse:
        assert tkt("maintain", "--sparse").code == 0
        assert not (desk / ticket_path(desk, ticket)).exists()
    assert ticket_path(desk, ticket).startswith("archive/")
    assert [r["id"] for r in tkt("search", "退款", "--json").json] == [ticket]
    assert row(tkt, ticket)["archived"]
    assert len(tkt("list", "all", "--json").json) == 2
    assert tkt("message", ticket, "又坏了").code == 0
    assert ticket_path(desk, ticket).startswith("tickets/")
    assert (desk / ticket_path(desk, ticket)).exists()
    shown = row(tkt, ticket)
    assert (shown["status"], "archived" in shown) == ("open", False)
    assert (status(desk), tkt("check").code) == ("", 0)


# -- moving -----------------------------------------------------------------------------------


def test_setting_the_status_keeps_to_the_same_rules(tkt: Runner) -> None:
    ticket = tkt.new()
    tkt("close", ticket)
    for words in (("set", ticket, "status=open"), ("move", ticket, "open")):
        refused = tkt(*words)
        assert (refused.code, "tkt reopen" in refused.err) == (1, True)
    assert tkt("reopen", ticket).code == 0


def test_labels_in_either_language_will_do(tkt: Runner) -> None:
    ticket = tkt.new()
    assert tkt("move", ticket, "处理中").code == 0
    assert tkt("move", ticket, "PENDING", "--until", "明天").code == 0
    assert row(tkt, ticket)["until"].startswith("2026-11-22")
    unknown = tkt("move", ticket, "处里中")
    assert (unknown.code, "处理中" in unknown.out + unknown.err) == (3, True)


def test_a_time_that_is_past_is_nothing_to_wait_for(tkt: Runner) -> None:
    ticket = tkt.new()
    assert tkt("wait", ticket, "--until", "昨天").code == 1
    assert tkt("wait", ticket, "--until", "soon").code == 2
    assert tkt("move", ticket, "open", "--until", "明天").code == 2
    assert tkt("wait", ticket).code == 1


def test_today_has_what_waited_until_today(tkt: Runner) -> None:
    ticket = tkt.new("杯子", "assignee=lin", "-m", "在吗", "--customer", "小王")
    tkt("wait", ticket, "--until", "+3h")
    today = tkt("today", "--json").json
    assert [today[name]["total"] for name in ("due", "mine", "unassigned")] == [1, 1, 0]
    assert today["waiting"]["total"] == 1
    tomorrow = tkt("today", "--json", TKT_NOW="2026-11-22T09:00:00+08:00").json
    assert tomorrow["due"]["total"] == 1


def test_in_a_desk_tkt_alone_says_what_needs_one_now(tkt: Runner) -> None:
    tkt.new("杯子", "assignee=lin")
    assert tkt().out == tkt("today").out != ""


# -- wrong clocks and names -------------------------------------------------------------------


def test_what_is_still_to_come_has_not_happened(tkt: Runner) -> None:
    refused = tkt("take", tkt.new(), "--at", "2099-01-01")
    assert (refused.code, "still to come" in refused.err) == (2, True)


def test_a_claim_out_of_the_future_holds_nobody_up(tkt: Runner) -> None:
    ticket = tkt.new()
    tkt("take", ticket, TKT_NOW="2040-01-01T00:00:00+08:00")
    assert row(tkt, ticket)["claim"] is None
    assert tkt("take", ticket, TKT_ACTOR="wang").code == 0


@pytest.mark.parametrize("name", ["customer", "tkt"])
def test_nobody_acts_as_the_customer_or_as_tkt(tkt: Runner, name: str) -> None:
    assert tkt("new", "杯子", TKT_ACTOR=name).code == 2


def test_undo_goes_on_behind_a_split_that_was_taken_back(tkt: Runner) -> None:
    ticket = tkt.new("杯子", "-m", "碎了", "--customer", "小王")
    tkt("set", ticket, "priority=high")
    tkt("message", ticket, "发票")
    tkt("set", ticket, "tags+=vip")
    tkt("split", ticket, "--from", "3", "--title", "发票")
    for _ in range(2):
        assert tkt("undo").code == 0
    assert "tags" not in row(tkt, ticket)
    assert tkt("undo").code == 1  # the customer's word


def test_moved_words_are_marked_in_plain_text(tkt: Runner) -> None:
    ticket = tkt.new()
    tkt("note", ticket, "错了")
    tkt("undo", ticket)
    assert "note  [gone]" in tkt("show", ticket).out
