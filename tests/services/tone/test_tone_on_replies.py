"""Every reply is held against tone.yaml before it is sent, by whatever way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from desks import commit_by_hand, log
from tkt.storage.defaults import shipped

if TYPE_CHECKING:
    from conftest import Runner

TEAM = """\
agents:
  lin: {name: 林小满, email: [lin@shop.example], teams: [aftersales]}
  zhao: {name: 赵敏, email: [zhao@shop.example], teams: [aftersales]}
teams:
  aftersales: {name: 售后组, lead: zhao}
"""
BAD, COLD, GOOD = "亲，加微信聊", "亲，不知道", "亲，抱歉让您久等了，马上为您查～"


@pytest.fixture
def shop(tkt: Runner) -> Runner:
    reply = "---\ntitle: 加群\nstatus: published\n---\n\n亲，加QQ群领券\n"
    commit_by_hand(
        tkt.folder,
        {
            "team.yaml": TEAM.encode(),
            "tone.yaml": shipped("tone.yaml").read_bytes(),
            "kb/reply/group.md": reply.encode(),
        },
    )
    return tkt


@pytest.fixture
def ticket(shop: Runner) -> str:
    return shop.new(
        "杯子碎了", "--customer", "小王", "--channel", "qianniu", "--workflow", "simple"
    )


def replies(shop: Runner, ticket_id: str) -> list[dict[str, Any]]:
    found = shop("show", ticket_id, "--json").json["timeline"]
    return [event for event in found if event["do"] == "reply"]


def test_what_is_well_said_is_sent_without_a_word(shop: Runner, ticket: str) -> None:
    done = shop("reply", ticket, GOOD)
    assert (done.code, done.err) == (0, "")


def test_coldness_is_remarked_and_sent(shop: Runner, ticket: str) -> None:
    done = shop("reply", ticket, COLD, TKT_LANG="zh")
    assert (done.code, "不知道" in done.err, "核实" in done.err) == (0, True, True)
    assert [event["text"] for event in replies(shop, ticket)] == [COLD]
    assert "tone" not in replies(shop, ticket)[0]


def test_what_the_platform_forbids_is_not_sent(shop: Runner, ticket: str) -> None:
    done = shop("reply", ticket, BAD)
    assert (done.code, "加微信" in done.err, "--anyway" in done.err) == (1, True, True)
    assert replies(shop, ticket) == []


def test_neither_by_a_canned_reply_nor_a_draft_nor_in_bulk_nor_in_a_batch(
    shop: Runner, ticket: str
) -> None:
    assert shop("reply", ticket, "--canned", "group").code == 1
    assert shop("reply", ticket, BAD, "--draft").code == 0
    assert shop("reply", ticket, "--send").code == 1
    other = shop.new("杯子又碎了", "--customer", "小李", "--workflow", "simple")
    done = shop("reply", ticket, other, "--message", BAD, "--json")
    assert (done.code, [row["ok"] for row in done.json]) == (1, [False, False])
    (shop.folder / "actions.jsonl").write_text(
        "".join(json.dumps(["reply", ticket, text]) + "\n" for text in (BAD, GOOD)),
        encoding="utf-8",
    )
    lines = [json.loads(line) for line in shop("batch", "actions.jsonl").out.splitlines()]
    assert [line["ok"] for line in lines] == [False, True]
    assert [event["text"] for event in replies(shop, ticket)] == [GOOD]


def test_a_lead_may_send_it_anyway_and_it_is_recorded(shop: Runner, ticket: str) -> None:
    asked = ("reply", ticket, BAD, "--anyway", "平台要求留联系方式")
    refused = shop(*asked)
    assert (refused.code, "zhao" in refused.err) == (1, True)
    assert shop(*asked, TKT_ACTOR="zhao").code == 0
    (event,) = replies(shop, ticket)
    assert (event["tone"], event["why"]) == (["off-platform"], "平台要求留联系方式")
    assert "> 平台要求留联系方式" in "\n".join(log(shop.folder, "%B", "-1"))
    assert shop("check").code == 0


def test_a_reason_for_nothing_is_not_recorded(shop: Runner, ticket: str) -> None:
    assert shop("reply", ticket, GOOD, "--anyway", "以防万一").code == 0
    assert "why" not in replies(shop, ticket)[0]


def test_only_the_first_reply_has_to_greet(shop: Runner, ticket: str) -> None:
    assert "greets" in shop("reply", ticket, "已登记补发").err
    assert shop("reply", ticket, "已经寄出").err == ""


def test_a_desk_without_rules_minds_nothing(tkt: Runner) -> None:
    assert tkt("reply", tkt.new(), BAD).code == 0
    asked = tkt("tone", "check", BAD)
    assert (asked.code, "tone.md" in asked.err) == (1, True)


# -- asking -----------------------------------------------------------------------------------


def test_a_text_can_be_asked_about(shop: Runner) -> None:
    cold = shop("tone", "check", "不知道", TKT_LANG="zh")
    assert (cold.code, "核实" in cold.out) == (0, True)
    assert shop("tone", "check", GOOD).code == 0
    assert shop("tone", "check", "-", stdin=BAD).code == 1
    assert shop("tone", "check").code == 2
    told = shop("tone", "check", BAD, "--json")
    assert (told.code, told.json["ok"]) == (1, False)
    assert {row["rule"] for row in told.json["findings"]} == {"off-platform", "contact-words"}
    assert all(row["suggestion"] and row["why"] for row in told.json["findings"])


def test_as_it_would_be_said_on_a_ticket_or_in_a_channel(shop: Runner, ticket: str) -> None:
    assert shop("tone", "check", BAD, "--ticket", ticket).code == 1
    assert shop("tone", "check", BAD, "--channel", "wechat").code == 0
    assert shop("tone", "check", BAD, "--category", "没有").code == 3


def test_all_that_was_answered_on_a_ticket_is_looked_at(shop: Runner, ticket: str) -> None:
    shop("reply", ticket, COLD)
    shop("reply", ticket, GOOD)
    shop("reply", ticket, BAD, "--draft")
    told = shop("tone", "check", "--ticket", ticket, "--json")
    assert told.code == 1
    assert {row["text"] for row in told.json["findings"]} == {COLD, BAD}
    assert all(row["event"] for row in told.json["findings"])


def test_rules_that_are_being_written_are_tried_before_they_are_recorded(shop: Runner) -> None:
    path = shop.folder / "tone.yaml"
    path.write_text(
        "rules:\n  - {id: a, kind: cold, words: [哈哈], suggest: 好的}\n", encoding="utf-8"
    )
    told = shop("tone", "check", "哈哈", "--json")
    assert [row["rule"] for row in told.json["findings"]] == ["a"]
    assert "not recorded" in told.err
    path.write_text("rules:\n  - {id: a, kind: cold, suggest: 好的}\n", encoding="utf-8")
    assert shop("tone", "check", "哈哈").code == 1
    found = shop("check", "tone.yaml")
    assert (found.code, "tone.yaml:2" in found.out) == (1, True)
    assert shop("commit").code == 1
