"""Tickets that may repeat each other are named when one is opened, and never merged by that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desks import assert_index_is_right, commit_by_hand, git

if TYPE_CHECKING:
    from conftest import Runner

CUP = ("收到的杯子碎了", "-m", "打开就是碎的,要求退款,杯底全是渣")


def commits(tkt: Runner) -> int:
    return int(git(tkt.folder, "rev-list", "--count", "HEAD"))


def test_the_same_customer_and_order_are_proposed_with_the_command_that_merges(tkt: Runner) -> None:
    first = tkt.new("杯子碎了", "--customer", "小王", "--order", "2511002233")
    result = tkt("new", "杯子的退款", "--customer", "小王", "--order", "2511002233")
    assert result.code == 0
    second = result.out.split()[1]
    assert f"{second} may be the same as {first} 杯子碎了" in result.err
    assert "the same customer and order" in result.err
    assert tkt(*result.err.rpartition("tkt ")[2].split()).code == 0
    assert tkt("show", second, "--json").json["id"] == first


def test_programs_get_them_as_data(tkt: Runner) -> None:
    assert tkt("new", *CUP, "--json").json["similar"] == []
    answer = tkt("new", *CUP, "--json").json
    (similar,) = answer["similar"]
    assert (similar["why"], similar["score"], similar["status"]) == ("text", 1.0, "new")
    assert similar["id"] != answer["id"]


def test_nothing_is_proposed_of_others_closed_ones_and_spam(tkt: Runner) -> None:
    tkt.new("在吗", "--customer", "小李")
    tkt.new(*CUP, "category=spam")
    tkt("close", tkt.new(*CUP), "--reason", "完")
    tkt.new(*CUP, "--customer", "小李")
    assert tkt("new", *CUP, "--customer", "小王").err == ""


def test_resolved_ones_are_for_some_days(tkt: Runner) -> None:
    old = tkt.new(*CUP, "--order", "2511002233")
    tkt("resolve", old, "-m", "已退款")
    late = tkt("new", "又来问", "--order", "2511002233", TKT_NOW="2026-11-30T10:00:00+08:00")
    assert late.err == ""
    soon = tkt("new", "又来问", "--order", "2511002233", TKT_NOW="2026-11-24T10:00:00+08:00")
    assert old in soon.err


def test_a_desk_says_for_how_long_or_that_nobody_looks(tkt: Runner) -> None:
    settings = (tkt.folder / "tkt.yaml").read_text(encoding="utf-8")
    commit_by_hand(tkt.folder, {"tkt.yaml": f"{settings}\nduplicates: off\n".encode()})
    tkt.new(*CUP)
    assert tkt("new", *CUP).err == ""
    within = f"{settings}\nduplicates: {{within: 1h}}\n"
    commit_by_hand(tkt.folder, {"tkt.yaml": within.encode()})
    assert "may be the same" in tkt("new", *CUP).err


def test_similar_ones_of_a_ticket_with_score_and_reason(tkt: Runner) -> None:
    one, two = tkt.new(*CUP), tkt.new(*CUP, "--order", "2511002233")
    three = tkt.new("退款", "--order", "2511002233")
    rows = tkt("similar", two, "--json").json
    assert {row["id"]: row["why"] for row in rows} == {one: "text", three: "order"}
    assert [row["score"] for row in rows] == [1.0, 1.0]
    assert tkt("similar", one, TKT_LANG="zh").code == 0


def test_said_there_instead_it_is_one_message_of_the_customer(tkt: Runner) -> None:
    ticket = tkt.new("杯子碎了", "--customer", "小王", "--channel", "web", "--order", "2511002233")
    tkt("reply", ticket, "在查")
    before = commits(tkt)
    answer = tkt("new", "退款呢", "-m", "等了两天了", "--customer", "小王", "--channel", "wechat",
                 "--merge-into", ticket, "--json").json  # fmt: skip
    assert commits(tkt) == before + 1
    assert answer["id"] == ticket
    event = answer["ticket"]["timeline"][-1]
    assert (event["do"], event["by"], event["via"]) == ("message", "customer", "wechat")
    assert event["entered_by"] == "lin"
    assert event["text"] == "退款呢\n\n等了两天了"
    assert answer["ticket"]["waiting_since"]
    assert len(tkt("list", "all", "--json").json) == 1
    assert_index_is_right(tkt.folder)


def test_a_customer_known_by_a_number_is_found_by_it(tkt: Runner) -> None:
    ticket = tkt.new("杯子碎了", "--customer", "13912345678", "--order", "2511002233")
    result = tkt("new", "退款呢", "--customer", "13912345678", "--merge-into", ticket)
    assert result.code == 0, result


def test_what_is_another_s_does_not_go_there(tkt: Runner) -> None:
    ticket = tkt.new("杯子碎了", "--customer", "小王", "--order", "2511002233")
    before = commits(tkt)
    for words, code in (
        (("--customer", "小李"), 1), (("--order", "2511009999"), 1), (("--priority", "high"), 2),
    ):  # fmt: skip
        result = tkt("new", "退款呢", *words, "--merge-into", ticket)
        assert result.code == code, result
        assert len(result.err.splitlines()) == 2
    assert commits(tkt) == before
