"""The bot on tickets: it answers, it stops, and no clock takes it for a person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bots import Shop, article, stocked, write
from clones import assert_agree, make_world
from desks import git

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

TEAM = """\
agents:
  lin: {name: 林小满, email: [lin@shop.example], teams: [aftersales]}
teams:
  aftersales: {name: 售后组, lead: lin}
"""


@pytest.fixture
def shop(tkt: Runner) -> Shop:
    stocked(tkt.folder)
    return Shop(tkt)


@pytest.fixture
def helping(tkt: Runner) -> Shop:
    stocked(tkt.folder, mode="assist")
    return Shop(tkt)


def test_it_answers_with_the_article_and_says_how_sure_it_is(shop: Shop) -> None:
    ticket_id = shop.new("7天无理由吗")
    _, answer = shop.events(ticket_id)
    assert (answer["do"], answer["by"], answer["articles"]) == ("bot", "机器人", ["faq/7day"])
    assert 0.9 <= answer["score"] <= 1
    assert answer["text"] == "签收次日起 7 天内可以无理由退货。\n\n<script>alert(1)</script>"
    assert "title" not in answer["text"]
    assert shop.tkt("check").code == 0


@pytest.mark.parametrize(
    ("said", "told"), [("7天无理由吗", "faq/7day"), ("转人工", "asks for a person")]
)
def test_whoever_enters_what_was_said_is_told_what_came_of_it(
    shop: Shop, said: str, told: str
) -> None:
    result = shop.tkt("new", "问一下", "-m", said, "--customer", "小王", TKT_LANG="en")
    assert told in result.out + result.err


def test_its_commit_says_what_it_did_and_by_which_rule(shop: Shop, desk: Path) -> None:
    ticket_id = shop.new("7天无理由吗")
    subject, message = git(desk, "log", "-1", "--format=%an: %s%n%B", "HEAD^2").split("\n", 1)
    assert subject.startswith(f"机器人: bot {ticket_id} faq/7day ")
    assert "Rule: tkt.yaml#rules.机器人" in message


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("我要投诉", "complaint"),
        ("转人工", "asked"),
        ("明天会下雨吗", "no-article"),
        ("赔付上限是多少", "no-article"),
    ],
)
def test_it_hands_over_at_once(shop: Shop, said: str, reason: str) -> None:
    assert shop.deeds(shop.new(said)) == ["open", f"handover:{reason}"]


def test_vips_go_to_a_person(shop: Shop) -> None:
    assert shop.deeds(shop.new("7天无理由吗", "tags=vip")) == ["open", "handover:vip"]


def test_the_reason_stands_in_the_timeline(shop: Shop) -> None:
    assert "reason: complaint\nwords: 投诉" in shop.tkt("show", shop.new("我要投诉")).out


def test_after_two_misses_in_a_row_it_stops_for_good(shop: Shop) -> None:
    ticket_id = shop.new("7天无理由吗")
    shop("message", ticket_id, "没用")
    shop("message", ticket_id, "什么时候发货")
    shop("message", ticket_id, "不对")
    shop("message", ticket_id, "可以开发票吗")
    assert shop.deeds(ticket_id) == [
        "open", "bot", "message", "helped", "message", "bot", "message", "helped",
        "handover:second-miss", "message",
    ]  # fmt: skip


def test_what_helped_is_noted_and_misses_begin_anew(shop: Shop) -> None:
    ticket_id = shop.new("7天无理由吗")
    shop("message", ticket_id, "没用")
    shop("message", ticket_id, "什么时候发货")
    shop("message", ticket_id, "好的谢谢")
    shop("message", ticket_id, "可以开发票吗")
    helped = [e for e in shop.events(ticket_id) if e["do"] == "helped"]
    assert [(e["helped"], e["articles"]) for e in helped] == [
        (False, ["faq/7day"]), (True, ["faq/dispatch"]),
    ]  # fmt: skip
    assert shop.deeds(ticket_id)[-1] == "bot"


def test_a_greeting_waits_for_the_question(shop: Shop) -> None:
    ticket_id = shop.new("在吗")
    shop("message", ticket_id, "亲你好")
    shop("message", ticket_id, "7天无理由吗")
    assert shop.deeds(ticket_id) == ["open", "message", "message", "bot"]


def test_a_rule_that_is_tried_out_says_why_the_bot_would_be_silent(shop: Shop) -> None:
    ticket_id = shop.new("7天无理由吗")

    def why() -> list[str]:
        (row,) = shop("rule", "test", ticket_id, "--on", "message")
        return [reason["what"] for reason in row["why"]]

    assert why() == []
    shop("message", ticket_id, "转人工")
    assert why() == ["bot_over"]
    assert "bot_over" in shop.tkt("rule", "test", ticket_id, "--on", "message").out


def test_the_same_question_again_goes_to_a_person(shop: Shop) -> None:
    ticket_id = shop.new("7天无理由吗")
    shop("message", ticket_id, "7天无理由吗??")
    assert shop.deeds(ticket_id)[-1] == "handover:second-miss"


def test_once_a_person_has_answered_it_is_silent(shop: Shop) -> None:
    ticket_id = shop.new("7天无理由吗")
    shop("reply", ticket_id, "亲,可以的")
    shop("message", ticket_id, "什么时候发货")
    assert shop.deeds(ticket_id)[-1] == "message"


def test_a_links_target_inside_the_knowledge_base_is_not_shown(shop: Shop) -> None:
    assert shop.events(shop.new("可以开发票吗"))[-1]["text"] == "在订单页申请,见发货。"


def test_whoever_has_the_ticket_is_told(shop: Shop) -> None:
    (shop.tkt.folder / "team.yaml").write_text(TEAM, encoding="utf-8")
    shop.tkt("commit")
    ticket_id = shop.new("7天无理由吗", "assignee=lin")
    shop("message", ticket_id, "转人工")
    assert shop.events(ticket_id)[-1]["tell"] == ["lin"]


def test_nobody_inside_is_answered(shop: Shop) -> None:
    ticket_id = str(shop("new", "7天无理由吗")["id"])
    shop("note", ticket_id, "什么时候发货")
    assert shop.deeds(ticket_id) == ["open", "note"]


def test_it_is_off_where_its_section_says_so(tkt: Runner) -> None:
    stocked(tkt.folder, more="bot: off\n")
    shop = Shop(tkt)
    assert shop.deeds(shop.new("7天无理由吗")) == ["open"]
    assert shop("bot", "ask", "7天无理由吗")["reason"] == "off"


def test_it_speaks_only_on_its_channels(tkt: Runner) -> None:
    stocked(tkt.folder, more="bot: {channels: [phone]}\n")
    shop = Shop(tkt)
    assert shop.deeds(shop.new("7天无理由吗")) == ["open"]


PROMISE = """
sla:
  - name: all
    default: true
    targets: {"*": {first_response: 30m!, next_response: 30m!}}
"""


def test_no_clock_stops_and_no_reply_is_counted(shop: Shop) -> None:
    flow = shop.tkt.folder / "workflows/simple.yaml"
    flow.write_text(flow.read_text(encoding="utf-8") + PROMISE, encoding="utf-8")
    assert shop.tkt("commit").code == 0
    ticket_id = shop.new("7天无理由吗")
    shop("message", ticket_id, "什么时候发货")
    ticket = shop("show", ticket_id)
    running = {clock["clock"]: clock["state"] for clock in ticket["sla"]["clocks"]}
    assert running["first_response"] == running["next_response"] == "running"
    assert ticket["waiting_since"]
    (listed,) = shop("list")
    assert listed["id"] == ticket_id
    told = json.dumps(shop("summary"))
    assert '"replies": 0' in told
    assert '"answered": 0' in told


# -- proposing --------------------------------------------------------------------------------


def test_in_assist_it_proposes_and_a_person_sends(helping: Shop) -> None:
    ticket_id = helping.new("7天无理由吗")
    draft = helping.events(ticket_id)[-1]
    assert (draft["do"], draft["articles"]) == ("draft", ["faq/7day"])
    assert helping("show", ticket_id)["claim"] is None
    helping("reply", ticket_id, "--send")
    reply = helping.events(ticket_id)[-1]
    assert (reply["do"], reply["by"], reply["draft"]) == ("reply", "lin", draft["id"])
    assert reply["articles"] == ["faq/7day"]
    told = helping("bot", "report")
    assert (told["proposed"], told["sent"], told["answers"]) == (1, 1, 0)


def test_in_assist_it_proposes_nothing_when_it_is_not_sure_and_notes_that(helping: Shop) -> None:
    ticket_id = helping.new("明天会下雨吗")
    assert helping.deeds(ticket_id) == ["open", "unsure:no-article"]
    assert "unsure\nreason: no-article" in helping.tkt("show", ticket_id).out
    helping("message", ticket_id, "7天无理由吗")
    assert helping.deeds(ticket_id)[-1] == "draft"
    assert helping.deeds(helping.new("我要投诉")) == ["open"]
    assert helping.deeds(helping.new("在吗")) == ["open"]
    assert helping.tkt("check").code == 0


def test_a_new_proposal_takes_the_place_of_the_last(helping: Shop) -> None:
    ticket_id = helping.new("7天无理由吗")
    helping("message", ticket_id, "什么时候发货")
    first, second = (e for e in helping.events(ticket_id) if e["do"] == "draft")
    assert second["replaces"] == [first["id"]]


# -- by hand, and among clones ----------------------------------------------------------------


def test_an_agent_may_say_whether_it_helped(shop: Shop) -> None:
    ticket_id = shop.new("7天无理由吗")
    shop("bot", "helped", ticket_id, "no")
    assert shop.events(ticket_id)[-1]["helped"] is False
    refused = shop.tkt("bot", "helped", ticket_id, "yes", "--json")
    assert refused.code == 1
    assert "bot" in refused.err


def test_what_it_said_cannot_be_taken_back(shop: Shop) -> None:
    ticket_id = shop.new("7天无理由吗")
    assert shop.tkt("undo", ticket_id, TKT_ACTOR="机器人").code == 1


def test_two_clones_agree_and_nobody_is_answered_twice(desk: Path, tmp_path: Path) -> None:
    stocked(desk)
    (tmp_path / "world").mkdir()
    world = make_world(desk, tmp_path / "world", 2)
    one, other = world.clones
    ticket_id = one.new("7天无理由吗", "channel=wechat", "customer=小王")
    world.settle()
    one.does("message", ticket_id, "什么时候发货", minute=1)
    other.does("message", ticket_id, "可以开发票吗", minute=2)
    world.settle()
    assert_agree(*world.clones)
    events = one.ticket(ticket_id).events
    answers = [event for event in events if event.do == "bot"]
    assert len(answers) == 3
    assert len({event.data["cause"] for event in answers}) == 3
    one.does("sweep", minute=5)
    other.does("sweep", minute=5)
    world.settle()
    assert sum(event.do == "bot" for event in other.ticket(ticket_id).events) == 3


def test_what_a_person_split_off_is_no_question(shop: Shop) -> None:
    ticket_id = shop.new("7天无理由吗")
    shop("message", ticket_id, "可以开发票吗")
    (asked,) = [n for n, e in enumerate(shop.events(ticket_id), 1) if e["do"] == "message"]
    split = shop("split", ticket_id, "--from", str(asked), "--title", "怎么开发票")
    (new,) = (one["id"] for one in shop("list", "customer:小王") if one["id"] != ticket_id)
    assert split
    shop("message", new, "什么时候发货")
    assert "bot" not in shop.deeds(new)


def test_where_tickets_were_merged_a_person_goes_on(shop: Shop) -> None:
    one, other = shop.new("7天无理由吗"), shop.new("转人工")
    shop("merge", other, "--into", one)
    before = shop.deeds(one)
    shop("message", one, "可以开发票吗")
    assert shop.deeds(one) == [*before, "message"]
    assert "bot" in before


def test_an_article_with_a_variable_is_not_said(tkt: Runner) -> None:
    stocked(tkt.folder)
    body = "亲 {{customer.name}},自提码在短信里。"
    write(tkt.folder, {"kb/faq/code.md": article("门店自提码怎么拿", body)})
    shop = Shop(tkt)
    assert shop("bot", "ask", "门店自提码怎么拿")["article"] != "faq/code"
    assert "bot" not in shop.deeds(shop.new("门店自提码怎么拿"))


def test_a_proposal_says_by_which_article(helping: Shop) -> None:
    ticket_id = helping.new("7天无理由吗")
    shown = helping.tkt("show", ticket_id).out
    assert "articles: faq/7day" in shown
    assert "score: " in shown
