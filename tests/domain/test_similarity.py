"""When one ticket may repeat another, and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.similarity import Said, dice, likeness

CUP = "收到的杯子碎了，打开就是碎的，要求退款"


def said(text: str = "", **fields: str) -> Said:
    return Said.of({"title": "", **fields}, text)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"order": "A1", "customer": "小王"}, {"order": "A1", "customer": "小王"},
         "customer_order"),
        ({"order": "A1"}, {"order": "A1", "customer": "小王"}, "order"),
        ({"order": "A1", "customer": "何女士"}, {"order": "A1", "customer": "hehe"}, "order"),
        ({"customer": "小王", "category": "refund"}, {"customer": "小王", "category": "refund"},
         "customer_category"),
        ({"customer": "小王", "category": "refund", "order": "A1"},
         {"customer": "小王", "category": "refund", "order": "A2"}, None),
        ({"customer": "小王", "category": "refund"}, {"customer": "小王", "category": "size"},
         None),
        ({"customer": "小王"}, {"customer": "小李"}, None),
        ({}, {}, None),
    ],
)  # fmt: skip
def test_fields_tell(one: dict[str, str], other: dict[str, str], why: str | None) -> None:
    found = likeness(said("在吗", **one), said("发货了吗", **other))
    assert (found and found.why) == why


def test_nearly_the_same_words_tell() -> None:
    found = likeness(said(CUP), said(CUP + "吧"))
    assert found
    assert found.why == "text"
    assert 0.9 < found.score < 1
    assert likeness(said(CUP), said("杯子很好看，谢谢你们的小礼物，下次还来")) is None


def test_two_customers_who_say_the_same_are_two() -> None:
    assert likeness(said(CUP, customer="小王"), said(CUP, customer="小李")) is None


def test_what_everybody_asks_is_no_repetition() -> None:
    assert likeness(said("在吗"), said("在吗")) is None


def test_english_words_count_as_words() -> None:
    one = said("The cup arrived broken and I want my money back please")
    assert likeness(one, said("the cup ARRIVED broken, and I want my money back. Please!"))


@given(st.text("碎了杯子退款要a b", max_size=40), st.text("碎了杯子退款要a b", max_size=40))
def test_likeness_goes_both_ways_and_is_a_share(one: str, other: str) -> None:
    left, right = said(one), said(other)
    assert likeness(left, right) == likeness(right, left)
    assert 0 <= dice(left.pieces, right.pieces) <= 1
    assert not left.pieces or dice(left.pieces, left.pieces) == 1


@given(st.text(max_size=400))
def test_few_phrases_are_looked_for_however_long_a_text_is(text: str) -> None:
    assert len(said(text).phrases()) <= 6
