"""What kind of thing a customer says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.bot.question import are_contrary, asks, of_goods, own_matter, sides


@pytest.mark.parametrize("text", ["包邮吗", "几天能到", "怎么退", "多久发货?", "Do you ship today"])
def test_questions_are_put_as_such(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ["快点", "我等你消息", "东西坏了", "very nice bag"])
def test_who_tells_something_does_not_ask(text: str) -> None:
    assert not asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "我的快递到哪了", "我那单发了没", "帮我查下物流", "昨天拍的那件今天能到吗",
        "单号YT5566778899", "你答应我周三退的",
        "Where is my order?", "has my parcel arrived", "please check my refund",
    ],
)  # fmt: skip
def test_a_matter_of_ones_own_has_to_be_looked_up(text: str) -> None:
    assert own_matter(text)


@pytest.mark.parametrize(
    "text",
    [
        "在哪里看我的退款进度", "为什么我的退款申请没通过", "七天无理由吗",
        "how do I track my order", "Can I cancel my order?",
    ],
)  # fmt: skip
def test_how_one_does_it_oneself_is_asked_in_general(text: str) -> None:
    assert own_matter(text) is None


def test_something_of_one_product_counts_where_the_article_does_not_have_it() -> None:
    assert of_goods("续航多久", "质保多久") == "续航"
    assert of_goods("续航多久", "充一次续航八小时") is None
    assert of_goods("Is it waterproof?", "returns") == "waterproof"
    assert of_goods("category of the education fee", "") is None
    assert of_goods("运费多少", "") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("发货以后想取消", "没发货想取消"),
        ("还没发货能改地址吗", "已经发货了还能改地址吗"),
        ("没收到货怎么退", "收到了怎么退"),
        ("还没付款", "付完款多久发"),
    ],
)
def test_before_is_not_after(one: str, other: str) -> None:
    assert are_contrary(sides(one), other)
    assert are_contrary(sides(other), one)
    assert not are_contrary(sides(one), one)
    assert not are_contrary(sides("怎么取消"), other)


@given(st.text(max_size=300), st.text(max_size=50))
def test_no_text_breaks_it(text: str, other: str) -> None:
    asks(text)
    own_matter(text)
    of_goods(text, other)
    assert are_contrary(sides(text), other) == are_contrary(sides(other), text)
