"""Why something was decided by itself, as people read it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from tkt import texts
from tkt.domain.classify.category import Category
from tkt.domain.routing.because import Because
from tkt.domain.routing.rule import STRATEGIES
from tkt.domain.routing.vetoes import REASONS, VETOES
from tkt.domain.settings import Agent, Settings, Team
from tkt.domain.table import Table
from tkt.domain.telling.posted import Posted
from tkt.render.views import notices, sweeps
from tkt.render.views.reasons import because_text, told

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = Settings(
    agents=(Agent("lin", "林小满"), Agent("wang", "王强")),
    teams=(Team("b", "售后组"),),
    categories=(Category("quality", zh="质量问题", en="quality"),),
)
TWO = Because(team="b", strategy="least_loaded", free=2, named=(("lin", 0, 8), ("wang", 2.5, None)))


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    before = texts.current()
    yield
    texts.use(before)


def both(because: Because) -> list[str]:
    found = []
    for language in texts.LANGUAGES:
        texts.use(language)
        found.append(because_text(because.named_by(SETTINGS)))
    return found


def test_agents_and_their_loads_are_named() -> None:
    assert both(TWO) == [
        "当班的 2 人里最闲（林小满 0/8，王强 2.5）",
        "least loaded of 2 on shift (林小满 0/8, 王强 2.5)",
    ]


@pytest.mark.parametrize("strategy", [*STRATEGIES, "of-a-later-version"])
def test_each_strategy_has_words_of_its_own(strategy: str) -> None:
    for sentence in both(TWO._replace(strategy=strategy)):
        assert "林小满 0/8" in sentence
        assert "routing." not in sentence


def test_strategies_can_be_told_apart() -> None:
    assert len({text for each in STRATEGIES for text in both(TWO._replace(strategy=each))}) == 8


@pytest.mark.parametrize(
    ("more", "zh", "en"),
    [
        ({"free": 1, "named": (("lin", 0, 8),)},
         "当班的人里只有这位有空（林小满 0/8）", "nobody else on shift has room (林小满 0/8)"),
        ({"returning": True, "named": (("lin", 0, 8),)},
         "客户上次就是这位接的，正当班（林小满 0/8）",
         "the customer's last agent, on shift (林小满 0/8)"),
        ({"skilled": (("refund", 2), ("english", 1))},
         "当班且会 refund 2 级以上、english 1 级以上的 2 人里最闲（林小满 0/8，王强 2.5）",
         "least loaded of 2 on shift with refund ≥ 2 and english ≥ 1 (林小满 0/8, 王强 2.5)"),
        ({"named": (("lin", 0, 8),), "ahead": (("wang", 3),)},
         "当班的 2 人里最闲（林小满 0/8）；一小时内已分到较多的先跳过（王强 3 张）",
         "least loaded of 2 on shift (林小满 0/8); "
         "passed over, given so many within the hour: 王强 3"),
        ({"free": 7},
         "当班的 7 人里最闲（林小满 0/8，王强 2.5，…）",
         "least loaded of 7 on shift (林小满 0/8, 王强 2.5, …)"),
    ],
)  # fmt: skip
def test_what_else_played_a_part_is_told(more: dict[str, Any], zh: str, en: str) -> None:
    assert both(TWO._replace(**more)) == [zh, en]


def test_of_nobody_it_is_counted_what_speaks_against_them() -> None:
    nobody = Because("capacity", "b", (("refund", 2),), vetoes=(("capacity", 1), ("no-skill", 2)))
    assert both(nobody) == [
        "售后组 1 人满了，2 人技能不符（要会 refund 2 级以上）",
        "in 售后组 1 full, 2 no skill (needs refund ≥ 2)",
    ]


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_words(reason: str) -> None:
    vetoes = ((reason, 1),) if reason in VETOES else ()
    for sentence in both(Because(reason, vetoes=vetoes)):
        assert "routing." not in sentence
        assert sentence != reason


def test_an_event_carries_all_that_a_sentence_is_made_of() -> None:
    told = TWO._replace(ahead=(("wang", 3),), skilled=(("refund", 2),), returning=True)
    assert Because.of(told.payload) == told
    assert Because.of(TWO.payload) == TWO


def test_what_words_and_the_customer_gave_a_ticket_is_told() -> None:
    event = {
        "classified": {
            "category": "quality", "by": "words", "score": 3, "words": ["碎了"],
            "severity": {"value": 1, "rule": "classify.yaml#severity.1", "words": ["割伤"]},
            "priority": {"value": "urgent", "rule": "classify.yaml#severity.1"},
        },
        "customer_tags": {"tags": ["vip"], "priority": "high", "tag": "vip"},
        "routed": TWO.payload,
    }  # fmt: skip
    texts.use("zh")
    assert list(told(event, SETTINGS)) == [
        "类别 质量问题: 碎了（3 分）",
        "严重程度 1: 割伤",
        "优先级 紧急: 按 classify.yaml#severity.1",
        "客户标签 vip",
        "优先级 高: 客户标签 vip",
        "原因：当班的 2 人里最闲（林小满 0/8，王强 2.5）",
    ]
    texts.use("en")
    assert list(told(event, SETTINGS))[2:5] == [
        "priority urgent: by classify.yaml#severity.1",
        "customer's tags vip",
        "priority high: the customer's tag vip",
    ]


def test_a_sweep_and_a_message_tell_it_as_well() -> None:
    texts.use("zh")
    at = "2026-11-21T14:03:11+08:00"
    row = {
        "id": "261121-7KQ4", "at": at, "action": "assign", "rule": "workflows/x.yaml#routing",
        "tell": [], "set": {"assignee": "lin"}, "title": "要求退款", "because": TWO.payload,
    }  # fmt: skip
    document = {"dry_run": True, "actions": [row]}
    card = sweeps.card(document, SETTINGS, now=datetime.fromisoformat(at))
    assert isinstance(card.body[0].content, Table)
    (shown,) = card.body[0].content.rows
    assert shown["why"] == "有人有空了 · 当班的 2 人里最闲（林小满 0/8，王强 2.5）"
    facts = {
        "title": "要求退款", "do": "assign", "by": "router", "at": at, "status": "new",
        "reason": "Least loaded of 2 on shift: lin 0/8, wang 2.5.", "because": TWO.payload,
    }  # fmt: skip
    posted = Posted(1, "k", "mail", "lin@shop.example", "lin", "261121-7KQ4", "e1", "assigned",
                    facts, "waiting", 0, 0, None, 0, None, None)  # fmt: skip
    message = notices.message([posted], "k", SETTINGS)
    assert "原因：当班的 2 人里最闲（林小满 0/8，王强 2.5）" in message.text
    assert message.data["reason"].startswith("Least loaded of 2")


@pytest.mark.parametrize("value", ["碎了", 5, [], {"severity": 1}, {"tags": "vip"}])
def test_what_a_person_made_of_it_by_hand_does_no_harm(value: Any) -> None:
    assert list(told({"classified": value, "customer_tags": value}, SETTINGS)) == []
