"""The shipped rules of tone: what they flag, and what they leave alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.automation.sense import texts_of
from tkt.domain.automation.wording import variables_in
from tkt.domain.tone.checking import About, Checker
from tkt.domain.tone.file import read_tone
from tkt.storage import articles, yaml
from tkt.storage.configuration import understand
from tkt.storage.defaults import desk_files, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.automation.rules import Macro, Rule

PLAIN = About(first=False)
"""In the middle of a conversation, of which nothing else is known."""


def shipped_checker() -> Checker:
    raw = shipped("tone.yaml").read_text(encoding="utf-8")
    text, faults = read_tone(yaml.load(raw, path="tone.yaml"))
    assert faults == []
    checker = Checker.of(text)
    assert checker
    return checker


CHECKER = shipped_checker()


def kinds(text: str, about: About = PLAIN) -> set[str]:
    return {one.kind for one in CHECKER.check(text, about)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("不知道", "cold"),
        ("亲，这个我不清楚", "cold"),
        ("没办法，规定就是这样", "cold"),
        ("不可能", "cold"),
        ("亲，自己看详情页", "cold"),
        ("都说了多少遍了，说了多少遍你才懂", "cold"),
        ("随便你，爱买不买", "cold"),
        ("呵呵", "cold"),
        ("亲，是你自己没看清楚", "blaming"),
        ("你没看清尺码表吧", "blaming"),
        ("这是您的责任", "blaming"),
        ("亲，加个微信聊吧", "platform"),
        ("亲 加 V 信", "platform"),
        ("加我QQ群领券", "platform"),
        ("亲，可以线下转账", "platform"),
        ("支付宝直接转给我就行", "platform"),
        ("亲，好评返现5元哦", "platform"),
        ("五星好评送红包", "platform"),
        ("亲，帮忙刷单吗", "platform"),
        ("全网最低价", "advertising"),
        ("国家级品质，销量第一", "advertising"),
        ("加微信領取", "platform"),
        ("亲！！！看到了吗", "shouting"),
        ("嗯", "short"),
        ("滚蛋", "forbidden"),
        ("I don't know", "cold"),
        ("Message me on WhatsApp", "platform"),
    ],
)
def test_what_is_wrong_is_found(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "亲，抱歉让您久等了，马上为您查～",
        "亲，不是您的错，是我们页面没写清楚",
        "亲，这不是您的责任哦，别担心",
        "亲，并不是您弄错了",
        "您说的“不知道怎么退”，我来一步步教您",
        "亲，不知道您收到的是哪一款呢，方便拍一下吗",
        "照片不清楚，麻烦再拍一张好吗",
        "亲，最近订单比较多，最晚明天发出，最好提前一天联系快递",
        "亲，我们会第一时间处理",
        "请不要添加陌生人的微信，谨防诈骗",
        "退款会原路退回您的微信支付",
        "亲，VIP 会员可以用这张券，加VIP专享价",
        "亲，有不懂的随时问我~",
        "Hello, we are sorry to hear that. A new one is on its way!",
    ],
)
def test_what_is_well_said_is_left_alone(text: str) -> None:
    assert [(one.rule, one.words) for one in CHECKER.check(text, PLAIN)] == []


def test_forbidden_by_the_platform_is_stopped_and_coldness_is_only_said() -> None:
    assert [one.blocks for one in CHECKER.check("不知道，加微信问吧", PLAIN)] == [
        True,
        False,
        False,
    ]
    assert not any(one.blocks for one in CHECKER.check("不知道！！！", PLAIN))


def test_every_finding_says_what_to_say_instead_in_both_languages() -> None:
    for one in CHECKER.check("不知道，加微信，是你自己的错！！！", About("complaint")):
        assert one.suggest.zh
        assert one.suggest.en
        assert one.label.zh != one.label.en


def test_the_first_reply_greets_and_to_a_complaint_is_sorry() -> None:
    assert kinds("已为您登记", About()) == {"greeting"}
    assert kinds("亲，已为您登记", About("complaint")) == {"apology"}
    assert kinds("亲，已为您登记", About("presale", severity=1)) == {"apology"}
    assert kinds("亲，非常抱歉，已为您登记", About("complaint")) == set()
    assert kinds("已为您登记", About("complaint", first=False)) == set()


def test_where_the_channel_is_wechat_its_name_may_be_said() -> None:
    assert kinds("亲，微信联系", PLAIN._replace(channel="wechat")) == set()
    assert kinds("亲，微信联系", PLAIN._replace(channel="qianniu")) == {"platform"}
    assert kinds("亲，好评返现", PLAIN._replace(channel="wechat")) == {"platform"}


def test_quotation_marks_hide_nothing_that_the_platform_forbids() -> None:
    assert kinds("亲，加“微信”，或者“加微信”") == {"platform"}


def test_the_end_of_a_long_text_is_read_as_well() -> None:
    assert "platform" in kinds("亲，" + "您的订单正在路上。" * 700 + "加微信聊")


@given(st.text(max_size=300))
def test_any_text_can_be_checked(text: str) -> None:
    for one in CHECKER.check(text, About("quality", "qianniu", 1)):
        assert one.rule


# -- what is shipped --------------------------------------------------------------------------


def _filled(text: str) -> str:
    """A text with something in the place of its variables."""
    for name in variables_in(text):
        text = text.replace(f"{{{{{name}}}}}", "小王")
    return text


def _said_in(category: str | None) -> About:
    """Said first where nothing is known; in a category it may be said later as well."""
    return About(category, first=category is None)


def _workflow_texts() -> Iterator[tuple[str, About, str]]:
    files = desk_files(name="shop", language="zh")
    settings, _ = understand(files)
    from tkt.domain.automation.rules import unpacked

    automation = unpacked(settings.automation)
    flows = {flow.name: flow for flow in settings.workflows}
    either: list[Rule | Macro] = [*automation.rules, *automation.macros]
    for one in either:
        flow = flows.get(one.workflow or "")
        for step in one.do:
            if step.kind in ("reply", "auto_reply"):
                for _, text in texts_of(step):
                    for category in (None, *(flow.rules.categories if flow else ())):
                        yield one.ref, _said_in(category), text


def _replies() -> Iterator[tuple[str, About, str]]:
    for path in sorted(Path(shipped("kb")).glob("reply/*.md")):
        article, _ = articles.examined(path.read_bytes(), path=f"kb/reply/{path.name}")
        assert article, path
        for category in (None, *article.categories):
            yield path.name, _said_in(category), article.body


@pytest.mark.parametrize("source", [_workflow_texts, _replies])
def test_nothing_that_is_shipped_is_against_the_rules(source: Any) -> None:
    wrong = {
        (where, one.rule, one.words or about.category)
        for where, about, text in source()
        for one in CHECKER.check(_filled(text), about)
    }
    assert wrong == set()


def test_there_are_texts_to_look_at() -> None:
    assert sum(1 for _ in _workflow_texts()) > 40
