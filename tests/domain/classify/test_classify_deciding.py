"""What a text makes of a ticket: category, severity, priority, process, and why."""

from __future__ import annotations

from typing import Any

import pytest
from samples import classifier

from tkt.domain.classify.because import Because, reason
from tkt.domain.classify.deciding import Decision, Facts, decide, told
from tkt.domain.classify.file import read_classify

SAID: dict[str, Any] = {
    "inbox": "other",
    "categories": {
        "quality": {"keywords": ["碎了", "质量问题"], "workflow": "returns", "severity": 3},
        "late": {"keywords": ["没收到"], "priority": "high", "team": "b"},
        "refund": {"keywords": ["退款"], "priority": "low"},
        "junk": {"keywords": ["代开发票"], "spam": True},
        "other": {},
    },
    "severity": [
        {"level": 2, "keywords": ["生气"], "priority": "high"},
        {"level": 1, "keywords": ["割伤"], "impact": "high", "urgency": "high"},
        {"level": 2, "above": 5000},
        {"level": 2, "tags": ["vip"], "categories": ["quality", "late"]},
    ],
    "matrix": {"high": {"high": "urgent", "low": "high"}, "low": {"high": "normal", "low": "low"}},
}
CATEGORIES = {one.name: one for one in read_classify(SAID)[0]["categories"]}


def of(text: str, facts: Facts = Facts(), said: str | None = None) -> Decision:  # noqa: B008
    return decide(classifier(SAID), CATEGORIES, text, facts, said=said)


def test_process_and_team_follow_from_the_category() -> None:
    assert of("杯子碎了").fields == {"category": "quality", "workflow": "returns", "severity": 3}
    assert of("没收到").fields == {"category": "late", "team": "b", "priority": "high"}


def test_nothing_said_goes_to_the_inbox_and_says_so() -> None:
    decision = of("你好")
    assert (decision.category, decision.by, decision.rule) == (
        "other",
        "inbox",
        "classify.yaml#inbox",
    )
    without = {**SAID, "inbox": None}
    assert decide(classifier(without), CATEGORIES, "你好", Facts()).category is None


def test_the_most_severe_and_the_most_urgent_count() -> None:
    decision = of("碎了,割伤了手,很生气,要退款")
    assert decision.severity == Because(1, "classify.yaml#severity.2")
    assert decision.priority == Because("urgent", "classify.yaml#matrix.high.high")
    assert [hit.found for hit in decision.words] == ["割伤", "生气"]
    assert of("退款").priority == Because("low", "classify.yaml#categories.refund")


@pytest.mark.parametrize(
    ("text", "facts", "level"),
    [
        ("碎了", Facts(tags=("vip",)), 2),
        ("退款", Facts(tags=("vip",)), None),
        ("退款", Facts(value=5000), None),
        ("退款", Facts(value=5000.01), 2),
        ("不是割伤", Facts(), None),
    ],
)
def test_a_rule_fits_where_all_that_it_asks_for_is_so(
    text: str, facts: Facts, level: int | None
) -> None:
    severity = of(text, facts).severity
    assert (severity and severity.value) == level


def test_what_a_person_says_of_impact_and_urgency_goes_before_the_rules() -> None:
    said = Facts(impact="low", urgency="low")
    assert of("割伤", said).priority == Because("low", "classify.yaml#matrix.low.low")
    assert of("割伤", Facts(urgency="low")).priority == Because(
        "high", "classify.yaml#matrix.high.low"
    )


def test_a_category_that_a_person_names_brings_what_follows_from_it() -> None:
    decision = of("割伤", said="late")
    assert decision.fields == {"category": "late", "team": "b", "priority": "urgent", "severity": 1}
    assert "category" not in told(decision)


@pytest.mark.parametrize(
    "text",
    [
        "自动回复:我在休假",
        "Re: 自动答复: 您好",
        "Out of Office: back on Monday",
        "Undelivered Mail Returned to Sender",
        "Automatic reply: 退款",
        "[自动回复] 你好",
        "退信通知",
        "邮件投递失败",
        "外出自动回复",
        "failure notice",
        "订单\n此邮件由系统自动发送,请勿回复",
        "Delivery Status Notification (Failure)",
        "不在办公室",
    ],
)
def test_mail_of_machines_is_known_by_how_it_begins(text: str) -> None:
    decision = of(text)
    assert (decision.category, decision.by) == ("junk", "machine")


@pytest.mark.parametrize(
    "text",
    [
        "你们客服老是自动回复,没人理我",
        "外出旅行用的杯子碎了",
        "自动回复太慢了",
        "office chair is late",
        "退款失败",
        "发送失败的短信",
        "the mail says undeliverable",
        "我不在办公室,请改地址",
    ],
)
def test_customers_who_speak_of_machines_are_none(text: str) -> None:
    assert of(text).by != "machine"


def test_a_decision_tells_its_rule_words_and_numbers() -> None:
    because = told(of("碎了,割伤了手"))
    assert because == {
        "category": "quality", "by": "words", "rule": "classify.yaml#categories.quality",
        "score": 1, "words": ["碎了"],
        "severity": {"value": 1, "rule": "classify.yaml#severity.2", "words": ["割伤"]},
        "priority": {"value": "urgent", "rule": "classify.yaml#matrix.high.high"},
    }  # fmt: skip
    assert reason(because) == (
        "category quality: 碎了 (1); severity 1: 割伤;"
        " priority urgent: classify.yaml#matrix.high.high"
    )
