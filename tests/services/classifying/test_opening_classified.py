"""Tickets are classified as they open and as they are imported; what a person said stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from desks import commit_by_hand, git

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

CLASSIFY = """\
inbox: other
categories:
  quality:
    label: {zh: 质量问题, en: quality}
    keywords: [{any: [碎了], weight: 3}, 质量问题]
    workflow: returns
    severity: 3
  late: {keywords: [没收到, 三天没动], priority: high, team: aftersales}
  refund: {keywords: [退款]}
  junk: {keywords: [代开发票], spam: true}
  other: {}
severity: [{level: 1, keywords: [割伤], impact: high, urgency: high}]
matrix:
  high: {high: urgent, low: high}
  low: {high: normal, low: low}
"""
TEAM = """\
agents:
  lin: {name: 林小满, email: [lin@shop.example], teams: [aftersales]}
teams:
  aftersales: {name: 售后组, lead: lin}
  presale: {name: 售前组}
"""


@pytest.fixture
def shop(desk: Path) -> Path:
    commit_by_hand(desk, {"classify.yaml": CLASSIFY.encode(), "team.yaml": TEAM.encode()})
    return desk


def opened(tkt: Runner, *words: str) -> dict[str, Any]:
    done = tkt("new", *words, "--json")
    assert done.code == 0, done.err
    ticket: dict[str, Any] = done.json["ticket"]
    return ticket


def said(ticket: dict[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(ticket.get(name) for name in names)


def test_category_process_and_severity_follow_from_the_words(shop: Path, tkt: Runner) -> None:
    ticket = opened(tkt, "收到的杯子碎了", "-m", "把手割伤了")
    names = ("category", "workflow", "status", "severity", "priority")
    assert said(ticket, *names) == ("quality", "returns", "new", 1, "urgent")
    because = ticket["timeline"][0]["classified"]
    assert because["rule"] == "classify.yaml#categories.quality"
    assert (because["words"], because["score"]) == (["碎了"], 3)
    assert because["severity"] == {
        "value": 1,
        "rule": "classify.yaml#severity.1",
        "words": ["割伤"],
    }
    assert "said" not in because


def test_the_commit_says_which_words_and_which_rule(shop: Path, tkt: Runner) -> None:
    opened(tkt, "收到的杯子碎了")
    body = git(shop, "log", "-1", "--format=%B")
    assert "> category quality: 碎了 (3); severity 3: classify.yaml#categories.quality" in body
    assert "Rule: classify.yaml#categories.quality" in body


def test_team_and_priority_follow_as_well(shop: Path, tkt: Runner) -> None:
    ticket = opened(tkt, "快递三天没动")
    assert said(ticket, "category", "team", "priority") == ("late", "aftersales", "high")


def test_a_process_may_name_its_categories_itself(shop: Path, tkt: Runner) -> None:
    text = CLASSIFY.replace("    workflow: returns\n", "")
    commit_by_hand(shop, {"classify.yaml": text.encode()})
    assert opened(tkt, "杯子碎了")["workflow"] == "returns"
    assert tkt("classify", "杯子碎了", "--json").json["workflow"] == "returns"


def test_what_a_person_said_stays(shop: Path, tkt: Runner) -> None:
    words = ("--priority", "low", "--workflow", "simple", "--team", "presale", "severity=4")
    ticket = opened(tkt, "快递三天没动,杯子碎了,割伤了", *words)
    assert ticket["category"] == "quality"
    names = ("priority", "workflow", "team", "severity")
    assert said(ticket, *names) == ("low", "simple", "presale", 4)
    because = ticket["timeline"][0]["classified"]
    assert because["said"] == ["workflow", "team", "priority", "severity"]
    assert "priority" not in because


def test_a_category_that_is_named_brings_what_follows_from_it(shop: Path, tkt: Runner) -> None:
    ticket = opened(tkt, "杯子碎了", "--category", "late")
    assert said(ticket, "category", "team", "priority") == ("late", "aftersales", "high")
    assert said(ticket, "workflow", "severity") == ("simple", None)


def test_what_no_word_tells_of_goes_to_the_inbox_and_says_so(shop: Path, tkt: Runner) -> None:
    done = tkt("new", "你好", "--json")
    assert done.json["ticket"]["category"] == "other"
    assert "other" in done.err
    assert done.json["ticket"]["timeline"][0]["classified"]["by"] == "inbox"


def test_mail_of_machines_is_marked_so_that_nobody_answers_it(shop: Path, tkt: Runner) -> None:
    ticket = opened(tkt, "自动回复: 我在休假")
    assert ticket["category"] == "junk"
    assert ticket["timeline"][0]["machine"] is True


def test_a_desk_without_categories_is_as_before(desk: Path, tkt: Runner) -> None:
    ticket = opened(tkt, "收到的杯子碎了")
    assert said(ticket, "category", "workflow", "priority") == (None, "simple", "normal")
    assert "classified" not in ticket["timeline"][0]


def test_a_process_that_is_not_there_stops_no_ticket(shop: Path, tkt: Runner) -> None:
    broken = CLASSIFY.replace("[退款]", "[退款], workflow: nowhere").replace(
        "team: aftersales", "team: nobody"
    )
    commit_by_hand(shop, {"classify.yaml": broken.encode()})
    assert said(opened(tkt, "要退款"), "category", "workflow") == ("refund", "returns")
    assert said(opened(tkt, "没收到"), "category", "team") == ("late", None)


# -- impact and urgency -----------------------------------------------------------------------


def test_impact_and_urgency_make_the_priority_and_are_kept(shop: Path, tkt: Runner) -> None:
    ticket = opened(tkt, "快递三天没动", "--impact", "low", "--urgency", "低")
    assert said(ticket, "priority", "impact", "urgency") == ("low", "low", "low")
    because = ticket["timeline"][0]["classified"]["priority"]
    assert because == {"value": "low", "rule": "classify.yaml#matrix.low.low"}
    done = tkt("set", ticket["id"], "--impact", "高", "--urgency", "high", "--json")
    assert said(done.json["ticket"], "priority", "impact", "urgency") == ("urgent", "high", "high")
    assert "Rule: classify.yaml#matrix.high.high" in git(shop, "log", "-1", "--format=%B")


def test_one_of_the_two_goes_with_the_other_that_is_there(shop: Path, tkt: Runner) -> None:
    ticket = opened(tkt, "你好", "--impact", "high")
    assert ticket["priority"] == "normal"
    done = tkt("set", ticket["id"], "urgency=high", "--json")
    assert done.json["ticket"]["priority"] == "urgent"


def test_a_priority_that_is_said_goes_before_the_matrix(shop: Path, tkt: Runner) -> None:
    words = ("--impact", "high", "--urgency", "high", "priority=low", "--reason", "客户不急")
    done = tkt("set", tkt.new("你好"), *words, "--json")
    assert done.json["ticket"]["priority"] == "low"
    assert done.json["ticket"]["timeline"][-1]["why"] == "客户不急"


def test_a_matrix_alone_will_do(desk: Path, tkt: Runner) -> None:
    matrix = CLASSIFY.partition("matrix:")
    commit_by_hand(desk, {"classify.yaml": "".join(matrix[1:]).encode()})
    ticket = opened(tkt, "杯子碎了", "--impact", "high", "--urgency", "high")
    assert said(ticket, "priority", "category") == ("urgent", None)


def test_a_step_that_the_matrix_lacks_is_refused(shop: Path, tkt: Runner) -> None:
    done = tkt("new", "你好", "--impact", "enormous")
    assert done.code == 3
    assert "high, low" in done.err


@pytest.mark.parametrize("words", [("new", "你好"), ("set", "--where", "all")])
def test_a_desk_without_a_matrix_says_so(desk: Path, tkt: Runner, words: tuple[str, ...]) -> None:
    done = tkt(*words, "--impact", "high")
    assert done.code == 1
    assert "matrix" in done.err


# -- import -----------------------------------------------------------------------------------


def imported(tkt: Runner, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    done = tkt("import", "-", stdin=lines)
    assert done.code == 0, done.err + done.out
    found: list[dict[str, Any]] = tkt("list", "all", "--json").json
    return sorted(found, key=lambda row: str(row["external"]))


def test_records_are_classified_like_new_tickets(shop: Path, tkt: Runner) -> None:
    cup, parcel = imported(
        tkt,
        {"title": "杯子碎了", "external": "1"},
        {"title": "问题", "text": "快递三天没动", "external": "2", "priority": "low"},
    )
    assert said(cup, "category", "workflow", "severity") == ("quality", "returns", 3)
    assert said(parcel, "category", "team", "priority") == ("late", "aftersales", "low")
    assert parcel["timeline"][0]["classified"]["said"] == ["priority"]
    assert "classify.yaml#categories" in git(shop, "log", "--format=%B")


def test_a_record_with_a_status_keeps_to_the_process_of_its_status(shop: Path, tkt: Runner) -> None:
    (cup,) = imported(tkt, {"title": "杯子碎了", "status": "处理中", "external": "1"})
    assert said(cup, "category", "workflow", "status") == ("quality", "simple", "open")


def test_a_record_with_a_story_of_its_own_is_left_alone(shop: Path, tkt: Runner) -> None:
    timeline = [{"at": "2026-11-20 10:00", "do": "open", "text": "杯子碎了"}]
    (cup,) = imported(tkt, {"title": "杯子碎了", "external": "1", "timeline": timeline})
    assert "category" not in cup
